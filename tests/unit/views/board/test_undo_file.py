"""Undo after a restart of the kernel: a second board on the same plan stands for the new one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.files.cache import cache_folder
from reorg_lib.model import Decision, Deletion, Guardrail, GuardrailKind, Split, TrackedFile
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.views.board.board import Board
from reorg_lib.views.board.undo import History, change_between
from reorg_lib.views.board.undo_file import read_journal, write_journal
from tests.unit.views.drawn import PLAN, ROOT, SURVEY

FILES = tuple(TrackedFile(m.path, "100644", m.blob) for m in SURVEY.modules if m.blob)
TREE = replace(SURVEY, files=FILES)
READER = f"{ROOT}/orders/reader.py"
DISK = f"{ROOT}/db/disk.py"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    plan_path = tmp_path / "plan.toml"
    save_plan(plan_path, PLAN)
    return plan_path


def decided(path: Path) -> Board:
    """A board on which four things were decided, and one of them taken back."""
    board = Board(TREE, path)
    board.decide([READER], Decision.APPROVED)
    board.retarget(READER, "postgres/read.py")
    board.annotate(DISK, "as agreed, “in Łódź”")
    board.decide([DISK, READER], Decision.REJECTED)
    board.undo()
    return board


def test_the_whole_history_outlives_the_board_that_made_it(path: Path) -> None:
    before = decided(path)
    now = load_plan(path)
    board = Board(TREE, path)
    assert board._history == before._history
    board.redo()
    assert {m.decision for m in load_plan(path).moves if m.source in (DISK, READER)} == {
        Decision.REJECTED
    }
    for _ in range(4):
        board.undo()
    assert load_plan(path) == PLAN
    for _ in range(3):
        Board(TREE, path).redo()
    assert load_plan(path) == now


def test_a_plan_that_another_hand_changed_has_no_history_and_says_so(path: Path) -> None:
    decided(path)
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    theirs = load_plan(path)
    board = Board(TREE, path)
    assert "another hand" in board._history["remark"]
    board.undo()
    assert load_plan(path) == theirs
    board.decide([READER], Decision.PENDING)
    assert board._history == {"undo": "pending", "redo": "", "remark": ""}
    assert Board(TREE, path)._history["undo"] == "pending"


def test_a_plan_that_was_never_decided_on_says_nothing(path: Path) -> None:
    assert Board(TREE, path)._history == {"undo": "", "redo": "", "remark": ""}


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"plan": 1}'])
def test_a_damaged_journal_is_none(path: Path, damage: bytes) -> None:
    decided(path)
    folder = cache_folder()
    assert folder is not None
    journals = list((folder / "undo").iterdir())
    assert journals
    for journal in journals:
        journal.write_bytes(damage)
    assert Board(TREE, path)._history == {"undo": "", "redo": "", "remark": ""}


def test_a_kind_of_step_that_is_not_known_is_no_journal(path: Path) -> None:
    decided(path)
    folder = cache_folder()
    assert folder is not None
    for journal in (folder / "undo").iterdir():
        journal.write_bytes(journal.read_bytes().replace(b'"Move"', b'"Dance"'))
    assert read_journal(path) == (History(), "")


def test_who_keeps_no_cache_has_no_journal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REORG_CACHE", "off")
    board = decided(path)
    assert board._history["undo"], "in the same kernel there is undo all the same"
    assert read_journal(path) == (History(), "")


def test_every_kind_of_step_comes_back_as_it_was(path: Path) -> None:
    full = replace(
        PLAN,
        steps=(
            *PLAN.moves,
            Split(READER, f"{ROOT}/reader", Decision.APPROVED, parts=(("a.py", ("A", "b")),)),
            Deletion(DISK, reason="dead"),
            Guardrail(f"{ROOT}/PLACEMENT.md", form=GuardrailKind.STRUCTURE),
        ),
    )
    history = History([change_between(PLAN, full, "all")], [change_between(full, PLAN, "none")])
    write_journal(path, history)
    assert read_journal(path) == (history, "")
