"""What a notebook cell shows that is no table: pictures, coloured source, an error's one sentence.

Owns the wrapping for Jupyter's display. Must not know where any of it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from reorg_lib.errors import ReorgError


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG drawing and what a reader who cannot see it is told."""

    svg: str
    alt: str

    def __repr__(self) -> str:
        return self.alt

    def _repr_svg_(self) -> str:
        """Return the drawing, shrunk to the page's width but not so far that it cannot be read."""
        fitted = 'style="max-width: 100%; min-width: 60em; height: auto"'
        return self.svg.replace("<svg ", f"<svg {fitted} ", 1)

    def write(self, path: Path) -> None:
        """Write the drawing as a file."""
        path.write_text(self.svg, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Source:
    """A text in a language that Pygments knows, shown with colours and without a stylesheet."""

    text: str
    language: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from pygments import highlight  # type: ignore[import-untyped]
        from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
        from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

        box = "max-height: 36em; overflow: auto; padding: 0.5em; background: #fff; color: #222"
        look = HtmlFormatter(noclasses=True, style="xcode", cssstyles=box, nobackground=True)
        shown: str = highlight(self.text, get_lexer_by_name(self.language), look)
        return shown


def tell_errors_in_one_sentence() -> None:
    """Make IPython show our errors as their text instead of a traceback; elsewhere do nothing.

    The cell still fails, so a notebook that is run by a machine stops there.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((ReorgError,), _tell)


def _tell(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> list[str]:
    told = [f"{error}"]
    shell._showtraceback(kind, error, told)
    return told
