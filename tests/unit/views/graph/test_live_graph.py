"""The live graph's conversation: what is selected, wished for, refused, and drawn anew."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from reorg_lib.errors import PlanError, ReorgError
from reorg_lib.model import Move
from reorg_lib.views.graph.live_graph import LiveGraph
from reorg_lib.views.static_files import module_text, static_path
from tests.unit.views.drawn import PLAN, ROOT, SURVEY

READER = "shop.adapters.orders.reader"


def told(graph: LiveGraph, content: object) -> None:
    """Let the browser say something."""
    graph._receive(None, content, None)


def test_selected_is_told_to_who_listens() -> None:
    graph = LiveGraph(SURVEY, PLAN)
    heard: list[str | None] = []
    graph.observe(lambda change: heard.append(change["new"]), names="selected")
    assert graph.selected is None
    graph.select(READER)
    graph._selected = ""  # as the browser does with Escape
    assert heard == [READER, None]


def test_who_is_not_there_cannot_be_selected_or_zoomed_on() -> None:
    graph = LiveGraph(SURVEY, PLAN)
    with pytest.raises(ReorgError, match=r"shop.main is not in the graph of shop.adapters"):
        graph.select("shop.main")
    with pytest.raises(ReorgError, match="nowhere"):
        graph.zoom_on([READER, "nowhere"])
    graph.zoom_on([READER])
    assert graph._zoom == [READER]


def test_a_wish_is_judged_by_whoever_takes_it() -> None:
    asked: list[tuple[str, str]] = []

    def retarget(module: str, folder: str) -> str | None:
        asked.append((module, folder))
        return None

    graph = LiveGraph(SURVEY, PLAN, retarget=retarget)
    told(graph, {"kind": "retarget", "module": READER, "folder": "storage/fs/"})
    told(graph, {"kind": "retarget", "module": READER, "folder": ""})
    assert asked == [(READER, "storage/fs"), (READER, "")]
    assert graph._refused == {}


def refuse(_: str, __: str) -> str | None:
    return "there is one already"


def raise_it(_: str, __: str) -> str | None:
    raise PlanError("not there", where="move 3")


@pytest.mark.parametrize(("judge", "why"), [(refuse, "there is"), (raise_it, "move 3: not there")])
def test_a_refusal_comes_back_as_a_sentence(judge: Any, why: str) -> None:
    graph = LiveGraph(SURVEY, PLAN, retarget=judge)
    told(graph, {"kind": "retarget", "module": READER, "folder": "x"})
    first = dict(graph._refused)
    told(graph, {"kind": "retarget", "module": READER, "folder": "x"})
    assert first["module"] == READER
    assert first["why"].startswith(why)
    assert graph._refused != first  # else the browser would hear of the first one only


@pytest.mark.parametrize(
    "content",
    [
        None,
        "retarget",
        {"kind": "else"},
        {"kind": "retarget", "module": READER},
        {"kind": "retarget", "module": 3, "folder": "x"},
        {"kind": "retarget", "module": READER, "folder": ["x"]},
    ],
)
def test_what_is_no_wish_is_dropped(content: object) -> None:
    graph = LiveGraph(SURVEY, PLAN, retarget=raise_it)
    told(graph, content)
    assert graph._refused == {}


def test_a_module_that_is_not_there_is_not_asked_about() -> None:
    graph = LiveGraph(SURVEY, PLAN, retarget=lambda *_: pytest.fail("was asked"))
    told(graph, {"kind": "retarget", "module": "os", "folder": "x"})
    assert "os is not in the graph" in graph._refused["why"]


def test_only_to_be_looked_at_without_somebody_who_judges() -> None:
    graph = LiveGraph(SURVEY, PLAN)
    assert not graph._can_retarget
    told(graph, {"kind": "retarget", "module": READER, "folder": "x"})
    assert "looked at" in graph._refused["why"]


def test_a_new_plan_is_drawn_and_before_stays() -> None:
    graph = LiveGraph(SURVEY, PLAN)
    before = graph._data["moments"]["before"]
    moves = tuple(
        replace(m, target=f"{ROOT}/shelf/reader.py") if m.source.endswith("reader.py") else m
        for m in PLAN.moves
    )
    assert moves != PLAN.moves
    graph.show_plan(replace(PLAN, steps=(*moves, Move(f"{ROOT}/log.py", f"{ROOT}/shelf/log.py"))))
    places = {node["id"]: node["after"] for node in graph._data["nodes"]}
    assert places[READER]["package"] == places["shop.adapters.log"]["package"] == "shelf/"
    assert graph._data["moments"]["before"] == before


@pytest.mark.parametrize("widget", ["graph", "board", "walkthrough"])
def test_the_browser_part_loads_nothing_and_writes_no_markup(widget: str) -> None:
    script = module_text(widget)
    assert script.startswith("// @ts-check")
    assert script.count("export default {") == 1
    for forbidden in ("import ", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval("):
        assert not [line for line in script.splitlines() if line.lstrip().startswith(forbidden)]
        assert forbidden == "import " or forbidden not in script
    assert "http" not in script.replace("http://www.w3.org/2000/svg", "")
    style = static_path(f"{widget}.css").read_text(encoding="utf-8")
    assert "url(" not in style and "@import" not in style


@pytest.mark.parametrize("widget", ["graph", "board", "walkthrough"])
def test_the_parts_of_a_widget_give_no_name_twice(widget: str) -> None:
    given = re.findall(r"^(?:const|let|class|function) (\w+)", module_text(widget), re.MULTILINE)
    assert sorted(set(given)) == sorted(given)


def test_no_part_of_a_widget_is_long() -> None:
    parts = [*static_path("").rglob("*.js")]
    assert len(parts) > 20
    assert {p.name: n for p in parts if (n := len(p.read_text("utf-8").splitlines())) > 300} == {}
