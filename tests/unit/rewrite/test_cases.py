"""Every case of the table, rewritten once and then a second time, which changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reorg_lib.model import ChangeSet, Decision, Deletion, Move, Plan, Scope
from reorg_lib.repository import open_repository
from reorg_lib.rewrite.changeset import build_changeset
from reorg_lib.survey import take_survey
from tests.unit.rewrite.cases import CASES, Case
from tests.unit.rewrite.drawing import files

MakeRepository = Callable[[Mapping[str, str | bytes]], Path]


def change(root: Path, moves: str) -> ChangeSet:
    """Carry out "old -> new" lines on the repository at `root`."""
    repository = open_repository(root)
    survey = take_survey(repository, "app.infra")
    pairs = [line.split(" -> ") for line in moves.splitlines()]
    plan = Plan(
        Scope("app.infra", ".", survey.commit),
        tuple(Move(old, new, Decision.APPROVED, "why") for old, new in pairs if new != "-"),
        deletions=tuple(Deletion(old, Decision.APPROVED) for old, new in pairs if new == "-"),
    )
    return build_changeset(repository, survey, plan)


def result(before: Mapping[str, str], changes: ChangeSet) -> dict[str, str]:
    """Return the tree after the changes."""
    after = dict(before)
    for step in changes.changes:
        if step.source is not None:
            del after[step.source]
    for step in changes.changes:
        if step.target is not None:
            assert step.after is not None
            after[step.target] = step.after.decode()
    return after


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, make_repository: MakeRepository) -> None:
    before = files(case.before)
    changes = change(make_repository(before), case.moves)
    after = result(before, changes)

    gone = {old for old, _ in (line.split(" -> ") for line in case.moves.splitlines())}
    expected = {path: text for path, text in before.items() if path not in gone}
    expected |= files(case.after)
    assert _without_empty_packages(after) == _without_empty_packages(expected)


def _without_empty_packages(tree: Mapping[str, str]) -> dict[str, str]:
    """Package files come and go by rule; the rule has tests of its own."""
    return {p: t for p, t in tree.items() if t.strip() or not p.endswith("__init__.py")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_edits_lead_from_before_to_after(case: Case, make_repository: MakeRepository) -> None:
    changes = change(make_repository(files(case.before)), case.moves)
    for step in changes.changes:
        if step.before is None or step.after is None:
            continue
        at, parts = 0, []
        for edit in step.edits:
            assert step.before[edit.start : edit.end] == edit.old
            parts += [step.before[at : edit.start], edit.new]
            at = edit.end
        assert b"".join([*parts, step.before[at:]]) == step.after
