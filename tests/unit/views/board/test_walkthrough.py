"""The presenting mode without a browser: what a page says, and that decisions reach the board."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.model import Decision, Hazard, Severity, TrackedFile
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.views.board.board import Board
from reorg_lib.views.board.linked_graph import linked_graph
from reorg_lib.views.board.walkthrough import Walkthrough, _says, pages_of
from tests.unit.views.drawn import PLAN, ROOT, SURVEY

TREE = replace(
    SURVEY, files=tuple(TrackedFile(m.path, "100644", m.blob) for m in SURVEY.modules if m.blob)
)
DISK = f"{ROOT}/db/disk.py"
BUCKET = f"{ROOT}/s3/bucket.py"
OPEN = replace(PLAN, steps=tuple(replace(step, decision=Decision.PENDING) for step in PLAN.steps))


@pytest.fixture
def board(tmp_path: Path) -> Board:
    save_plan(tmp_path / "plan.toml", OPEN)
    return Board(TREE, tmp_path / "plan.toml")


def test_there_is_a_page_per_concern_and_one_for_what_is_left() -> None:
    pages = pages_of(TREE, OPEN)
    assert [page["title"] for page in pages] == [
        *("postgres/", "storage/", "what goes, and what is written", "what is left")
    ]
    assert pages[1]["says"] == "2 files come together, from db/ (1), s3/ (1)."
    assert pages[3]["says"].startswith("0 of 5 decided, 1 ambiguous.")
    assert len(pages[3]["rows"]) == 5


def test_an_ambiguous_step_is_a_question_until_it_is_decided() -> None:
    (question,) = pages_of(TREE, OPEN)[1]["questions"]
    assert question["asks"] == "Where does db/disk.py go?"
    assert question["offers"] == [
        {"to": "storage/disk.py", "argument": "implements Storage"},
        {"to": "files/disk.py", "argument": "it writes files"},
    ]
    assert pages_of(TREE, PLAN)[1]["questions"] == []


def test_what_blocks_is_asked_on_the_page_of_its_step() -> None:
    here = Hazard("h", "file-anchor", Severity.BLOCK, DISK, 3, "climbs", fix="x")
    note = replace(here, id="n", severity=Severity.NOTE)
    away = replace(here, id="e", path="pyproject.toml")
    pages = pages_of(TREE, OPEN, (here, note, away))
    assert [q["hazard"]["id"] for q in pages[1]["questions"] if q["hazard"]] == ["h"]
    assert [q["hazard"]["id"] for q in pages[3]["questions"]] == ["e"]


def test_a_page_zooms_the_graph_and_decides_through_the_board(board: Board) -> None:
    graph = linked_graph(TREE, board)
    walk = Walkthrough(TREE, board, graph)
    walk.slides.at = 1
    assert graph._zoom == ["shop.adapters.db.disk", "shop.adapters.s3.bucket"]
    rows = walk.slides._pages[1]["rows"]
    steps = [{"source": row["source"], "seen": row["seen"]} for row in rows]
    walk.slides._receive(None, {"kind": "decide", "decision": "approved", "steps": steps}, [])
    decided = {move.source: move.decision for move in load_plan(board._path).moves}
    assert decided[DISK] is decided[BUCKET] is Decision.APPROVED
    assert walk.slides._progress == board.progress == "2 of 5 decided"
    board.undo()
    assert walk.slides._progress == "0 of 5 decided, 1 ambiguous"


def test_what_is_selected_in_one_is_selected_in_all(board: Board) -> None:
    graph = linked_graph(TREE, board)
    walk = Walkthrough(TREE, board, graph)
    assert board.selected and graph.selected is None, "nobody has chosen anything yet"
    walk.slides.selected = DISK
    assert board.selected == DISK
    assert graph.selected == "shop.adapters.db.disk"
    graph.select("shop.adapters.s3.bucket")
    assert board.selected == walk.slides.selected == BUCKET
    board.selected = f"{ROOT}/empty/nothing.py"
    assert graph.selected is None, "what is not drawn leaves nothing lit"


def test_a_drag_in_the_graph_is_a_retarget_on_the_board(board: Board) -> None:
    graph = linked_graph(TREE, board)
    graph._receive(
        None, {"kind": "retarget", "module": "shop.adapters.db.disk", "folder": "a/b"}, []
    )
    assert {m.source: m.target for m in board.plan.moves}[DISK] == f"{ROOT}/a/b/disk.py"
    wish = {"kind": "retarget", "module": "shop.adapters.db.disk", "folder": "class"}
    graph._receive(None, wish, [])
    assert "Python keyword" in graph._refused["why"]
    board.undo()
    assert board.plan == OPEN


def test_where_no_widget_runs_the_pages_are_a_table(board: Board) -> None:
    bundle = Walkthrough(TREE, board, linked_graph(TREE, board))._repr_mimebundle_()
    assert "Where does db/" in bundle["text/html"].replace("<wbr>", "")


def test_a_page_names_few_of_many_folders() -> None:
    rows = [{"kind": "move", "from": f"p{n}/m{m}.py"} for n in range(6) for m in range(6 - n)]
    assert _says(rows) == (
        "21 files come together, from p0/ (6), p1/ (5), p2/ (4), p3/ (3) and 2 more."
    )
