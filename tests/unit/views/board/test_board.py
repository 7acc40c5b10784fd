"""The review board without a browser: intents go in, the plan file and the rows come out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reorg_lib.errors import PlanError
from reorg_lib.model import Decision, Move, Plan, TrackedFile
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.views import static_files
from reorg_lib.views.board.board import Board
from reorg_lib.views.board.figures import Figures
from reorg_lib.views.board.shipped import shipped_beside
from tests.unit.views.drawn import PLAN, ROOT, SURVEY

FILES = tuple(TrackedFile(m.path, "100644", m.blob) for m in SURVEY.modules if m.blob)
TREE = replace(SURVEY, files=FILES)
READER = f"{ROOT}/orders/reader.py"
DISK = f"{ROOT}/db/disk.py"
BUCKET = f"{ROOT}/s3/bucket.py"
SEEN = f"pending {ROOT}/postgres/query/reader.py "


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


def say(board: Board, source: str, decision: str, was_seen: str | None = None) -> None:
    looked_at = seen(board, source) if was_seen is None else was_seen
    steps = [{"source": source, "seen": looked_at}]
    board._receive(None, {"kind": "decide", "decision": decision, "steps": steps}, [])


def row(board: Board, source: str) -> dict[str, Any]:
    return next(row for row in board._rows if row["source"] == source)


def seen(board: Board, source: str) -> str:
    return str(row(board, source)["seen"])


def approved(move: Move) -> Move:
    return replace(move, decision=Decision.APPROVED)


def move_of(path: Path, source: str) -> Move:
    return next(move for move in load_plan(path).moves if move.source == source)


def test_a_row_says_what_people_need(board: Board) -> None:
    assert row(board, DISK) == {
        "source": DISK,
        "seen": f"approved {ROOT}/storage/disk.py ",
        "kind": "move",
        "module": "shop.adapters.db.disk",
        "from": "db/disk.py",
        "to": "storage/disk.py",
        "concern": "storage",
        "technology": "filesystem",
        "context": "orders",
        "role": "backend",
        "confidence": 0.6,
        "ambiguous": True,
        "decision": "approved",
        "reason": "implements Storage",
        "note": "",
        "hazards": 0,
        "blocked": 0,
        "refused": "",
    }
    assert board.progress == "2 of 5 decided"
    assert board.counts == {"pending": 3, "approved": 1, "rejected": 1}


def test_counts_cannot_be_set_from_outside(board: Board) -> None:
    with pytest.raises(Exception, match="read-only"):
        board.counts = {}


@pytest.mark.parametrize("decision", list(Decision))
def test_a_decision_is_in_the_file_at_once(board: Board, path: Path, decision: Decision) -> None:
    say(board, READER, decision.value)
    assert move_of(path, READER).decision is decision
    assert row(board, READER)["decision"] == decision
    assert row(board, READER)["refused"] == ""


def test_comments_in_the_file_survive(board: Board, path: Path) -> None:
    path.write_text("# ours\n" + path.read_text())
    say(board, READER, "approved")
    assert path.read_text().startswith("# ours\n")


def test_a_retarget_is_relative_to_the_package(board: Board, path: Path) -> None:
    send(board, "retarget", READER, seen=seen(board, READER), target=" postgres/read.py ")
    assert move_of(path, READER).target == f"{ROOT}/postgres/read.py"
    send(board, "retarget", READER, seen=seen(board, READER), target="postgres/store/")
    assert move_of(path, READER).target == f"{ROOT}/postgres/store/reader.py"


def test_a_chosen_candidate_changes_places(board: Board) -> None:
    send(board, "retarget", DISK, seen=seen(board, DISK), target="files/disk.py")
    assert row(board, DISK)["to"] == "files/disk.py"
    board.selected = DISK
    assert [offer["to"] for offer in board._detail["offers"]] == [
        "files/disk.py",
        "storage/disk.py",
    ]


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
    say(board, READER, "approved")
    assert row(board, READER)["refused"] == "", "the next decision clears it"


def test_what_was_edited_meanwhile_is_kept(board: Board, path: Path) -> None:
    looked_at = seen(board, READER)
    text = path.read_text().replace("storage/bucket.py", "blobs/bucket.py")
    path.write_text(text)
    say(board, READER, "approved", looked_at)
    assert move_of(path, f"{ROOT}/s3/bucket.py").target == f"{ROOT}/blobs/bucket.py"
    assert row(board, f"{ROOT}/s3/bucket.py")["to"] == "blobs/bucket.py"


def test_nobody_approves_a_target_that_they_did_not_see(board: Board, path: Path) -> None:
    looked_at = seen(board, READER)
    path.write_text(path.read_text().replace("query/reader.py", "elsewhere/reader.py"))
    say(board, READER, "approved", looked_at)
    assert move_of(path, READER).decision is Decision.PENDING
    assert "changed meanwhile" in row(board, READER)["refused"]
    assert row(board, READER)["to"] == "postgres/elsewhere/reader.py"


def test_undo_takes_back_one_decision_after_another(board: Board, path: Path) -> None:
    start = load_plan(path)
    say(board, READER, "approved")
    send(board, "retarget", READER, seen=seen(board, READER), target="postgres/read.py")
    send(board, "undo")
    assert move_of(path, READER).target == f"{ROOT}/postgres/query/reader.py"
    assert move_of(path, READER).decision is Decision.APPROVED
    send(board, "undo")
    assert load_plan(path) == start
    send(board, "undo")
    assert load_plan(path) == start


def test_undo_leaves_what_others_did(board: Board, path: Path) -> None:
    say(board, READER, "approved")
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
        {"kind": "decide", "decision": "approved", "steps": "all"},
        {"kind": "decide", "decision": "approved", "steps": [READER, None]},
        {"kind": "decide", "decision": "approved", "steps": [{"source": READER, "seen": 3}]},
        {"kind": "decide", "decision": "approved", "steps": [{"source": READER}]},
        {"kind": "decide", "decision": "deleted", "steps": [{"source": READER, "seen": SEEN}]},
        {"kind": "decide", "decision": "approved", "steps": [{"source": "../x", "seen": ""}]},
        {"kind": "retarget", "source": READER, "seen": SEEN, "target": ["a.py"]},
        {"kind": "retarget", "source": ["x"], "seen": SEEN, "target": "a/b.py"},
        {"kind": "note", "source": READER, "seen": "another", "note": "x"},
        {"kind": "settle", "id": "h", "resolution": "ignore"},
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
    say(board, READER, "approved", PLAN.moves[0].target)
    assert "not TOML" in board._open_problem
    assert path.read_text() == "schema = "


def test_approved_steps_that_collide_are_told_and_recorded(board: Board, path: Path) -> None:
    path.write_text(path.read_text().replace("postgres/query/reader.py", "storage/disk.py"))
    send(board, "look")
    assert board._open_problem == ""
    say(board, READER, "approved")
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


def test_shipped_decisions_are_taken_over_and_one_undo_takes_them_back(
    board: Board, path: Path
) -> None:
    send(board, "take-over")
    assert load_plan(path) == PLAN, "there are none yet"
    other = replace(PLAN.scope, commit="1" * 40)
    shipped = replace(PLAN, scope=other, steps=tuple(map(approved, PLAN.moves[1:])))
    save_plan(shipped_beside(path), shipped)
    board.refresh()
    assert board._has_shipped
    send(board, "take-over")
    assert load_plan(path) == replace(shipped, scope=PLAN.scope)
    board.undo()
    assert set(load_plan(path).moves) == set(PLAN.moves)


def test_decisions_about_another_package_are_not_taken_over(board: Board, path: Path) -> None:
    save_plan(shipped_beside(path), replace(PLAN, scope=replace(PLAN.scope, package="other")))
    send(board, "take-over")
    assert "is about other" in str(board.hear({"kind": "take-over"}))
    assert load_plan(path) == PLAN


def test_figures_follow_each_decision(board: Board) -> None:
    figures = Figures(TREE, board)
    before = figures.value
    say(board, READER, "rejected")
    assert figures.value != before
    assert "<details><summary>" in figures.value


def test_five_hundred_steps_are_decided_without_delay(tmp_path: Path) -> None:
    moves = tuple(Move(f"{ROOT}/m{n}.py", f"{ROOT}/a/m{n}.py") for n in range(500))
    path = tmp_path / "plan.toml"
    save_plan(path, Plan(PLAN.scope, moves))
    board = Board(TREE, path)
    assert board.approve_pending() == 500
    assert board.counts["approved"] == 500


def test_redo_makes_again_what_undo_took_back(board: Board, path: Path) -> None:
    send(board, "redo")
    say(board, READER, "approved")
    send(board, "note", READER, seen=seen(board, READER), note=" agreed on Monday ")
    after = load_plan(path)
    assert move_of(path, READER).note == "agreed on Monday"
    send(board, "undo")
    send(board, "undo")
    assert load_plan(path) == PLAN
    assert board._history == {"undo": "", "redo": "approved", "remark": ""}
    send(board, "redo")
    send(board, "redo")
    assert load_plan(path) == after
    send(board, "undo")
    say(board, BUCKET, "rejected")
    assert board._history["redo"] == "", "a new decision ends what could be made again"


def test_undo_of_what_another_one_changed_since_is_told_and_not_done(
    board: Board, path: Path
) -> None:
    say(board, READER, "approved")
    save_plan(path, PLAN)
    board.retarget(READER, "postgres/read.py")
    other = load_plan(path)
    board._made.done.pop()
    send(board, "undo")
    assert load_plan(path) == other
    assert "were changed elsewhere and stay" in row(board, READER)["refused"]


def test_many_are_decided_at_once_and_undone_at_once(board: Board, path: Path) -> None:
    steps = [{"source": s, "seen": seen(board, s)} for s in (READER, BUCKET)]
    send(board, "decide", decision="rejected", steps=steps)
    assert {move_of(path, s).decision for s in (READER, BUCKET)} == {Decision.REJECTED}
    send(board, "undo")
    assert load_plan(path) == PLAN


def test_of_many_only_those_that_were_seen_are_decided(board: Board, path: Path) -> None:
    steps = [{"source": s, "seen": seen(board, s)} for s in (READER, BUCKET)]
    path.write_text(path.read_text().replace("storage/bucket.py", "blobs/bucket.py"))
    send(board, "decide", decision="approved", steps=steps)
    assert move_of(path, READER).decision is Decision.APPROVED
    assert move_of(path, BUCKET).decision is Decision.PENDING
    assert "changed meanwhile" in row(board, BUCKET)["refused"]
    say(board, BUCKET, "approved")
    assert move_of(path, BUCKET).decision is Decision.APPROVED, "asked again, and said again"


def test_a_file_that_no_step_is_about_gets_a_move_and_loses_it_again(
    board: Board, path: Path
) -> None:
    board.retarget(f"{ROOT}/log.py", "logging/")
    assert move_of(path, f"{ROOT}/log.py").target == f"{ROOT}/logging/log.py"
    board.undo()
    assert load_plan(path) == PLAN
    with pytest.raises(PlanError, match="no longer in the plan file"):
        board.retarget(f"{ROOT}/log.py", "logging/", seen=SEEN)


def test_every_message_is_answered_once(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[dict[str, str]] = []
    monkeypatch.setattr(board, "send", answers.append)
    send(board, "retarget", READER, seen=seen(board, READER), target="class/a.py", serial="7")
    send(board, "look", serial="8")
    assert [answer["answered"] for answer in answers] == ["7", "8"]
    assert "Python keyword" in answers[0]["refused"]
    assert answers[1]["refused"] == ""


def test_what_changes_on_disk_is_shown_at_the_next_look(board: Board, path: Path) -> None:
    told: list[Plan] = []
    board.on_change(told.append)
    send(board, "look")
    assert told == []
    save_plan(path, replace(PLAN, steps=(*PLAN.moves[:1], *PLAN.deletions)))
    send(board, "look")
    assert [row["source"] for row in board._rows] == [READER, f"{ROOT}/empty/__init__.py"]
    assert told == [load_plan(path)]


def test_beside_a_row_stand_evidence_offers_and_the_tree(board: Board) -> None:
    board.selected = DISK
    detail = board._detail
    assert detail["evidence"] == [
        {"place": "db/disk.py:3", "text": "import filesystem", "shows": "technology"}
    ]
    assert [offer["argument"] for offer in detail["offers"]] == [
        "implements Storage",
        "it writes files",
    ]
    assert [1, "disk.py", "here"] in detail["tree"]
    assert [0, "storage/", "new"] in detail["tree"]
    assert "storage/" in board._folders and "db/" in board._folders
    board.selected = "no/such.py"
    assert board._detail == {}


def test_where_no_widget_runs_the_table_is_html(board: Board) -> None:
    odd = Move(f"{ROOT}/log.py", f"{ROOT}/log/log.py", reason="<script>x</script>")
    save_plan(board._path, replace(PLAN, steps=(*PLAN.steps, odd)))
    shown = Board(TREE, board._path)._repr_mimebundle_()
    bundle = shown[0] if isinstance(shown, tuple) else shown
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "postgres/query/reader.py" in bundle["text/html"].replace("<wbr>", "")
    assert "&lt;script&gt;x" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]


STATIC = Path(static_files.__file__).with_name("static")


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.iterdir() if path.is_file()))
def test_the_browser_half_needs_no_network_and_sets_text_as_text(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    assert name.endswith(".css") or text.startswith("// @ts-check\n")
    for banned in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert banned not in text
    assert "://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"@import|^\s*import\b|\brequire\(", text, re.MULTILINE)
