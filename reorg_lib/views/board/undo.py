"""The decisions made here, in order, so that each can be undone and redone.

Undo and redo are functions of the present plan: only records that are unchanged since a decision
are put back, so later changes of others stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from reorg_lib.model import HazardSettlement, Plan, Step

Record = Step | HazardSettlement
"""Whatever a plan holds that somebody decides about."""

_Kind = TypeVar("_Kind", bound=Record)
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What one decision did: each record before and after it (None if there is none)."""

    label: str
    records: Mapping[_Key, tuple[Record | None, Record | None]]

    def reversed(self) -> Change:
        """The change that undoes this one."""
        swapped = {key: (after, before) for key, (before, after) in self.records.items()}
        return Change(self.label, swapped)


def change_between(before: Plan, after: Plan, label: str) -> Change:
    """Return the change from one plan to the other; both have the same steps."""
    old, new = _records(before), _records(after)
    keys = [key for key in (old | new) if old.get(key) != new.get(key)]
    return Change(label, {key: (old.get(key), new.get(key)) for key in keys})


def apply_change(plan: Plan, change: Change) -> tuple[Plan, int]:
    """Return `plan` with the change made, and how many records were left as others changed them."""
    now = _records(plan)
    made = {key: after for key, (before, after) in change.records.items() if now.get(key) == before}
    changed = replace(
        plan,
        steps=_put(plan.steps, Step, made),
        hazards=_put(plan.hazards, HazardSettlement, made),
    )
    return changed, len(change.records) - len(made)


@dataclass(slots=True)
class History:
    """The changes that were made and not undone, and those that were undone."""

    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)

    def record(self, change: Change) -> None:
        """Remember a new change; changes that were undone before it cannot be redone."""
        self.done.append(change)
        self.undone.clear()

    def undo(self, plan: Plan) -> tuple[Plan, Change, int] | None:
        """Return the plan without the last change, that change, and how many records were left."""
        if not self.done:
            return None
        change = self.done.pop()
        self.undone.append(change)
        plan, left = apply_change(plan, change.reversed())
        return plan, change, left

    def redo(self, plan: Plan) -> tuple[Plan, Change, int] | None:
        """Return the plan with the last undone change redone, and the same facts as `undo`."""
        if not self.undone:
            return None
        change = self.undone.pop()
        self.done.append(change)
        plan, left = apply_change(plan, change)
        return plan, change, left


def _records(plan: Plan) -> dict[_Key, Record]:
    records: tuple[Record, ...] = (*plan.steps, *plan.hazards)
    return {_key(record): record for record in records}


def _key(record: Record) -> _Key:
    name = record.source if isinstance(record, Step) else record.id
    return type(record).__name__, name


def _put(
    records: Iterable[_Kind], kind: type[_Kind], made: Mapping[_Key, Record | None]
) -> tuple[_Kind, ...]:
    """Replace records in place, remove those that became None, and add new ones at the end."""
    there = {_key(record): record for record in records}
    kept: list[_Kind | None] = [
        cast("_Kind | None", made.get(key, record)) for key, record in there.items()
    ]
    new = (r for key, r in made.items() if key not in there and isinstance(r, kind))
    return (*(record for record in kept if record is not None), *new)
