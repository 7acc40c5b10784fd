"""The legend above a picture, which explains its fills and lines.

It is drawn here because Graphviz has no legend, and its WebAssembly build has no HTML-like labels
that could replace one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reorg_lib.errors import ToolError

_SIZE = re.compile(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="[^"]*"')
_FONT = 'font-family="Helvetica,sans-Serif" font-size="13"'
_ROW = 26
_LETTER = 7.6
_SWATCH = 22


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign of the legend: a box with fill and outlines, or (fill "") a line."""

    text: str
    fill: str = ""
    outlines: int = 1
    dashed: bool = False

    @property
    def width(self) -> float:
        """The width of sign, text and gap in points; every letter counts as a wide one."""
        return _SWATCH + 8 + _LETTER * len(self.text) + 16


def add_legend(drawing: str, entries: Sequence[Entry]) -> str:
    """Return the SVG of Graphviz with a legend above it, wrapped to the picture's width.

    Raises:
        ToolError: the drawing has no size as Graphviz writes it.
    """
    size = _SIZE.search(drawing)
    if size is None:
        raise ToolError("the layout engine wrote an SVG without a size; is it a newer version?")
    width = max(float(size[1]), *(entry.width + 16 for entry in entries))
    x, row, signs = 8.0, 0, []
    for entry in entries:
        if x + entry.width > width and x > 8:
            x, row = 8.0, row + 1
        signs.append(_sign(entry, x, 6 + row * _ROW))
        x += entry.width
    strip = (row + 1) * _ROW + 8
    height = float(size[2]) + strip
    head = f'<svg width="{width:g}pt" height="{height:g}pt" viewBox="0 0 {width:g} {height:g}"'
    body = drawing[size.end() :]
    opening, _, rest = body.partition(">")
    legend = (
        f'<rect width="{width:g}" height="{height:g}" fill="white"/>\n'
        f'<g class="legend" {_FONT}>\n' + "".join(signs) + "</g>\n"
    )
    rest = rest.removesuffix("</svg>\n")
    shifted = f'<g transform="translate(0 {strip})">{rest}</g>\n</svg>\n'
    return f"{drawing[: size.start()]}{head}{opening}>\n{legend}{shifted}"


def _box(fill: str, x: float, y: float, inset: float) -> str:
    place = f'x="{x + inset:g}" y="{y + inset:g}"'
    size = f'width="{_SWATCH - 2 * inset:g}" height="{max(0, 16 - 2 * inset):g}" rx="4"'
    return f'<rect {place} {size} fill="{fill}" stroke="black"/>'


def _sign(entry: Entry, x: float, y: float) -> str:
    if entry.fill:
        sign = "".join(_box(entry.fill, x, y, 2.5 * inset) for inset in range(entry.outlines))
    else:
        dash = ' stroke-dasharray="5 2"' if entry.dashed else ""
        sign = f'<path d="M{x:g} {y + 8:g}h{_SWATCH}" stroke="black" stroke-opacity="0.5"{dash}/>'
    text = f'<text x="{x + _SWATCH + 6:g}" y="{y + 12.5:g}">{html.escape(entry.text)}</text>'
    return f"{sign}{text}\n"
