"""What the board knows before anybody decides, on a real repository: hazards, diffs, the tree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.git import open_repository
from reorg_lib.model import Decision, Deletion, Move, Plan, Scope, Settlement
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.survey import take_survey
from reorg_lib.views.board.board import Board
from reorg_lib.views.board.preview import Preview, tree_after
from tests.conftest import MakeRepository

FOLDER = "shop/infrastructure"
ORDERS = f"{FOLDER}/order/orders.py"
LOG = f"{FOLDER}/log.py"
SHOP = {
    "shop/__init__.py": "",
    "shop/infrastructure/__init__.py": "",
    "shop/infrastructure/log.py": "LOG = 1\n",
    "shop/infrastructure/order/__init__.py": "",
    "shop/infrastructure/order/orders.py": (
        "from pathlib import Path\n\nROOT = Path(__file__).parent.parent.parent.parent\n"
    ),
    "shop/main.py": "from shop.infrastructure.order.orders import ROOT\n\nprint(ROOT)\n",
}


@pytest.fixture
def shop(make_repository: MakeRepository) -> tuple[Preview, Plan, Board]:
    root = make_repository(SHOP)
    repository = open_repository(root)
    survey = take_survey(repository, "shop.infrastructure")
    plan = Plan(
        Scope("shop.infrastructure", ".", survey.commit),
        (
            Move(ORDERS, f"{FOLDER}/postgres/repository/orders.py"),
            Move(LOG, f"{FOLDER}/logging.py"),
        ),
    )
    path = root.parent / "plan.toml"
    save_plan(path, plan)
    foresight = Preview(repository, survey)
    return foresight, plan, Board(survey, path, foresight)


def test_the_diff_of_a_step_is_what_it_does_alone(shop: tuple[Preview, Plan, Board]) -> None:
    foresight, plan, _ = shop
    diff = foresight.diff(plan, ORDERS)
    assert diff.remark == "this step alone, on today's tree"
    by_path = {file.before or file.after: file for file in diff.files}
    assert by_path["shop/main.py"].lines[1:3] == (
        "-from shop.infrastructure.order.orders import ROOT",
        "+from shop.infrastructure.postgres.repository.orders import ROOT",
    )
    moved = by_path[ORDERS]
    assert moved.after == f"{FOLDER}/postgres/repository/orders.py"
    assert "+ROOT = Path(__file__).parent.parent.parent.parent.parent" in moved.lines
    assert LOG not in by_path
    assert foresight.diff(plan, ORDERS) is diff


def test_the_names_in_texts_of_a_step_are_told_with_their_class(
    make_repository: MakeRepository,
) -> None:
    old = "shop.infrastructure.order.orders"
    texts = f'import_module("{old}")\nx = {{"{old}": 1}}\ny = "https://{old}"\n'
    repository = open_repository(make_repository({**SHOP, "shop/texts.py": texts}))
    survey = take_survey(repository, "shop.infrastructure")
    plan = Plan(
        Scope("shop.infrastructure", ".", survey.commit),
        (Move(ORDERS, f"{FOLDER}/postgres/repository/orders.py"),),
    )
    found = Preview(repository, survey).diff(plan, ORDERS).texts
    assert [(t.path, t.line, t.text, t.kind.value, t.why) for t in found] == [
        ("shop/texts.py", 1, old, "module", "is imported by this name"),
        ("shop/texts.py", 2, old, "could be", "may be a module, but it is a key"),
    ]


def test_a_move_without_a_reference_says_so(shop: tuple[Preview, Plan, Board]) -> None:
    foresight, plan, _ = shop
    assert [file.lines for file in foresight.diff(plan, LOG).files] == [("moved as it is",)]


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        (lambda plan: replace(plan, steps=()), "no longer in the plan file"),
        (
            lambda plan: replace(plan, steps=(replace(plan.moves[0], decision=Decision.REJECTED),)),
            "a rejected step changes nothing",
        ),
    ],
)
def test_no_diff_is_explained(
    change: object, remark: str, shop: tuple[Preview, Plan, Board]
) -> None:
    assert callable(change)
    foresight, plan, _ = shop
    assert remark in foresight.diff(change(plan), ORDERS).remark


def test_what_cannot_stand_alone_is_shown_in_company(
    shop: tuple[Preview, Plan, Board],
) -> None:
    foresight, plan, _ = shop
    init = f"{FOLDER}/order/__init__.py"
    with_deletion = replace(plan, steps=(*plan.steps, Deletion(init)))
    diff = foresight.diff(with_deletion, init)
    assert [(file.before, file.after) for file in diff.files] == [(init, "")]
    assert "alone it cannot be" in diff.remark


def test_hazards_of_open_steps_are_known_before_they_are_approved(
    shop: tuple[Preview, Plan, Board],
) -> None:
    _, _, board = shop
    assert board.progress == "0 of 2 decided, 1 blocked"
    row = next(row for row in board._rows if row["source"] == ORDERS)
    assert (row["hazards"], row["blocked"]) == (1, 1)
    (hazard,) = board._hazards
    assert hazard["source"] == ORDERS
    assert "parent" in hazard["fix"]


def test_a_hazard_is_settled_from_the_board_and_undone(
    shop: tuple[Preview, Plan, Board],
) -> None:
    _, _, board = shop
    (hazard,) = board._hazards

    def settle(resolution: str, note: str = "") -> None:
        intent = {"kind": "settle", "id": hazard["id"], "resolution": resolution, "note": note}
        board._receive(None, intent, [])

    settle("accept")
    assert not board.plan.hazards, "accepting wants a note"
    settle("fix")
    assert board.plan.hazards[0].resolution is Settlement.FIX
    assert board.progress == "0 of 2 decided"
    settle("accept", "nobody reads it")
    assert board.plan.hazards[0].note == "nobody reads it"
    board.undo()
    board.undo()
    assert load_plan(board._path).hazards == ()
    assert board.progress == "0 of 2 decided, 1 blocked"


def test_the_diff_reaches_the_browser(shop: tuple[Preview, Plan, Board]) -> None:
    _, _, board = shop
    board._receive(None, {"kind": "diff", "source": LOG}, [])
    assert board._diff["state"] == "done"
    assert board._diff["files"][0]["after"] == f"{FOLDER}/logging.py"
    assert board._diff["texts"] == []


def test_the_tree_is_as_the_open_steps_leave_it(shop: tuple[Preview, Plan, Board]) -> None:
    foresight, plan, _ = shop
    lines = tree_after(foresight._survey, plan)
    drawn = ["  " * line.depth + line.name + (" new" if line.is_new else "") for line in lines]
    assert drawn == [
        "__init__.py",
        "logging.py new",
        "postgres/ new",
        "  __init__.py new",
        "  repository/ new",
        "    __init__.py new",
        "    orders.py new",
    ]


def test_two_boards_on_one_plan_lose_nothing(
    shop: tuple[Preview, Plan, Board], tmp_path: Path
) -> None:
    foresight, _, board = shop
    other = Board(foresight._survey, board._path)
    board.decide([ORDERS], Decision.APPROVED)
    other.decide([LOG], Decision.REJECTED)
    assert [move.decision for move in load_plan(board._path).moves] == ["approved", "rejected"]
    board.look()
    assert board.progress == "2 of 2 decided, 1 blocked"
    other.undo()
    board.undo()
    assert [move.decision for move in load_plan(board._path).moves] == ["pending", "pending"]
