"""How far a long piece of work is, in the cell that it runs in.

A notebook shows lines and bars while an export runs, and keeps one line per step and per point of
the proof. A running step shows its seconds; the lines that are kept have no times, so that a saved
notebook has the same bytes. Outside a notebook nothing is shown.
"""

from __future__ import annotations

import contextvars
import html
import threading
import time
from types import TracebackType
from typing import Any

from reorg_lib.model import ProofPoint

_RUNNING, _DONE, _FAILED = "running", "done", "failed"
_SIGNS = {_RUNNING: "…", _DONE: "✓", _FAILED: "✗"}
_COLUMNS = "display: grid; grid-template-columns: 1.2em 9em 1fr; gap: 2px 10px; max-width: 60em"


class Progress:
    """A context that shows the steps one after the other and the points of a proof."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, str]] = []
        self._handle: Any = None
        self._began = time.monotonic()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._clock: threading.Thread | None = None

    def __enter__(self) -> Progress:
        try:
            from IPython import get_ipython
            from IPython.display import HTML, display
        except ImportError:
            return self
        if get_ipython() is not None:
            self._handle = display(HTML(self.as_html()), display_id=True)  # type: ignore[no-untyped-call]
            # In a copy of this context, so that its messages belong to this cell.
            run = contextvars.copy_context().run
            self._clock = threading.Thread(target=run, args=(self._tick,), daemon=True)
            self._clock.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._clock is not None:
            self._clock.join()
        self._end(_DONE if kind is None else _FAILED)
        self._show()

    def step(self, words: str) -> None:
        """Show that a step begins; the one before it is done."""
        self._end(_DONE)
        self._lines.append((words, _RUNNING))
        self._began = time.monotonic()
        self._show()

    def point(self, point: ProofPoint) -> None:
        """Show the result of a point of the proof."""
        words = f"{point.number}. {point.title}: {point.checked}"
        here = len(self._lines)
        if self._lines and self._lines[-1][1] == _RUNNING:
            here -= 1
        self._lines.insert(here, (words, _DONE if point.holds else _FAILED))
        self._show()

    def as_html(self, seconds: int = 0) -> str:
        """Return one line per step: a sign, a bar and the words; `seconds` for the running one."""
        cells = []
        for words, state in tuple(self._lines):
            if state == _RUNNING and seconds:
                words = f"{words}: {seconds} s"
            value = "" if state == _RUNNING else ' value="1"'
            cells.append(
                f"<span>{_SIGNS[state]}</span>"
                f'<progress max="1"{value} style="width: 100%" aria-label="{state}"></progress>'
                f"<span>{html.escape(words)}</span>"
            )
        return f'<div style="{_COLUMNS}">{"".join(cells)}</div>'

    def _end(self, state: str) -> None:
        if self._lines and self._lines[-1][1] == _RUNNING:
            self._lines[-1] = (self._lines[-1][0], state)

    def _tick(self) -> None:
        while not self._over.wait(1):
            self._show(int(time.monotonic() - self._began))

    def _show(self, seconds: int = 0) -> None:
        if self._handle is not None:
            from IPython.display import HTML

            with self._lock:
                self._handle.update(HTML(self.as_html(seconds)))  # type: ignore[no-untyped-call]
