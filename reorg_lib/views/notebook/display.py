"""What a notebook cell shows besides tables: pictures, coloured source, an error as one sentence.

The classes here are wrappers for Jupyter's display.
"""

from __future__ import annotations

import base64
import html
import re
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from reorg_lib.errors import ReorgError

STILL = "REORG_STILL"
"""Set while notebooks run only to be read later: a widget then adds a picture of itself."""

_SIZE = re.compile(r'(?<=<svg) width="([\d.]+)pt" height="[\d.]+pt"')
_COLUMN = 700.0
_WIDEST = 1600.0
"""In points: what fits into a notebook's column, and what can be read when it is shrunk to it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG drawing with its alternative text; a `folded` one can be opened."""

    svg: str
    alt: str
    folded: bool = False

    def __repr__(self) -> str:
        return self.alt

    def _repr_html_(self) -> str | None:
        """Return the folded drawing; an open one has no HTML."""
        if not self.folded:
            return None
        drawing = self.svg[max(0, self.svg.find("<svg")) :]
        title = html.escape(self.alt)
        return f'<details><summary style="cursor: pointer">{title}</summary>{drawing}</details>'

    def _repr_svg_(self) -> str | None:
        """Return the drawing; one that is a little too wide for a page takes the page's width.

        JupyterLab shows an SVG in its own size, or without one as wide as the cell. A drawing that
        would be too small to read keeps its size and scrolls.
        """
        if self.folded:
            return None
        size = _SIZE.search(self.svg)
        if size is None or not _COLUMN < float(size[1]) <= _WIDEST:
            return self.svg
        return f"{self.svg[: size.start()]}{self.svg[size.end() :]}"

    def write(self, path: Path) -> None:
        """Write the drawing as a file."""
        path.write_text(self.svg, encoding="utf-8")


def highlighted(text: str, language: str) -> str:
    """Return a text as HTML with colours and without a stylesheet; Pygments knows the language."""
    from pygments import highlight  # type: ignore[import-untyped]
    from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

    box = "max-height: 36em; overflow: auto; padding: 0.5em; background: #fff; color: #222"
    look = HtmlFormatter(noclasses=True, style=_few_colours(), cssstyles=box, nobackground=True)
    shown: str = highlight(text, get_lexer_by_name(language), look)
    return shown


@dataclass(frozen=True, slots=True)
class Downloads:
    """Files that a reader can download, each as a link that contains the whole file.

    The link needs no server and no path, so it works in a saved page and in Voila, too.
    """

    files: tuple[Path, ...]

    def __repr__(self) -> str:
        return ", ".join(file.name for file in self.files)

    def _repr_html_(self) -> str:
        items = (f"<li>{_download(file)}</li>" for file in self.files)
        return f"<ul>{''.join(items)}</ul>"


def _few_colours() -> Any:
    """Return a style that marks comments and keywords: each coloured token costs 30 bytes."""
    from pygments.style import Style  # type: ignore[import-untyped]
    from pygments.token import Comment, Keyword  # type: ignore[import-untyped]

    colours = {Comment: "#177500", Keyword: "#A90D91"}
    return type("FewColours", (Style,), {"styles": colours})


def _download(file: Path) -> str:
    content = base64.b64encode(file.read_bytes()).decode()
    name = html.escape(file.name, quote=True)
    size = f"{max(1, round(len(content) * 3 / 4 / 1000))} kB"
    link = f'<a download="{name}" href="data:application/octet-stream;base64,{content}">{name}</a>'
    return f"{link} ({size})"


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
