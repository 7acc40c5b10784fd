"""Every case of the table: rewritten, run before and after, and held against the proof."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reorg_lib.git import blob_id, open_repository
from reorg_lib.model import (
    ChangeSet,
    Decision,
    Deletion,
    HazardSettlement,
    Move,
    Plan,
    Scope,
    Settlement,
    TrackedFile,
)
from reorg_lib.proof.points import prove
from reorg_lib.proof.reading.source_tree import parents
from reorg_lib.proof.rehearsal import Rehearsal
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.survey import take_survey
from tests.unit.rewrite.cases import CASES, Case
from tests.unit.rewrite.cases_of_forms import FORMS
from tests.unit.rewrite.cases_of_imports import IMPORTS
from tests.unit.rewrite.cases_of_language import LANGUAGE
from tests.unit.rewrite.cases_of_roots import ROOTS
from tests.unit.rewrite.cases_of_scopes import SCOPES
from tests.unit.rewrite.cases_of_source_roots import SOURCE_ROOTS
from tests.unit.rewrite.cases_of_texts import TEXTS
from tests.unit.rewrite.drawing import files

ALL = (*CASES, *IMPORTS, *ROOTS, *SOURCE_ROOTS, *SCOPES, *TEXTS, *LANGUAGE, *FORMS)
RUNNABLE = tuple(case for case in ALL if case.run)
MakeRepository = Callable[[Mapping[str, str | bytes]], Path]


def change(root: Path, moves: str, *, accepted: tuple[str, ...] = ()) -> ChangeSet:
    """Carry out "old -> new" lines on the repository at `root`, with these hazards accepted."""
    repository = open_repository(root)
    survey = take_survey(repository, "app.infra")
    pairs = [line.split(" -> ") for line in moves.splitlines()]
    plan = Plan(
        Scope("app.infra", survey.source_root, survey.commit),
        tuple(
            Deletion(old, decision=Decision.APPROVED)
            if new == "-"
            else Move(old, new, Decision.APPROVED, "why")
            for old, new in pairs
        ),
        hazards=tuple(HazardSettlement(id, Settlement.ACCEPT, "known") for id in accepted),
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


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
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


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
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


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.id)
def test_the_program_prints_the_same_before_and_after(case: Case, tmp_path: Path) -> None:
    before = files(case.before)
    moved = dict(line.split(" -> ") for line in case.moves.splitlines())
    after = {path: text for path, text in before.items() if path not in moved}
    after |= {new: before[old] for old, new in moved.items()} | files(case.after)
    printed = _run(tmp_path / "before", before, case.run)
    assert printed
    assert _run(tmp_path / "after", after, moved.get(case.run, case.run)) == printed


def _run(root: Path, tree: Mapping[str, str], module: str) -> str:
    for path, text in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    name = module.removesuffix(".py").removesuffix("/__main__").replace("/", ".")
    done = subprocess.run(
        [sys.executable, "-B", "-m", name],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_the_proof_holds(case: Case, make_repository: MakeRepository) -> None:
    before = files(case.before)
    changes = change(make_repository(before), case.moves)
    after = result(before, changes)
    contents = {blob_id(t.encode()): t.encode() for t in (*before.values(), *after.values())}
    rehearsal = Rehearsal(_tracked(before), _tracked(after), contents, ())
    points = prove(changes, rehearsal, Plan(changes.scope))
    assert not {point.number: point.failures for point in points if point.failures}


def _tracked(tree: Mapping[str, str]) -> tuple[TrackedFile, ...]:
    return tuple(TrackedFile(p, "100644", blob_id(t.encode())) for p, t in sorted(tree.items()))


def test_the_table_is_long_enough_and_every_row_has_a_name_of_its_own() -> None:
    assert len({case.id for case in ALL}) == len(ALL) >= 120


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_a_second_pass_changes_nothing(case: Case, make_repository: MakeRepository) -> None:
    before = files(case.before)
    first = change(make_repository(before), case.moves)
    olds = {renaming.old for renaming in first.modules}
    if any(name in olds for r in first.modules for name in (r.new, *parents(r.new))):
        return  # a swap, done twice, goes back; below its own old name, it goes further down
    rewritten = {c.source: c.after.decode() for c in first.changes if c.after and not c.is_move}
    again = change(make_repository({**before, **_named(rewritten)}), case.moves)
    assert {c.source for c in again.changes if c.source and not c.is_move} <= {
        c.source for c in first.changes if c.source not in rewritten
    }


def _named(tree: Mapping[str | None, str]) -> dict[str, str]:
    return {path: text for path, text in tree.items() if path is not None}
