"""The decisions of people about a plan, as pure functions from plan to plan.

They decide and retarget steps, approve many steps, settle hazards, and copy all of that to a new
proposal.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Literal, TypedDict

from reorg_lib.errors import PlanError
from reorg_lib.model import (
    Decision,
    Guardrail,
    HazardSettlement,
    Move,
    Plan,
    Settlement,
    Split,
    Step,
)


class _Offered(TypedDict):
    candidates: tuple[str, ...]
    arguments: tuple[str, ...]


def decide(
    plan: Plan,
    source: str,
    *,
    decision: Decision | None = None,
    target: str | None = None,
    note: str | None = None,
) -> Plan:
    """Return `plan` with the step of the file `source` decided, retargeted or noted.

    Raises:
        PlanError: no step is about that file, or a target was given to a step that has none.
    """
    paths = {step.source for step in plan.steps}
    if source not in paths:
        near = difflib.get_close_matches(source, sorted(paths), n=1)
        hint = f"; did you mean {near[0]}?" if near else "; add a [[move]] for it to the plan"
        raise PlanError(f"no step of the plan is about {source}{hint}")
    if target is not None and any(step.source == source for step in plan.deletions):
        raise PlanError(f"{source} is a deletion and has no target; make it a [[move]] instead")
    if target is not None and any(step.source == source for step in plan.guardrails):
        raise PlanError(f"{source} is a guardrail and has no target; change its path in the plan")

    def decided(step: Step) -> Step:
        if target is not None:
            step = replace(_retargeted(step, target), target=target)
        return replace(
            step,
            decision=step.decision if decision is None else decision,
            note=step.note if note is None else note,
        )

    steps = (decided(step) if step.source == source else step for step in plan.steps)
    return replace(plan, steps=tuple(steps))


def approve(plan: Plan, patterns: Sequence[str] | Literal["all"]) -> tuple[Plan, int]:
    """Approve the steps that a shell pattern matches; return the plan and how many changed.

    A pattern is compared with source, target and path (`*` also matches "/"). A rejected step is
    left alone unless a pattern is its exact source or path.

    Raises:
        PlanError: a pattern matches nothing.
    """
    if patterns != "all":
        for pattern in patterns:
            if not any(_matches(step, [pattern]) for step in plan.steps):
                raise PlanError(
                    f"the pattern {pattern!r} matches no source, target or path of the plan; "
                    "put it in quotes and look at the plan file for the paths"
                )
    chosen = {
        step.source
        for step in plan.steps
        if (
            (step.decision is Decision.PENDING and (patterns == "all" or _matches(step, patterns)))
            or (step.decision is Decision.REJECTED and step.source in patterns)
        )
    }
    approved = plan
    for source in sorted(chosen):
        approved = decide(approved, source, decision=Decision.APPROVED)
    return approved, len(chosen)


def settle(plan: Plan, hazard_id: str, resolution: Settlement, note: str = "") -> Plan:
    """Return `plan` with the hazard settled; an earlier settlement of it is replaced in place.

    Raises:
        PlanError: it is accepted without a note that says why.
    """
    if resolution is Settlement.ACCEPT and not note.strip():
        raise PlanError(f"hazard {hazard_id} is accepted without a note; say why it does no harm")
    new = HazardSettlement(hazard_id, resolution, note)
    if any(old.id == hazard_id for old in plan.hazards):
        hazards = tuple(new if old.id == hazard_id else old for old in plan.hazards)
    else:
        hazards = (*plan.hazards, new)
    return replace(plan, hazards=hazards)


def merge(old: Plan, new: Plan, *, tracked: Iterable[str] | None = None) -> Plan:
    """Return the new proposal `new` with all decisions of people in `old`.

    Decisions, notes and targets of `old` take precedence, and so do the reasons of decided steps,
    because people agreed on them. If the proposal now has another target, it becomes the first
    candidate. Steps that are only in `old` stay as they are. With `tracked`, the paths of the
    commit, steps about files that are gone are dropped.

    Raises:
        PlanError: the plans are about different packages.
    """
    if (old.scope.package, old.scope.source_root) != (new.scope.package, new.scope.source_root):
        raise PlanError(
            f"the plan is about {old.scope.package} below {old.scope.source_root}, the proposal "
            f"about {new.scope.package} below {new.scope.source_root}; use another plan file"
        )
    there = None if tracked is None else frozenset(tracked)
    fresh = {(step.kind, step.source): step for step in new.steps}
    kept = [
        step
        for step in old.steps
        if there is None or step.source in there or isinstance(step, Guardrail)
    ]
    spoken_for = {step.source for step in kept}
    steps = [_merged(step, fresh.get((step.kind, step.source))) for step in kept]
    steps += [step for step in new.steps if step.source not in spoken_for]
    return Plan(new.scope, tuple(steps), old.hazards, old.references)


def _merged(old: Step, fresh: Step | None) -> Step:
    if fresh is None or isinstance(old, Split):
        return old
    if isinstance(old, Move):
        return _merged_move(old, fresh)
    return old if old.decision is not Decision.PENDING else replace(old, reason=fresh.reason)


def _merged_move(old: Step, fresh: Step) -> Step:
    meant = _retargeted(fresh, old.target)
    if meant is fresh and old.target != fresh.target:
        # the proposal does not know this target: all its candidates are other ones
        offered = _offers(fresh)
        offered.pop(old.target, None)
        return replace(old, **_as_fields(offered), confidence=fresh.confidence)
    if old.decision is not Decision.PENDING:
        meant = replace(meant, reason=old.reason)
    return replace(meant, decision=old.decision, note=old.note)


def _retargeted(move: Step, target: str) -> Step:
    """A chosen candidate and the target change places, so no candidate is lost.

    Its argument becomes the reason, and the reason becomes the argument for the old target.
    """
    if target not in move.candidates:
        return move
    offered = _offers(move)
    reason = offered.pop(target) or move.reason
    return replace(move, target=target, reason=reason, **_as_fields(offered))


def _offers(move: Step) -> dict[str, str]:
    """Return target and candidates with the argument for each, "" if there is none."""
    arguments = move.arguments or ("",) * len(move.candidates)
    reason = move.reason if move.arguments else ""
    return {move.target: reason} | dict(zip(move.candidates, arguments, strict=True))


def _as_fields(offered: Mapping[str, str]) -> _Offered:
    said = tuple(offered.values())
    return {"candidates": tuple(offered), "arguments": said if all(said) else ()}


def _matches(step: Step, patterns: Iterable[str]) -> bool:
    names = {step.source, step.target or step.source}
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)
