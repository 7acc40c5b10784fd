"""The review board without a browser: intents go in, the plan file and the rows come out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reorg_lib.errors import HazardError
from reorg_lib.model import Decision, Move, Plan, TrackedFile
from reorg_lib.plan.planfile import load_plan, save_plan
from reorg_lib.views import board as board_module
from reorg_lib.views.board import Board
from reorg_lib.views.review import EVERYTHING, Review
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


@pytest.fixture
def board(path: Path) -> Board:
    return Board(TREE, path)


def send(board: Board, kind: str, source: str = "", **more: Any) -> None:
    board._receive(None, {"kind": kind, "source": source, **more}, [])


def row(board: Board, source: str) -> dict[str, Any]:
    return next(row for row in board._rows if row["source"] == source)


def seen(board: Board, source: str) -> str:
    return str(row(board, source)["seen"])


def move_of(path: Path, source: str) -> Move:
    return next(move for move in load_plan(path).moves if move.source == source)


def test_a_row_says_what_people_need(board: Board) -> None:
    assert row(board, DISK) == {
        "source": DISK,
        "seen": f"{ROOT}/storage/disk.py",
        "kind": "move",
        "from": "db/disk.py",
        "to": "storage/disk.py",
        "concern": "storage",
        "serves": "filesystem · orders",
        "candidates": ["files/disk.py"],
        "decision": "approved",
        "reason": "implements Storage",
        "note": "",
        "refused": "",
    }
    assert board.counts == {"pending": 3, "approved": 1, "rejected": 1}


def test_counts_cannot_be_set_from_outside(board: Board) -> None:
    with pytest.raises(Exception, match="read-only"):
        board.counts = {}


@pytest.mark.parametrize("decision", list(Decision))
def test_a_decision_is_in_the_file_at_once(board: Board, path: Path, decision: Decision) -> None:
    send(board, "decide", READER, seen=seen(board, READER), decision=decision.value)
    assert move_of(path, READER).decision is decision
    assert row(board, READER)["decision"] == decision
    assert row(board, READER)["refused"] == ""


def test_comments_in_the_file_survive(board: Board, path: Path) -> None:
    path.write_text("# ours\n" + path.read_text())
    send(board, "decide", READER, seen=seen(board, READER), decision="approved")
    assert path.read_text().startswith("# ours\n")


def test_a_retarget_is_relative_to_the_package(board: Board, path: Path) -> None:
    send(board, "retarget", READER, seen=seen(board, READER), target=" postgres/read.py ")
    assert move_of(path, READER).target == f"{ROOT}/postgres/read.py"
    send(board, "retarget", READER, seen=seen(board, READER), target="postgres/store/")
    assert move_of(path, READER).target == f"{ROOT}/postgres/store/reader.py"


def test_a_chosen_candidate_changes_places(board: Board) -> None:
    send(board, "retarget", DISK, seen=seen(board, DISK), target="files/disk.py")
    assert row(board, DISK)["to"] == "files/disk.py"
    assert row(board, DISK)["candidates"] == ["storage/disk.py"]


@pytest.mark.parametrize(
    "target",
    ["../../../../etc/passwd.py", "", "class/a.py", "a b.py", "x.txt", "a//b.py", "-rf/x.py"],
)
def test_a_bad_target_is_refused_at_its_row(board: Board, path: Path, target: str) -> None:
    before = path.read_bytes()
    send(board, "retarget", READER, seen=seen(board, READER), target=target)
    assert path.read_bytes() == before
    assert row(board, READER)["refused"]
    assert row(board, DISK)["refused"] == ""
    send(board, "decide", READER, seen=seen(board, READER), decision="approved")
    assert row(board, READER)["refused"] == "", "the next decision clears it"


def test_what_was_edited_meanwhile_is_kept(board: Board, path: Path) -> None:
    looked_at = seen(board, READER)
    text = path.read_text().replace("storage/bucket.py", "blobs/bucket.py")
    path.write_text(text)
    send(board, "decide", READER, seen=looked_at, decision="approved")
    assert move_of(path, f"{ROOT}/s3/bucket.py").target == f"{ROOT}/blobs/bucket.py"
    assert row(board, f"{ROOT}/s3/bucket.py")["to"] == "blobs/bucket.py"


def test_nobody_approves_a_target_that_they_did_not_see(board: Board, path: Path) -> None:
    looked_at = seen(board, READER)
    path.write_text(path.read_text().replace("query/reader.py", "elsewhere/reader.py"))
    send(board, "decide", READER, seen=looked_at, decision="approved")
    assert move_of(path, READER).decision is Decision.PENDING
    assert "changed meanwhile" in row(board, READER)["refused"]
    assert row(board, READER)["to"] == "postgres/elsewhere/reader.py"


def test_undo_takes_back_one_decision_after_another(board: Board, path: Path) -> None:
    start = load_plan(path)
    send(board, "decide", READER, seen=seen(board, READER), decision="approved")
    send(board, "retarget", READER, seen=seen(board, READER), target="postgres/read.py")
    send(board, "undo")
    assert move_of(path, READER).target == f"{ROOT}/postgres/query/reader.py"
    assert move_of(path, READER).decision is Decision.APPROVED
    send(board, "undo")
    assert load_plan(path) == start
    send(board, "undo")
    assert load_plan(path) == start


def test_undo_leaves_what_others_did(board: Board, path: Path) -> None:
    send(board, "decide", READER, seen=seen(board, READER), decision="approved")
    path.write_text(path.read_text().replace("storage/bucket.py", "blobs/bucket.py"))
    send(board, "undo")
    assert move_of(path, READER).decision is Decision.PENDING
    assert move_of(path, f"{ROOT}/s3/bucket.py").target == f"{ROOT}/blobs/bucket.py"


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "approve",
        {},
        {"kind": "drop"},
        {"kind": ["decide"]},
        {"kind": "__init__"},
        {"kind": "decide"},
        {"kind": "decide", "source": READER, "seen": 3, "decision": "approved"},
        {"kind": "decide", "source": READER, "decision": "approved"},
        {"kind": "decide", "source": READER, "seen": PLAN.moves[0].target, "decision": "deleted"},
        {"kind": "decide", "source": "../x", "seen": "", "decision": "approved"},
    ],
)
def test_a_message_that_is_no_intent_changes_nothing(
    board: Board, path: Path, content: object
) -> None:
    before = path.read_bytes()
    board._receive(None, content, [])
    assert path.read_bytes() == before


def test_a_plan_file_that_broke_is_told_and_left_alone(board: Board, path: Path) -> None:
    path.write_text("schema = ")
    send(board, "decide", READER, seen=PLAN.moves[0].target, decision="approved")
    assert "not TOML" in board._open_problem
    assert path.read_text() == "schema = "


def test_approved_steps_that_collide_are_told_and_recorded(board: Board, path: Path) -> None:
    path.write_text(path.read_text().replace("postgres/query/reader.py", "storage/disk.py"))
    send(board, "reload")
    assert board._open_problem == ""
    send(board, "decide", READER, seen=seen(board, READER), decision="approved")
    assert move_of(path, READER).decision is Decision.APPROVED
    assert "storage/disk.py" in board._open_problem


def test_a_target_that_another_step_has_is_refused(board: Board, path: Path) -> None:
    send(board, "retarget", READER, seen=seen(board, READER), target="storage/bucket.py")
    assert move_of(path, READER).target == f"{ROOT}/postgres/query/reader.py"
    assert "storage/bucket.py" in row(board, READER)["refused"]


def test_a_target_whose_file_another_step_takes_away_is_free(board: Board, path: Path) -> None:
    send(board, "retarget", READER, seen=seen(board, READER), target="s3/bucket.py")
    assert row(board, READER)["refused"] == ""
    assert move_of(path, READER).target == f"{ROOT}/s3/bucket.py"


def test_approving_a_concern_leaves_the_rejected_alone(board: Board, path: Path) -> None:
    assert board.approve_pending("postgres") == 1
    decided = {move.source: move.decision for move in load_plan(path).moves}
    assert decided[READER] is Decision.APPROVED
    assert decided[f"{ROOT}/db/tables.py"] is Decision.REJECTED
    assert decided[f"{ROOT}/s3/bucket.py"] is Decision.PENDING
    assert board.approve_pending() == 2
    board.undo()
    board.undo()
    assert load_plan(path) == PLAN


def test_five_hundred_steps_are_decided_without_delay(tmp_path: Path) -> None:
    moves = tuple(Move(f"{ROOT}/m{n}.py", f"{ROOT}/a/m{n}.py") for n in range(500))
    path = tmp_path / "plan.toml"
    save_plan(path, Plan(PLAN.scope, moves))
    board = Board(TREE, path)
    assert board.approve_pending() == 500
    assert board.counts["approved"] == 500


def said(review: Review) -> str:
    return "".join(output["text"] for output in review.said.outputs)


def test_the_toolbar_approves_and_exports(board: Board) -> None:
    def export(progress: Any) -> str:
        progress("proving")
        return "done"

    review = Review(TREE, board, export)
    assert review.concern.options == (EVERYTHING, "postgres", "storage")
    review.concern.value = "storage"
    review.approve.click()
    assert said(review) == "1 approved, in storage\n"
    review.export.click()
    assert said(review) == "proving …\ndone\n"


def test_a_refused_export_is_one_sentence_and_the_button_stays_usable(board: Board) -> None:
    def export(progress: Any) -> str:
        raise HazardError("a hazard is open", ("h",))

    review = Review(TREE, board, export)
    review.export.click()
    assert said(review) == "a hazard is open\n"
    assert review.export.disabled is False


def test_where_no_widget_runs_the_table_is_html(board: Board) -> None:
    odd = Move(f"{ROOT}/log.py", f"{ROOT}/log/log.py", reason="<script>x</script>")
    save_plan(board._path, replace(PLAN, moves=(*PLAN.moves, odd)))
    bundle = Review(TREE, board, lambda _: "")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "postgres/query/reader.py" in bundle["text/html"].replace("<wbr>", "")
    assert "&lt;script&gt;x" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]


def test_the_browser_half_needs_no_network_and_sets_text_as_text() -> None:
    static = Path(board_module.__file__).with_name("static")
    script = (static / "board.js").read_text(encoding="utf-8")
    assert script.startswith("// @ts-check\n")
    for banned in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert banned not in script
    for text in (script, (static / "board.css").read_text(encoding="utf-8")):
        assert "://" not in text
        assert not re.search(r"@import|\bimport\b|\brequire\(", text)
    assert '"data-lm-suppress-shortcuts": "true"' in script
