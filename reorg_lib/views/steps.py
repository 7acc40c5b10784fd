"""The steps of a plan for display: all as if approved, one alone, by their concern."""

from __future__ import annotations

from dataclasses import replace

from reorg_lib.model import Decision, Plan, Split, Step, Survey


def as_if_approved(plan: Plan, *, but: str = "") -> Plan:
    """Return the plan with every open step approved, except the one about the file `but`.

    That is the tree that the team sees during the review: an open step may free the target of
    another one.
    """

    def approved(step: Step) -> Step:
        if step.decision is Decision.REJECTED:
            return step
        wanted = Decision.PENDING if step.source == but else Decision.APPROVED
        return replace(step, decision=wanted)

    return replace(plan, steps=tuple(map(approved, plan.steps)))


def only_step(plan: Plan, source: str) -> Plan:
    """Return the plan with no other step than the one about `source`; settlements stay."""
    return replace(plan, steps=tuple(step for step in plan.steps if step.source == source))


def told_source(survey: Survey, step: Step) -> str:
    """Return the file of a step as people read it: a guardrail's from the root, others as below.

    A root and a package may each have a `CLAUDE.md`.
    """
    path = step.source
    return path if step.kind == "guardrail" else survey.scope.below_package(path)


def concern_of(survey: Survey, step: Step) -> str:
    """Return the first folder of the target below the package, "" where there is none."""
    path = f"{step.target}/" if isinstance(step, Split) else step.target
    folder, slash, _ = survey.scope.below_package(path).partition("/")
    return folder if slash else ""
