"""The presenting mode: concern by concern, in large type, with the graph zoomed on what moves.

It defines the content and the order of the pages. Decisions go through the board, so that they are
checked, saved and undone in one place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

from reorg_lib.model import Decision, Hazard, Plan, Survey
from reorg_lib.views.board.board import Board
from reorg_lib.views.board.rows import Row, hazard_rows, in_words, offers_of, progress_of, rows_of
from reorg_lib.views.graph.live_graph import LiveGraph
from reorg_lib.views.static_files import module_text, static_path
from reorg_lib.views.tables.table import Table

Page = dict[str, Any]

_MOST_PLACES = 4
"""Folders that a page names as where its files come from; more are hard to hear."""


def pages_of(survey: Survey, plan: Plan, hazards: Sequence[Hazard] = ()) -> list[Page]:
    """Return one page per concern: `title`, `says`, its `rows`, the open `questions`.

    A question has `asks`, the `source` that it is about, `offers` (targets, each with the argument
    for it) or the `hazard` to settle. Steps without a concern come last, then the remaining tasks.
    """
    rows = rows_of(survey, plan, hazards)
    dangers = hazard_rows(survey, plan, hazards)
    pages = []
    for concern, group in groupby(rows, key=lambda row: str(row["concern"])):
        mine = list(group)
        sources = {row["source"] for row in mine}
        here = [danger for danger in dangers if danger["source"] in sources]
        pages.append(
            {
                "title": f"{concern}/" if concern else "what goes, and what is written",
                "says": _says(mine),
                "rows": mine,
                "questions": [*_where(survey, plan, mine), *_dangers(here)],
            }
        )
    elsewhere = [danger for danger in dangers if not danger["source"]]
    pages.append(
        {
            "title": "what is left",
            "says": f"{in_words(progress_of(plan, hazards))}. Next: the hand-over, notebook 3.",
            "rows": [row for row in rows if row["decision"] == Decision.PENDING],
            "questions": _dangers(elsewhere),
        }
    )
    return pages


class Slides(anywidget.AnyWidget):
    """The page that is shown; `at` is its number, from 0."""

    _esm = module_text("walkthrough")
    _css = static_path("walkthrough.css")
    _pages: traitlets.List[Page] = traitlets.List().tag(sync=True)
    _progress = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    at = traitlets.Int(0).tag(sync=True)

    def __init__(self, survey: Survey, board: Board) -> None:
        super().__init__()
        self._survey = survey
        self._board = board
        self.on_msg(self._receive)
        board.on_change(self._show)
        board.observe(lambda change: self.set_trait("selected", change["new"]), names="selected")
        self.observe(lambda change: board.set_trait("selected", change["new"]), names="selected")
        self._show(board.plan)

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of the modules that the page is about."""
        page = self._pages[min(self.at, len(self._pages) - 1)]
        return tuple(row["module"] for row in page["rows"] if row["module"])

    def _show(self, plan: Plan) -> None:
        with self.hold_sync():
            self._pages = pages_of(self._survey, plan, self._board.hazards)
            self._progress = in_words(progress_of(plan, self._board.hazards))

    def _receive(self, _: object, content: object, __: object) -> None:
        refused = self._board.hear(content)
        if refused is not None and isinstance(content, dict):
            self.send({"answered": str(content.get("serial", "")), "refused": refused})


class Walkthrough(widgets.VBox):  # type: ignore[misc]
    """The `slides`, and beside them the graph zoomed on what the page is about."""

    def __init__(self, survey: Survey, board: Board, graph: LiveGraph) -> None:
        self.slides = Slides(survey, board)
        self._graph = graph
        self.slides.observe(lambda _: self._zoom(), names="at")
        self.slides.on_msg(self._receive)
        self._zoom()
        super().__init__([self.slides, graph])
        self.add_class("rw-stage")

    def _receive(self, _: object, content: object, __: object) -> None:
        if isinstance(content, dict) and content.get("kind") == "zoom":
            self._graph.zoom_on(())
            self._zoom()

    def _zoom(self) -> None:
        drawn = self._graph.modules
        self._graph.zoom_on(module for module in self.slides.modules if module in drawn)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Add the pages as a table, for readers of the notebook without a running widget."""
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options)
        rows = [
            (page["title"], page["says"], "\n".join(q["asks"] for q in page["questions"]))
            for page in self.slides._pages
        ]
        table = Table(("page", "what is said", "open questions"), rows)
        return {**bundle, "text/plain": "the walkthrough", "text/html": table.html()}


def _says(rows: Sequence[Row]) -> str:
    """Return the page's sentence: how many files come together, and from where."""
    moves = [row for row in rows if row["kind"] in ("move", "split")]
    if not moves:
        return f"{len(rows)} files go or are written anew."
    places = Counter(_folder(row["from"]) for row in moves)
    ordered = sorted(places.items(), key=lambda item: (-item[1], item[0]))
    where = ", ".join(f"{place} ({count})" for place, count in ordered[:_MOST_PLACES])
    if len(ordered) > _MOST_PLACES:
        where += f" and {len(ordered) - _MOST_PLACES} more"
    if len(moves) == 1:
        return f"One file comes here, from {ordered[0][0]}."
    return f"{len(moves)} files come together, from {where}."


def _folder(path: str) -> str:
    folder = path.rpartition("/")[0]
    return f"{folder}/" if folder else "the top"


def _where(survey: Survey, plan: Plan, rows: Iterable[Row]) -> list[Page]:
    steps = {step.source: step for step in plan.steps}
    return [
        {
            "asks": f"Where does {row['from']} go?",
            "source": row["source"],
            "offers": offers_of(survey, steps[row["source"]]),
            "hazard": None,
        }
        for row in rows
        if row["ambiguous"] and row["decision"] == Decision.PENDING
    ]


def _dangers(hazards: Iterable[Row]) -> list[Page]:
    return [
        {
            "asks": f"{hazard['path']}:{hazard['line']}: {hazard['why']}",
            "source": hazard["source"],
            "offers": [],
            "hazard": hazard,
        }
        for hazard in hazards
        if hazard["blocks"] and not hazard["settled"]
    ]
