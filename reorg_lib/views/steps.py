"""The steps of a plan in one shape, for everything that lists them.

Owns the flat form of all kinds of step that tables, pictures and widgets share, and paths as people
read them: relative to the surveyed package. Must not know how a plan is stored.
"""

from __future__ import annotations

from dataclasses import dataclass

from reorg_lib.model import Decision, Plan, Survey


@dataclass(frozen=True, slots=True)
class Step:
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

    def concern(self, folder: str) -> str:
        """Return the first folder of the target below `folder`, "" where there is none."""
        inside = self.target.removeprefix(folder + "/")
        return inside.partition("/")[0] if "/" in inside or self.kind == "split" else ""


def steps_of(plan: Plan) -> tuple[Step, ...]:
    """Return moves, splits, deletions and guardrails, each in the plan's order."""
    moves = (
        Step("move", m.source, m.target, m.decision, m.reason, m.candidates, m.note)
        for m in plan.moves
    )
    splits = (
        Step("split", s.source, s.target, s.decision, s.reason, (), s.note) for s in plan.splits
    )
    deletions = (
        Step("deletion", d.path, "", d.decision, d.reason, (), d.note) for d in plan.deletions
    )
    guardrails = (
        Step("guardrail", g.path, "", g.decision, g.reason, (), g.note) for g in plan.guardrails
    )
    return (*moves, *splits, *deletions, *guardrails)


def package_folder(survey: Survey) -> str:
    """Return the folder of the surveyed package: `server/osa/infrastructure`."""
    inside = survey.package.replace(".", "/")
    return inside if survey.source_root == "." else f"{survey.source_root}/{inside}"


def relative(survey: Survey, path: str) -> str:
    """Return a path as people read it: without the surveyed package's folder."""
    return path.removeprefix(package_folder(survey) + "/")
