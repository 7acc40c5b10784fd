"""The interactive import graph: before, after, side by side, and animated between the two.

It exchanges messages with the browser: the selected module, the zoom, and the request to move a
module to another package, which others check. The browser gets the result of `graph_data`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, Literal

import anywidget
import traitlets

from reorg_lib.errors import ReorgError
from reorg_lib.model import Plan, Survey
from reorg_lib.views.graph.data import Drawing
from reorg_lib.views.graph.picture import graph_svg
from reorg_lib.views.notebook.display import STILL, Picture
from reorg_lib.views.static_files import module_text, static_path

Retarget = Callable[[str, str], str | None]
"""Takes a module's dotted name and the folder that it is wanted in, relative to the package's
("postgres/query", "" for the package itself); returns why that cannot be, or None once it is done.
A ReorgError says the same as a returned sentence. Whoever takes it calls `show_plan`."""


class LiveGraph(anywidget.AnyWidget):
    """The graph of `survey` under `plan`. `selected` (a module's name or None) is observable."""

    _esm = module_text("graph")
    _css = static_path("graph.css")
    _data: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    _selected = traitlets.Unicode().tag(sync=True)
    _can_retarget = traitlets.Bool().tag(sync=True)
    _is_today = traitlets.Bool().tag(sync=True)
    _zoom: traitlets.List[str] = traitlets.List().tag(sync=True)
    _refused: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    selected = traitlets.Unicode(None, allow_none=True, read_only=True)

    def __init__(
        self,
        survey: Survey,
        plan: Plan,
        *,
        retarget: Retarget | None = None,
        still: Literal["before", "after"] = "after",
        today: bool = False,
    ) -> None:
        """Make the widget; `still` is the side that a saved notebook shows a picture of.

        With `today` it shows only the present state, without the plan.
        """
        super().__init__()
        self._still = still
        self._survey = survey
        self._plan = plan
        self._retarget = retarget
        self._drawing = Drawing(survey, plan)
        self._can_retarget = retarget is not None
        self._is_today = today
        self._data = self._drawing.data
        self.on_msg(self._receive)

    @property
    def modules(self) -> frozenset[str]:
        """The names of the modules that are drawn before or after."""
        return self._drawing.modules

    def show_plan(self, plan: Plan) -> None:
        """Draw the after graph under a changed plan; modules that did not move keep their place."""
        if plan == self._plan:
            return
        self._plan = plan
        self._drawing.show(plan)
        self._data = self._drawing.data

    def select(self, module: str | None) -> None:
        """Select a module in all views, or none.

        Raises:
            ReorgError: there is no such module in the picture.
        """
        if module is not None:
            self._check_is_there(module)
        self._selected = module or ""

    def zoom_on(self, modules: Iterable[str]) -> None:
        """Show these modules as large as the panels allow; no module at all: everything.

        Raises:
            ReorgError: one of them is not in the picture.
        """
        wanted = sorted(set(modules))
        for module in wanted:
            self._check_is_there(module)
        self._zoom = wanted

    @traitlets.observe("_selected")
    def _publish(self, change: dict[str, Any]) -> None:
        self.set_trait("selected", change["new"] or None)

    def _check_is_there(self, module: str) -> None:
        if module not in self.modules:
            raise ReorgError(f"{module} is not in the graph of {self._survey.package}")

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Add a static picture if the notebook runs only to be read."""
        bundle = super()._repr_mimebundle_(**options)
        data, about = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        title = f"import graph of {self._survey.package}, {self._still} the plan"
        if STILL not in os.environ:
            return {**data, "text/plain": title}, about
        plan = self._plan if self._still == "after" else None
        picture = Picture(graph_svg(self._survey, plan), title)
        return {**data, "text/plain": title, "image/svg+xml": picture._repr_svg_()}, about

    def _receive(self, _: object, content: object, __: object) -> None:
        """Handle a message of the browser; unknown messages are dropped."""
        match content:
            case {"kind": "retarget", "module": str(module), "folder": str(folder)}:
                refused = self._judge(module, folder.strip("/"))
                if refused:
                    self._refused = {"module": module, "why": refused, "at": self._next_refusal()}

    def _judge(self, module: str, folder: str) -> str | None:
        if self._retarget is None:
            return "this graph is only to be looked at"
        try:
            self._check_is_there(module)
            return self._retarget(module, folder)
        except ReorgError as error:
            return str(error)

    def _next_refusal(self) -> int:
        """Number the refusals, so that the same sentence twice still counts as a change."""
        return int(self._refused.get("at", 0)) + 1
