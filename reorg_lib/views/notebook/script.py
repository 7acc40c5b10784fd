"""The script in a notebook: an index of its parts, each folded except the moves.

A part begins at each heading of the script.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from reorg_lib.views.notebook.display import highlighted

_HEADING = "# ---- "
_OPEN = "1. moves"


@dataclass(frozen=True, slots=True)
class ScriptPart:
    """Some lines of the script below one heading, the first of them counted from 1."""

    title: str
    first: int
    text: str

    @property
    def lines(self) -> int:
        """How many lines the part has."""
        return self.text.count("\n") + 1


@dataclass(frozen=True, slots=True)
class ScriptView:
    """`reorganize.sh` for a reader, part by part."""

    text: str

    def __repr__(self) -> str:
        frame = self.parts()[-1]
        whole = len(self.text.splitlines())
        return (
            f"reorganize.sh: {whole - frame.lines} lines to read, and a frame of {frame.lines}"
            " that is the same in every script"
        )

    def parts(self) -> tuple[ScriptPart, ...]:
        """Return the parts in their order: the lines above the first heading, then each part."""
        lines = self.text.splitlines()
        starts = [0, *(i for i, line in enumerate(lines) if line.startswith(_HEADING))]
        ends = [*starts[1:], len(lines)]
        titles = ["what it does, and how to run it", *(lines[i] for i in starts[1:])]
        return tuple(
            ScriptPart(title.removeprefix(_HEADING), start + 1, "\n".join(lines[start:end]))
            for title, start, end in zip(titles, starts, ends, strict=True)
        )

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}.</p>{''.join(self._folded())}"

    def _folded(self) -> Iterator[str]:
        for part in self.parts():
            where = f"{part.lines} lines from line {part.first}"
            shown = " open" if part.title.startswith(_OPEN) else ""
            yield (
                f"<details{shown}><summary>{html.escape(part.title)} ({where})</summary>"
                f"{highlighted(part.text, 'bash')}</details>"
            )
