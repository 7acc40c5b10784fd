"""What people say about a plan, as pure functions from plan to plan.

Owns deciding, retargeting, approving in bulk, settling hazards, and carrying all of that over to a
fresh proposal. Must not know the file that a plan lives in, nor whether a step can be carried out.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Literal, TypedDict, TypeVar

from reorg_lib.errors import PlanError
from reorg_lib.model import (
    Decision,
    Deletion,
    Guardrail,
    HazardSettlement,
    Move,
    Plan,
    Settlement,
    Split,
)
from reorg_lib.plan.steps import Step, source_of, steps_of

_Told = TypeVar("_Told", Deletion, Guardrail)


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
    paths = {source_of(step) for step in steps_of(plan)}
    if source not in paths:
        near = difflib.get_close_matches(source, sorted(paths), n=1)
        hint = f"; did you mean {near[0]}?" if near else "; add a [[move]] for it to the plan"
        raise PlanError(f"no step of the plan is about {source}{hint}")
    if target is not None and any(step.path == source for step in plan.deletions):
        raise PlanError(f"{source} is a deletion and has no target; make it a [[move]] instead")
    if target is not None and any(step.path == source for step in plan.guardrails):
        raise PlanError(f"{source} is a guardrail and has no target; change its path in the plan")

    def decided(step: Decision) -> Decision:
        return step if decision is None else decision

    def noted(text: str) -> str:
        return text if note is None else note

    return replace(
        plan,
        moves=tuple(
            replace(
                move if target is None else replace(_retargeted(move, target), target=target),
                decision=decided(move.decision),
                note=noted(move.note),
            )
            if move.source == source
            else move
            for move in plan.moves
        ),
        splits=tuple(
            replace(
                split,
                target=split.target if target is None else target,
                decision=decided(split.decision),
                note=noted(split.note),
            )
            if split.source == source
            else split
            for split in plan.splits
        ),
        deletions=tuple(
            replace(step, decision=decided(step.decision), note=noted(step.note))
            if step.path == source
            else step
            for step in plan.deletions
        ),
        guardrails=tuple(
            replace(step, decision=decided(step.decision), note=noted(step.note))
            if step.path == source
            else step
            for step in plan.guardrails
        ),
    )


def approve(plan: Plan, patterns: Sequence[str] | Literal["all"]) -> tuple[Plan, int]:
    """Approve the steps that a shell pattern matches; return the plan and how many changed.

    A pattern is held against source, target and path (`*` crosses folders). A rejected step is
    left alone unless a pattern is its exact source or path.

    Raises:
        PlanError: a pattern matches nothing.
    """
    if patterns != "all":
        for pattern in patterns:
            if not any(_matches(step, [pattern]) for step in steps_of(plan)):
                raise PlanError(
                    f"the pattern {pattern!r} matches no source, target or path of the plan; "
                    "put it in quotes and look at the plan file for the paths"
                )
    chosen = {
        source_of(step)
        for step in steps_of(plan)
        if (
            (step.decision is Decision.PENDING and (patterns == "all" or _matches(step, patterns)))
            or (step.decision is Decision.REJECTED and source_of(step) in patterns)
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
    """Return the fresh proposal `new` with everything that people did in `old`.

    Decisions, notes and targets of `old` win, and so do the reasons of decided steps: they are
    what was agreed on. Where the proposal now names another target, that comes first among the
    candidates. Steps that only `old` has stay as they are. With `tracked`, the paths of the
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
    fresh_moves = {move.source: move for move in new.moves}
    fresh_deletions = {step.path: step for step in new.deletions}
    fresh_guardrails = {step.path: step for step in new.guardrails}
    kept = [
        step
        for step in steps_of(old)
        if there is None or source_of(step) in there or isinstance(step, Guardrail)
    ]
    spoken_for = {source_of(step) for step in kept}
    added = [step for step in steps_of(new) if source_of(step) not in spoken_for]
    steps: list[Step] = [
        _merged_move(step, fresh_moves.get(step.source))
        if isinstance(step, Move)
        else _with_fresh_reason(step, fresh_deletions.get(step.path))
        if isinstance(step, Deletion)
        else _with_fresh_reason(step, fresh_guardrails.get(step.path))
        if isinstance(step, Guardrail)
        else step
        for step in kept
    ]
    steps += added
    return Plan(
        scope=new.scope,
        moves=tuple(step for step in steps if isinstance(step, Move)),
        splits=tuple(step for step in steps if isinstance(step, Split)),
        deletions=tuple(step for step in steps if isinstance(step, Deletion)),
        hazards=old.hazards,
        guardrails=tuple(step for step in steps if isinstance(step, Guardrail)),
        references=old.references,
    )


def _merged_move(old: Move, fresh: Move | None) -> Move:
    if fresh is None:
        return old
    meant = _retargeted(fresh, old.target)
    if meant is fresh and old.target != fresh.target:
        # the proposal does not know this target: all that it offers is another one
        offered = _offers(fresh)
        offered.pop(old.target, None)
        return replace(old, **_as_fields(offered), confidence=fresh.confidence)
    if old.decision is not Decision.PENDING:
        meant = replace(meant, reason=old.reason)
    return replace(meant, decision=old.decision, note=old.note)


def _with_fresh_reason(old: _Told, fresh: _Told | None) -> _Told:
    if fresh is None or old.decision is not Decision.PENDING:
        return old
    return replace(old, reason=fresh.reason)


def _retargeted(move: Move, target: str) -> Move:
    """A candidate that is chosen changes places with the target: nothing offered is lost.

    Its argument becomes the reason, and the reason the argument for where it would have gone.
    """
    if target not in move.candidates:
        return move
    offered = _offers(move)
    reason = offered.pop(target) or move.reason
    return replace(move, target=target, reason=reason, **_as_fields(offered))


def _offers(move: Move) -> dict[str, str]:
    """Return target and candidates with what speaks for each, "" where nothing was said."""
    arguments = move.arguments or ("",) * len(move.candidates)
    reason = move.reason if move.arguments else ""
    return {move.target: reason} | dict(zip(move.candidates, arguments, strict=True))


def _as_fields(offered: Mapping[str, str]) -> _Offered:
    said = tuple(offered.values())
    return {"candidates": tuple(offered), "arguments": said if all(said) else ()}


def _matches(step: Step, patterns: Iterable[str]) -> bool:
    names = [source_of(step), *([step.target] if isinstance(step, Move | Split) else [])]
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)
