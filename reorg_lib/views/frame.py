"""A pandas frame that shows itself whole.

Owns how every table of ours looks in a notebook: all rows, many of them in a box that scrolls, text
to the left, nothing cut off, each text escaped, the same bytes for the same table. Must not know
what is in it.
"""

from __future__ import annotations

import html
import re

import pandas as pd

_BOX = "max-height: 32em; overflow: auto; width: fit-content; max-width: 100%"
_SHORT = 30
_BREAKS = re.compile(r"([/._(,])(?=\w)")
"""Where a path or a dotted name may go on in the next line."""
_HEAD = "position: sticky; top: 0; background: var(--jp-layout-color2, #eee)"


class Frame(pd.DataFrame):
    """A `DataFrame`; what is selected from it shows itself in the same way."""

    @property
    def _constructor(self) -> type[Frame]:
        return Frame

    def _repr_html_(self) -> str:
        return as_html(self)


def as_html(frame: pd.DataFrame) -> str:
    """Return the table as HTML without its index; numbers stand right, yes and no are words."""
    sides = [_side(frame[column]) for column in frame.columns]
    head = "".join(
        f'<th style="text-align: {side}; {_HEAD}">{_text(str(column))}</th>'
        for column, side in zip(frame.columns, sides, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align: {side}; white-space: pre-line">{_text(value)}</td>'
            for value, side in zip(row, sides, strict=True)
        )
        + "</tr>\n"
        for row in frame.itertuples(index=False, name=None)
    )
    if not rows:
        rows = f'<tr><td colspan="{len(sides)}" style="text-align: left">(none)</td></tr>\n'
    table = f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    box = _BOX if len(frame) > _SHORT else "overflow-x: auto"
    return f'<div style="{box}">{table}</div>'


def _side(column: pd.Series) -> str:
    is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return "right" if is_number else "left"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _BREAKS.sub(r"\1<wbr>", html.escape(str(value)))
