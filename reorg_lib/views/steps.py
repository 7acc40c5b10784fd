"""The steps of a plan in one shape, for everything that lists them.

Owns the flat form of all kinds of step that tables, pictures and widgets share, and paths as people
read them: relative to the surveyed package. Must not know how a plan is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from reorg_lib.model import Decision, Deletion, Guardrail, Move, Plan, Split, Survey

_AnyStep = TypeVar("_AnyStep", Move, Split, Deletion, Guardrail)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of any kind; paths are the plan's own.

    `target` is "" for a deletion, and for a guardrail, whose `source` is the file that it writes.
    """

    kind: str
    source: str
    target: str
    decision: Decision
    reason: str
    candidates: tuple[str, ...] = ()
    note: str = ""
    confidence: float = 1.0
    arguments: tuple[str, ...] = ()

    def concern(self, folder: str) -> str:
        """Return the first folder of the target below `folder`, "" where there is none."""
        inside = self.target.removeprefix(folder + "/")
        return inside.partition("/")[0] if "/" in inside or self.kind == "split" else ""


def steps_of(plan: Plan) -> tuple[StepRow, ...]:
    """Return moves, splits, deletions and guardrails, each in the plan's order."""
    moves = (
        StepRow(
            *("move", m.source, m.target, m.decision, m.reason, m.candidates, m.note),
            confidence=m.confidence,
            arguments=m.arguments,
        )
        for m in plan.moves
    )
    splits = (
        StepRow("split", s.source, s.target, s.decision, s.reason, (), s.note) for s in plan.splits
    )
    deletions = (
        StepRow("deletion", d.path, "", d.decision, d.reason, (), d.note) for d in plan.deletions
    )
    guardrails = (
        StepRow("guardrail", g.path, "", g.decision, g.reason, (), g.note) for g in plan.guardrails
    )
    return (*moves, *splits, *deletions, *guardrails)


def as_if_approved(plan: Plan, *, but: str = "") -> Plan:
    """Return the plan with every open step approved, except the one about the file `but`.

    That is the tree that the team has before its eyes while it decides: a step that is still open
    may make room for another one.
    """

    def approved(step: _AnyStep) -> _AnyStep:
        if step.decision is Decision.REJECTED:
            return step
        source = step.path if isinstance(step, Deletion | Guardrail) else step.source
        return replace(step, decision=Decision.PENDING if source == but else Decision.APPROVED)

    return replace(
        plan,
        moves=tuple(approved(step) for step in plan.moves),
        splits=tuple(approved(step) for step in plan.splits),
        deletions=tuple(approved(step) for step in plan.deletions),
        guardrails=tuple(approved(step) for step in plan.guardrails),
    )


def only_step(plan: Plan, source: str) -> Plan:
    """Return the plan with no other step than the one about `source`; settlements stay."""
    return replace(
        plan,
        moves=tuple(step for step in plan.moves if step.source == source),
        splits=tuple(step for step in plan.splits if step.source == source),
        deletions=tuple(step for step in plan.deletions if step.path == source),
        guardrails=tuple(step for step in plan.guardrails if step.path == source),
    )


def package_folder(survey: Survey) -> str:
    """Return the folder of the surveyed package: `server/osa/infrastructure`."""
    inside = survey.package.replace(".", "/")
    return inside if survey.source_root == "." else f"{survey.source_root}/{inside}"


def told_source(survey: Survey, step: StepRow) -> str:
    """Return the file of a step as people read it: a guardrail's from the root, others as below.

    A root and a package may each have a `CLAUDE.md`.
    """
    return step.source if step.kind == "guardrail" else relative(survey, step.source)


def relative(survey: Survey, path: str) -> str:
    """Return a path as people read it: without the surveyed package's folder."""
    return path.removeprefix(package_folder(survey) + "/")
