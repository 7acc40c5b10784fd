"""What people say about a plan: deciding, approving in bulk, settling, proposing again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reorg_lib.errors import PlanError
from reorg_lib.model import (
    Decision,
    Deletion,
    Guardrail,
    GuardrailKind,
    HazardSettlement,
    Move,
    Plan,
    Settlement,
)
from reorg_lib.plan.decisions import approve, decide, merge, settle
from tests.unit.plan.surveys import plan_of

_PLAN = plan_of(
    "? a/x.py > pg/x.py", "! a/y.py > pg/y.py", "a/z.py > s3/z.py", "? a/t.py >> pg/t", "? - a/e.py"
)


def _decisions(plan: Plan) -> dict[str, str]:
    return {step.source: step.decision.value for step in plan.steps}


@pytest.mark.parametrize("source", ["a/x.py", "a/t.py", "a/e.py"])
def test_each_kind_of_step_can_be_decided(source: str) -> None:
    decided = decide(_PLAN, source, decision=Decision.REJECTED, note="no")
    assert _decisions(decided) == _decisions(_PLAN) | {source: "rejected"}
    assert decide(decided, source, note="") == decide(_PLAN, source, decision=Decision.REJECTED)


def test_a_retarget_keeps_what_was_offered() -> None:
    plan = replace(_PLAN, steps=(Move("a/x.py", "p/x.py", candidates=("q/x.py", "r/x.py")),))
    chosen = decide(plan, "a/x.py", target="r/x.py")
    assert chosen.moves[0].target == "r/x.py"
    assert chosen.moves[0].candidates == ("p/x.py", "q/x.py")
    free = decide(plan, "a/x.py", target="elsewhere.py")
    assert free.moves[0].candidates == ("q/x.py", "r/x.py")
    assert decide(_PLAN, "a/t.py", target="pg/shapes").splits[0].target == "pg/shapes"


def test_a_retarget_exchanges_reason_and_argument() -> None:
    move = Move("a/x.py", "p/x.py", reason="for p", candidates=("q/x.py", "r/x.py"), confidence=0.5)
    told = replace(move, arguments=("for q", "for r"))
    plan = replace(_PLAN, steps=(told,))
    chosen = decide(plan, "a/x.py", target="r/x.py").moves[0]
    assert (chosen.reason, chosen.candidates) == ("for r", ("p/x.py", "q/x.py"))
    assert chosen.arguments == ("for p", "for q")
    back = decide(replace(plan, steps=(chosen,)), "a/x.py", target="p/x.py").moves[0]
    assert (back.reason, set(zip(back.candidates, back.arguments, strict=True))) == (
        "for p",
        {("q/x.py", "for q"), ("r/x.py", "for r")},
    )
    untold = decide(replace(plan, steps=(move,)), "a/x.py", target="r/x.py").moves[0]
    assert (untold.reason, untold.arguments) == ("for p", ())


def test_what_a_proposal_now_argues_follows_the_target_that_people_chose() -> None:
    fresh = Move("a/x.py", "p/x.py", Decision.PENDING, "for p", "", ("r/x.py",), 0.4, ("for r",))
    new = replace(_PLAN, steps=(fresh,))
    old = replace(_PLAN, steps=(Move("a/x.py", "r/x.py", note="said Ann"),))
    (meant,) = merge(old, new).moves
    assert meant == Move(
        "a/x.py", "r/x.py", Decision.PENDING, "for r", "said Ann", ("p/x.py",), 0.4, ("for p",)
    )
    elsewhere = replace(_PLAN, steps=(Move("a/x.py", "z/x.py", reason="ours"),))
    (kept,) = merge(elsewhere, new).moves
    assert (kept.target, kept.reason) == ("z/x.py", "ours")
    assert (kept.candidates, kept.arguments) == (("p/x.py", "r/x.py"), ("for p", "for r"))
    agreed = replace(old.moves[0], decision=Decision.APPROVED, reason="agreed")
    (decided,) = merge(replace(old, steps=(agreed,)), new).moves
    assert (decided.reason, decided.decision) == ("agreed", Decision.APPROVED)


_RAIL = Guardrail("a/CLAUDE.md", reason="old")


def test_a_guardrail_is_decided_like_any_step() -> None:
    plan = replace(_PLAN, steps=(_RAIL, Guardrail("t.py", form=GuardrailKind.TEST)))
    assert approve(plan, "all")[0].guardrails == tuple(
        replace(step, decision=Decision.APPROVED) for step in plan.guardrails
    )
    (rail, test) = approve(plan, ["*CLAUDE.md"])[0].guardrails
    assert (rail.decision, test.decision) == (Decision.APPROVED, Decision.PENDING)
    rejected = decide(plan, "t.py", decision=Decision.REJECTED, note="not ours")
    assert approve(rejected, "all")[0].guardrails[1] == replace(
        test, decision=Decision.REJECTED, note="not ours"
    )
    with pytest.raises(PlanError, match="is a guardrail and has no target"):
        decide(plan, "t.py", target="u.py")


def test_a_guardrail_of_a_file_that_is_not_there_yet_survives_a_new_proposal() -> None:
    old = replace(_PLAN, steps=(replace(_RAIL, note="said Ann"),))
    new = replace(_PLAN, steps=(replace(_RAIL, reason="new"), replace(_RAIL, source="b.md")))
    merged = merge(old, new, tracked=["a/x.py"]).guardrails
    assert merged == (replace(_RAIL, reason="new", note="said Ann"), new.guardrails[1])
    refused = replace(_RAIL, decision=Decision.REJECTED)
    assert merge(replace(old, steps=(refused,)), new).guardrails[0] == refused


def test_a_step_that_is_not_there_is_told() -> None:
    with pytest.raises(PlanError, match=r"about a/xx.py; did you mean a/x.py\?"):
        decide(_PLAN, "a/xx.py", decision=Decision.APPROVED)
    with pytest.raises(PlanError, match="is a deletion and has no target"):
        decide(_PLAN, "a/e.py", target="b.py")


APPROVALS = [
    ("all but the rejected", "all", {"a/x.py", "a/t.py", "a/e.py"}),
    ("by source", ["a/x*"], {"a/x.py"}),
    ("by target", ["pg/*"], {"a/x.py", "a/t.py"}),
    ("by path of a deletion", ["*/e.py"], {"a/e.py"}),
    ("several", ["a/x.py", "a/e.py"], {"a/x.py", "a/e.py"}),
    ("a rejected one by its exact name", ["a/y.py"], {"a/y.py"}),
    ("one that is approved", ["s3/*"], set()),
]


@pytest.mark.parametrize(
    ("patterns", "changed"), [c[1:] for c in APPROVALS], ids=[c[0] for c in APPROVALS]
)
def test_approve(patterns: list[str], changed: set[str]) -> None:
    plan, count = approve(_PLAN, patterns)
    expected = _decisions(_PLAN) | dict.fromkeys(changed, "approved")
    assert (_decisions(plan), count) == (expected, len(changed))


def test_a_pattern_that_matches_nothing_is_an_error() -> None:
    with pytest.raises(PlanError, match=r"the pattern 'mongo/\*' matches no source"):
        approve(_PLAN, ["pg/*", "mongo/*"])


def test_settle_replaces_and_wants_a_reason() -> None:
    plan = settle(_PLAN, "h", Settlement.FIX)
    assert plan.hazards == (HazardSettlement("h", Settlement.FIX),)
    plan = settle(settle(plan, "g", Settlement.FIX), "h", Settlement.ACCEPT, "never read")
    assert [(h.id, h.resolution.value) for h in plan.hazards] == [("h", "accept"), ("g", "fix")]
    with pytest.raises(PlanError, match="without a note"):
        settle(plan, "h", Settlement.ACCEPT, "  ")


def test_a_fresh_proposal_keeps_what_people_did() -> None:
    old = plan_of(
        "a/x.py > mine/x.py", "! a/y.py > pg/y.py", "? a/hand.py > pg/hand.py", "? a/z.py > pg/z.py"
    )
    old = replace(old, steps=tuple(replace(move, reason="ours") for move in old.moves))
    old = settle(decide(old, "a/y.py", note="leave it"), "h", Settlement.FIX)
    new = plan_of(
        *(f"? a/{name}.py > pg/{name}.py" for name in ("x", "y", "z", "n")),
        "? - a/e.py",
    )
    new = replace(
        new,
        scope=replace(new.scope, commit="b" * 40),
        steps=(*(replace(move, reason="fresh") for move in new.moves), *new.deletions),
    )
    merged = merge(old, new)
    assert merged.scope.commit == "b" * 40
    assert merged.moves == (
        Move("a/x.py", "mine/x.py", Decision.APPROVED, "ours", candidates=("pg/x.py",)),
        Move("a/y.py", "pg/y.py", Decision.REJECTED, "ours", note="leave it"),
        Move("a/hand.py", "pg/hand.py", reason="ours"),
        Move("a/z.py", "pg/z.py", reason="fresh"),
        Move("a/n.py", "pg/n.py", reason="fresh"),
    )
    assert merged.deletions == (Deletion("a/e.py"),)
    assert merged.hazards == old.hazards
    assert merge(merged, new) == merged


def test_merging_knows_what_is_gone_and_what_is_spoken_for() -> None:
    old = plan_of("a/gone.py > pg/gone.py", "a/t.py >> pg/t")
    new = plan_of("? a/t.py > pg/t/__init__.py", "? a/n.py > pg/n.py")
    merged = merge(old, new, tracked=["a/t.py", "a/n.py"])
    assert _decisions(merged) == {"a/t.py": "approved", "a/n.py": "pending"}
    assert [split.source for split in merged.splits] == ["a/t.py"]


def test_a_plan_of_another_package_is_not_merged() -> None:
    with pytest.raises(PlanError, match=r"about a below '?\.'?, the proposal about b"):
        merge(plan_of(package="a"), plan_of(package="b"))
