"""Board and graph, linked: a selection, decision or drag in one appears in the other.

A drag in the graph is a retarget on the board.
"""

from __future__ import annotations

from typing import Any, Literal

from reorg_lib.model import Plan, Survey
from reorg_lib.views.board.background import BackgroundTasks
from reorg_lib.views.board.board import Board
from reorg_lib.views.graph.before_and_after import places
from reorg_lib.views.graph.live_graph import LiveGraph


def linked_graph(
    survey: Survey,
    board: Board,
    *,
    still: Literal["before", "after"] = "after",
    at_once: bool = True,
) -> LiveGraph:
    """Return a graph of the board's plan that selects, and is retargeted, through the board.

    The main graph is drawn `at_once`; another graph beside it can wait.
    """
    paths = {module.name: module.path for module in survey.package_modules() if module.blob}
    names = {path: name for name, path in paths.items()}
    drawn = BackgroundTasks()

    def retarget(module: str, folder: str) -> None:
        board.retarget(paths[module], f"{folder}/" if folder else paths[module].rpartition("/")[2])
        board.selected = paths[module]

    graph = LiveGraph(survey, board.plan, retarget=retarget, still=still)

    shown = board.plan

    def show_plan(plan: Plan) -> None:
        """Draw a retargeted module at once, and other decisions when no key is pressed."""
        nonlocal shown
        if plan == shown:
            return
        goes_elsewhere = places(survey, plan) != places(survey, shown)
        shown = plan
        if goes_elsewhere and at_once:
            graph.show_plan(plan)
        else:
            drawn.soon("plan", lambda: graph.show_plan(shown))

    def select_in_graph(change: dict[str, Any]) -> None:
        name = names.get(change["new"])
        lit = name if name in graph.modules else None
        if graph.selected != lit:
            graph.select(lit)

    def select_on_board(change: dict[str, Any]) -> None:
        path = paths.get(change["new"] or "")
        if path and board.selected != path:
            board.selected = path

    board.on_change(show_plan)
    board.observe(select_in_graph, names="selected")
    graph.observe(select_on_board, names="selected")
    return graph
