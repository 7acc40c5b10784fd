r"""Single sed commands that every sed understands.

Escaping, and the smallest command that turns one line into another. Only basic regular expressions
are used, and of them only literal text, `^` and `$`: no `\b`, `\+`, `\|`, no `\n` in a replacement.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from reorg_lib.script.sed.line_changes import LineChange

_DELIMITERS = b"/|,#@%!:;~="
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")


def escape(text: bytes) -> bytes:
    """Return a basic regular expression that matches exactly this text."""
    return re.sub(rb"[.*\[^$\\]", rb"\\\g<0>", text)


def substitution(old: bytes, new: bytes) -> bytes:
    r"""Return `s/old/new/` for literal texts, with the most readable delimiter.

    >>> substitution(b"a.b", b"c.d")
    b's/a\\.b/c.d/'
    """
    return _substitution(escape(old), new)


def line_edits(changes: Iterable[LineChange], leave: Collection[int] = ()) -> bytes:
    """Return the commands for the lines that change, one per line, in the order of the lines.

    For the line numbers in `leave`, the command `b` ends the program, so that later commands do
    not apply to these lines. Such a line need not change.
    """
    commands = [
        (change.line, change.line, _line_edit(change, leaves=change.line in leave))
        for change in changes
    ]
    changed = {line for line, _, _ in commands}
    commands += [(line, line, b"b") for line in leave if line not in changed]
    lines = [
        (b"%d" % first if first == last else b"%d,%d" % (first, last)) + command
        for first, last, command in _joined(sorted(commands))
    ]
    # The `;` keeps toybox 0.8 from taking the next line's number for a flag of the `s`.
    return b"\n".join(
        [*(e + b";" if re.match(rb"\d+s", e) else e for e in lines[:-1]), *lines[-1:]]
    )


def _line_edit(change: LineChange, leaves: bool) -> bytes:
    if change.new is None:
        return b"d"
    command = _smallest(change.old, change.new)
    return b"{\n%s\nb\n}" % command if leaves else command


def _joined(commands: Iterable[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Join deletions of lines that follow one another."""
    out: list[tuple[int, int, bytes]] = []
    for first, last, command in commands:
        if out and command == b"d" == out[-1][2] and out[-1][1] == first - 1:
            out[-1] = (out[-1][0], last, command)
        else:
            out.append((first, last, command))
    return out


def _smallest(old: bytes, new: bytes) -> bytes:
    """Return the `s` command that turns one line into another, with as little text as possible."""
    if new.startswith(old + b"\n"):
        return _substitution(b"$", new[len(old) :])
    if new.endswith(b"\n" + old) or not old:
        return _substitution(b"^", new[: len(new) - len(old)])
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    stop = len(old) - end
    while _cuts(old, stop):
        stop += 1
    start, stop = _whole_words(old, start, stop)
    if len(old[start:stop].strip(b". ")) < 4:  # `.` alone is hard to read: add the words beside it
        start, stop = _whole_words(old, *_words_beside(old, start, stop))
    while start and (start == stop or _cuts(old, start) or old.index(old[start:stop]) != start):
        start -= 1
    new_stop = len(new) - (len(old) - stop)
    if start == stop:  # text is inserted at the start of the line
        return _substitution(b"^", new[:new_stop])
    return substitution(old[start:stop], new[start:new_stop])


def _whole_words(line: bytes, start: int, stop: int) -> tuple[int, int]:
    while start and line[start - 1] in _WORD:
        start -= 1
    while stop < len(line) and line[stop] in _WORD:
        stop += 1
    return start, stop


def _cuts(line: bytes, at: int) -> bool:
    """Return whether this position is inside a UTF-8 character."""
    return at < len(line) and 0x80 <= line[at] < 0xC0


def _words_beside(line: bytes, start: int, stop: int) -> tuple[int, int]:
    """Extend a span over a blank that is followed by a word, and over a bracket."""
    if start > 1 and line[start - 2] in _WORD and line[start - 1] in b" [(":
        start -= 1
    closes = line[stop : stop + 1] in (b"]", b")")
    if closes or (line[stop : stop + 1] == b" " and line[stop + 1 : stop + 2].isalnum()):
        stop += 1
    return start, stop


def _substitution(pattern: bytes, new: bytes) -> bytes:
    free = [d for d in _DELIMITERS if d not in pattern and d not in new]
    delimiter = bytes([free[0] if free else _DELIMITERS[0]])
    replacement = re.sub(rb"[&\\\n]", rb"\\\g<0>", new)
    if not free:
        pattern = pattern.replace(delimiter, b"\\" + delimiter)
        replacement = replacement.replace(delimiter, b"\\" + delimiter)
    return delimiter.join((b"s", pattern, replacement, b""))


def _common(left: bytes, right: bytes) -> int:
    """Return the length of the common prefix."""
    shorter = min(len(left), len(right))
    return next((i for i in range(shorter) if left[i] != right[i]), shorter)
