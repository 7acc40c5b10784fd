"""The board with what stands around it: approving in bulk and the button that exports.

Owns the ipywidgets toolbar, and what a reader sees where no widget runs: the same table as HTML.
Must not know how an export is done; it calls what it is given and says what comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from reorg_lib.errors import ReorgError
from reorg_lib.model import Survey
from reorg_lib.views.board import Board
from reorg_lib.views.frame import as_html
from reorg_lib.views.steps import package_folder, steps_of
from reorg_lib.views.tables import plan_table

EVERYTHING = "every concern"
_SHOWN = ["decision", "from", "to", "technology", "domain", "reason", "candidates", "note"]

Export = Callable[[Callable[[str], None]], str]
"""Exports, telling each step to the function it is given, and returns a sentence on the result."""


class Review(widgets.VBox):  # type: ignore[misc]
    """A `board`, the toolbar above it and what the export says between them."""

    def __init__(self, survey: Survey, board: Board, export: Export) -> None:
        self.board = board
        self._survey = survey
        self._export = export
        self.concern = widgets.Dropdown(options=[EVERYTHING], layout={"width": "180px"})
        self.approve = widgets.Button(
            description="approve what is pending", layout={"width": "auto"}
        )
        self.export = widgets.Button(
            description="export the script", button_style="primary", layout={"width": "auto"}
        )
        self.said = widgets.Output()
        self.approve.on_click(lambda _: self._approve())
        self.export.on_click(lambda _: self._run_export())
        board.observe(lambda _: self._offer_concerns(), names="counts")
        self._offer_concerns()
        bar = widgets.HBox([self.concern, self.approve, self.export])
        super().__init__([bar, self.said, board])

    def _offer_concerns(self) -> None:
        folder = package_folder(self._survey)
        concerns = {step.concern(folder) for step in steps_of(self.board.plan)} - {""}
        options = (EVERYTHING, *sorted(concerns))
        if tuple(self.concern.options) != options:
            chosen = self.concern.value
            self.concern.options = options
            self.concern.value = chosen if chosen in options else EVERYTHING

    def _approve(self) -> None:
        concern = "" if self.concern.value == EVERYTHING else self.concern.value
        self._say(
            lambda: f"{self.board.approve_pending(concern)} approved, in {self.concern.value}"
        )

    def _run_export(self) -> None:
        self.export.disabled = True
        try:
            self._say(lambda: self._export(lambda words: self._add(f"{words} …")))
        finally:
            self.export.disabled = False

    def _say(self, action: Callable[[], str]) -> None:
        """Do it and say in one sentence what came of it, or why it was refused."""
        self.said.outputs = ()
        try:
            self._add(action())
        except ReorgError as error:
            self._add(str(error))

    def _add(self, line: str) -> None:
        self.said.append_stdout(f"{line}\n")

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Add the table as HTML, for where the notebook is read and no widget runs."""
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options)
        table = plan_table(self._survey, self.board.plan)[_SHOWN]
        return {**bundle, "text/plain": "the steps of the plan", "text/html": as_html(table)}
