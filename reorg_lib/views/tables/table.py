"""A table as plain rows, and how every table of ours looks as HTML.

All rows are shown, in a box that scrolls if there are many; text is aligned left and numbers right,
nothing is cut off, each text is escaped, and the same table gives the same bytes. It does not load
pandas, because the command line writes tables without it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["str", "int64", "float64", "bool"]

_BOX = "max-height: 32em; overflow: auto; width: fit-content; max-width: 100%"
_SHORT = 30
_BREAKS = re.compile(r"((?:[/(,]|(?<=[^\W_])_(?=[^\W_])|\.(?=[^\W\d]\w{4})))(?=\w)")
"""Where a path or a dotted name may go on in the next line: before no digits and no file ending."""
_MOST = 60
_HEAD = "position: sticky; top: 0; background: var(--jp-layout-color2, #eee)"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number, and a line for each thing that it counts; a page shows them on a click."""

    figure: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.figure

    def __float__(self) -> float:
        return float(self.figure)

    def html(self) -> str:
        """Return the number as the element that opens the list, or alone if the list is empty."""
        if not self.lines:
            return self.figure
        lines = [_text(line) for line in self.lines[:_MOST]]
        if len(self.lines) > _MOST:
            lines.append(f"and {len(self.lines) - _MOST} more")
        opened = f'<div style="text-align: left">{"<br>".join(lines)}</div>'
        return f"<details><summary>{self.figure}</summary>{opened}</details>"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; `kinds` has the type of each column that is not text."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    def only(self, *columns: str) -> Table:
        """Return the same rows with these columns, in this order."""
        places = [self.columns.index(column) for column in columns]
        return Table(columns, [tuple(row[n] for n in places) for row in self.rows], self.kinds)

    def html(self) -> str:
        """Return the table as HTML; yes and no are words."""
        numbers = ("int64", "float64")
        sides = ["right" if self.kinds.get(c) in numbers else "left" for c in self.columns]
        head = "".join(
            f'<th style="text-align: {side}; {_HEAD}">{_text(column)}</th>'
            for column, side in zip(self.columns, sides, strict=True)
        )
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td style="text-align: {side}; white-space: pre-line">{_text(value)}</td>'
                for value, side in zip(row, sides, strict=True)
            )
            + "</tr>\n"
            for row in self.rows
        )
        if not rows:
            rows = f'<tr><td colspan="{len(sides)}" style="text-align: left">(none)</td></tr>\n'
        table = f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
        box = _BOX if len(self.rows) > _SHORT else "overflow-x: auto"
        return f'<div style="{box}">{table}</div>'


def _text(value: object) -> str:
    if isinstance(value, Counted):
        return value.html()
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = f"{value:g}" if isinstance(value, float) else str(value)
    return _BREAKS.sub(r"\1<wbr>", html.escape(said))
