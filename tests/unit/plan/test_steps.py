"""What the steps of a plan have in common, and paths as seen from the plan's package."""

from __future__ import annotations

import pytest

from reorg_lib.model import Decision, Deletion, Guardrail, Move, Plan, Scope, Split
from reorg_lib.views.steps import as_if_approved, concern_of, only_step
from tests.unit.plan.surveys import plan_of, survey_of

_SCOPE = Scope("shop.infra", "src", "a" * 40)


def test_the_steps_of_one_kind_stand_together_in_their_own_order() -> None:
    rail, gone, one, other = Guardrail("r.md"), Deletion("d.py"), Move("b", "c"), Move("a", "e")
    split = Split("s.py", "s")
    plan = Plan(_SCOPE, (rail, gone, one, split, other))
    assert plan.steps == (one, other, split, gone, rail)
    assert (plan.moves, plan.splits) == ((one, other), (split,))
    assert (plan.deletions, plan.guardrails) == ((gone,), (rail,))
    assert [step.kind for step in plan.steps] == ["move", "move", "split", "deletion", "guardrail"]


def test_only_approved_steps_are_exported() -> None:
    plan = plan_of("a.py > b.py", "? c.py > d.py", "! - e.py", "- f.py")
    assert [step.source for step in plan.approved().steps] == ["a.py", "f.py"]
    assert [step.source for step in as_if_approved(plan).approved().steps] == [
        *("a.py", "c.py", "f.py")
    ]
    but = as_if_approved(plan, but="c.py")
    assert {s.source: s.decision for s in but.steps}["c.py"] is Decision.PENDING
    assert only_step(plan, "f.py").steps == plan.deletions[1:]


@pytest.mark.parametrize(
    ("path", "inside", "concern"),
    [
        ("src/shop/infra/pg/a.py", "pg/a.py", "pg"),
        ("src/shop/infra/pg/query/a.py", "pg/query/a.py", "pg"),
        ("src/shop/infra/a.py", "a.py", ""),
        ("src/shop/infra", "src/shop/infra", ""),
        ("src/shop/infrared/a.py", "src/shop/infrared/a.py", ""),
        ("tests/a.py", "tests/a.py", ""),
    ],
)
def test_a_path_is_read_from_the_package(path: str, inside: str, concern: str) -> None:
    assert (_SCOPE.below_package(path), _SCOPE.concern(path)) == (inside, concern)
    assert Scope("shop", ".", "").package_folder == "shop"


def test_the_concern_of_a_step_is_the_first_folder_that_it_goes_to() -> None:
    survey = survey_of({"shop/infra/a.py": ""})
    steps = (Move("a", "shop/infra/pg/x/a.py"), Split("a", "shop/infra/pg"), Deletion("a"))
    assert [concern_of(survey, step) for step in steps] == ["pg", "pg", ""]
    assert concern_of(survey, Move("a", "tests/unit/a.py")) == "tests"
