"""Whether an edit on the board is allowed: the step is unchanged, and the target is free."""

from __future__ import annotations

from reorg_lib.errors import PlanError
from reorg_lib.model import Plan, Survey
from reorg_lib.plan.validation import validate
from reorg_lib.views.board.rows import seen
from reorg_lib.views.steps import as_if_approved, only_step


def check_unchanged(plan: Plan, source: str, was_seen: str | None) -> None:
    """Refuse to continue if the step about `source` is not the one that was seen."""
    step = next((step for step in plan.steps if step.source == source), None)
    if step is None:
        raise PlanError(f"{source} is no longer in the plan file")
    if was_seen not in (None, seen(step)):
        to = f", to {step.target}" if step.target else ""
        note = f', with the note "{step.note}"' if step.note else ""
        raise PlanError(
            f"the plan file was changed meanwhile: this step is now {step.decision}{to}{note}; "
            "do it again if you still want to"
        )


def check_target(plan: Plan, source: str, survey: Survey) -> None:
    """Refuse the new target of `source` if the plan cannot be carried out because of it.

    Open steps count as approved, because one of them may free the target of another.

    Raises:
        PlanError: the target is malformed, or collides with another file.
    """
    try:
        validate(as_if_approved(plan), survey)
    except PlanError:
        if not problem_of(as_if_approved(plan, but=source), survey):
            raise
        validate(as_if_approved(only_step(plan, source)), survey)


def problem_of(plan: Plan, survey: Survey) -> str:
    """Return why the approved steps cannot be carried out yet, "" if they can."""
    try:
        validate(plan, survey)
    except PlanError as error:
        return str(error)
    return ""
