"""The four kinds of step seen as one.

Owns what a move, a split, a deletion and a guardrail have in common: a source, a decision, and the
paths that leave and arrive when it is approved. Must not know whether a step is sound.
"""

from __future__ import annotations

from reorg_lib.model import Decision, Deletion, Guardrail, Move, Plan, Split

Step = Move | Split | Deletion | Guardrail


def steps_of(plan: Plan) -> tuple[Step, ...]:
    """Return moves, splits, deletions and guardrails, each in the order of the plan."""
    return (*plan.moves, *plan.splits, *plan.deletions, *plan.guardrails)


def source_of(step: Step) -> str:
    """Return the path of the file that a step is about."""
    return step.path if isinstance(step, Deletion | Guardrail) else step.source


def leaving(plan: Plan) -> frozenset[str]:
    """Return the paths that approved steps take away from where they are."""
    return frozenset(
        source_of(step)
        for step in steps_of(plan)
        if step.decision is Decision.APPROVED and not isinstance(step, Guardrail)
    )


def arriving(plan: Plan) -> tuple[str, ...]:
    """Return the paths that approved steps put in place, in the order of the plan."""
    parts = (
        f"{split.target}/{name}"
        for split in plan.splits
        if split.decision is Decision.APPROVED
        for name in ("__init__.py", *(part for part, _ in split.parts))
    )
    return (*(move.target for move in plan.approved_moves()), *parts)
