"""From the byte spans of a `FileChange` to changes of whole lines, which sed works on.

A line ends at a line feed only: form feeds and carriage returns are part of their line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from reorg_lib.errors import RewriteError
from reorg_lib.model import Edit, FileChange


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line of the old file becomes `new`: other text, several lines, or None (deleted)."""

    line: int
    old: bytes
    new: bytes | None


def split_lines(text: bytes) -> list[bytes]:
    """Return the lines without their line feeds; the last line needs none."""
    lines = text.split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines


def line_changes(change: FileChange) -> tuple[LineChange, ...]:
    """Return the lines that change, sorted by line number.

    Raises:
        RewriteError: the edits overlap, or do not turn `before` into `after`.
    """
    before, after = change.before or b"", change.after or b""
    _require(before, after, change)
    lines = split_lines(before)
    changes: list[LineChange] = []
    for first, last, text in _blocks(before, len(lines), change.edits):
        changes.extend(_pair(first, lines[first:last], split_lines(text)))
    return tuple(changes)


def _require(before: bytes, after: bytes, change: FileChange) -> None:
    pieces, at = [], 0
    for edit in change.edits:
        if edit.start < at or before[edit.start : edit.end] != edit.old:
            break
        pieces += [before[at : edit.start], edit.new]
        at = edit.end
    if b"".join([*pieces, before[at:]]) != after:
        where = change.source or change.target
        raise RewriteError(f"{where}: its edits do not give its new text; export again")


def _blocks(before: bytes, count: int, edits: tuple[Edit, ...]) -> Iterator[tuple[int, int, bytes]]:
    """Yield line ranges `[first, last)`, counted from 0, with the text that replaces them.

    A range contains the line on which its last edit ends, even if the edit ends at the start of
    the line. So it always consists of whole lines; `_pair` leaves the unchanged ones out again.
    """
    starts = [0]
    for line in before.split(b"\n")[: count - 1]:
        starts.append(starts[-1] + len(line) + 1)
    waiting = deque(edits)
    while waiting:
        first = bisect_right(starts, waiting[0].start) - 1
        at, last, text = starts[first], first, b""
        while waiting and bisect_right(starts, waiting[0].start) - 1 <= last:
            edit = waiting.popleft()
            text += before[at : edit.start] + edit.new
            at = edit.end
            last = bisect_right(starts, at) - 1
        end = starts[last + 1] if last + 1 < count else len(before)
        yield first, last + 1, text + before[at:end]


def _pair(first: int, old: list[bytes], new: list[bytes]) -> Iterator[LineChange]:
    """Yield the change of each line, from `first` on, that gives the new lines."""
    keep = 1 if len(new) > len(old) else 0  # keep one old line, and insert the new ones there
    same = min(_common(old, new), len(old) - keep)
    old, new, first = old[same:], new[same:], first + same
    tail = min(_common(old[::-1], new[::-1]), len(old) - keep)
    old, new = old[: len(old) - tail], new[: len(new) - tail]
    if old and len(new) > len(old):
        new = [*new[: len(old) - 1], b"\n".join(new[len(old) - 1 :])]
    for number, line in enumerate(old):
        text = new[number] if number < len(new) else None
        if text != line:
            yield LineChange(first + number + 1, line, text)


def _common(left: list[bytes], right: list[bytes]) -> int:
    """Return the number of equal lines at the beginning."""
    shorter = min(len(left), len(right))
    return next((i for i in range(shorter) if left[i] != right[i]), shorter)
