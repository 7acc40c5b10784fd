"""The metrics of the layout beside a board, counted again after each decision."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from reorg_lib.model import Plan, Survey
from reorg_lib.views.board.background import BackgroundTasks
from reorg_lib.views.board.board import Board
from reorg_lib.views.tables.review_tables import layout_metrics


class Figures(widgets.HTML):  # type: ignore[misc]
    """The table of metrics under the board's plan; each opens a list of what it counts."""

    def __init__(self, survey: Survey, board: Board) -> None:
        super().__init__()
        self._survey = survey
        self._show(board.plan)
        tasks = BackgroundTasks()
        board.on_change(lambda plan: tasks.soon("figures", lambda: self._show(plan)))

    def _show(self, plan: Plan) -> None:
        self.value = layout_metrics(self._survey, plan).html()

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Add the table, for readers of the notebook without a running widget."""
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options)
        return {**bundle, "text/plain": "the layout in figures", "text/html": self.value}
