"""The four kinds of step seen as one.

Owns what a move, a split, a deletion and a guardrail have in common: the file that it is about.
"""

from __future__ import annotations

from reorg_lib.model import Deletion, Guardrail, Move, Plan, Split

Step = Move | Split | Deletion | Guardrail


def steps_of(plan: Plan) -> tuple[Step, ...]:
    """Return moves, splits, deletions and guardrails, each in the order of the plan."""
    return (*plan.moves, *plan.splits, *plan.deletions, *plan.guardrails)


def source_of(step: Step) -> str:
    """Return the path of the file that a step is about."""
    return step.path if isinstance(step, Deletion | Guardrail) else step.source
