"""A plain search of bytes for all names that were renamed.

It shares no rule with the rewriter: a name that the rewriter did not recognise is found here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reorg_lib.model import ChangeSet

_BORDER = rb"(?<![\w.]HEAD)|(?<=(?<!\\)\\[abfnrtv]HEAD)|(?<=[\s\"'=,\[]-pHEAD)"


@dataclass(frozen=True, slots=True)
class LeftoverName:
    """One place where an old name is left."""

    start: int
    end: int
    line: int
    text: str
    is_path: bool

    @property
    def is_word(self) -> bool:
        """True for a single word, which can mean many other things."""
        return not self.is_path and "." not in self.text


class LeftoverNames:
    """The old names of one change set, dotted and as paths.

    A name that is also the name of a module or package `after` the moves, as in a swap, is not
    searched for: points 3 and 4 show whether its uses are right. `count` is the number of names.
    """

    def __init__(self, changeset: ChangeSet, after: Collection[str] = ()) -> None:
        root = changeset.scope.source_root
        prefix = "" if root == "." else root + "/"
        stays = {c.target for c in changeset.changes if c.target}
        dotted = {r.old for r in changeset.modules} - {r.new for r in changeset.modules} - {*after}
        paths = {c.source for c in changeset.changes if c.source and c.source != c.target} - stays
        paths |= {p.removeprefix(prefix) for p in paths}
        self._paths = frozenset(paths)
        targets = {c.target for c in changeset.changes if c.target}
        targets |= {path.removeprefix(prefix) for path in targets}
        self._new = {t for t in targets if any(t.endswith(f"/{old}") for old in paths)}
        self.count = len(dotted) + len(paths)
        self._patterns = [
            *_searches(dotted, ".", _BORDER, rb"(?!\w)"),
            *_searches(paths | self._new, "/", rb"(?<![\w.-]HEAD)", rb"(?![\w-])"),
        ]

    def find(self, content: bytes) -> Iterable[LeftoverName]:
        """Yield each place of an old name; of overlapping ones, the longest."""
        matches = {
            match.span() for pattern in self._patterns for match in pattern.finditer(content)
        }
        end = 0
        for start, stop in sorted(matches, key=lambda span: (span[0], -span[1])):
            if stop > end:
                end = stop
                text = content[start:stop].decode(errors="replace")
                if text in self._new:
                    continue  # lib/app.py holds app.py
                line = content.count(b"\n", 0, start) + 1
                yield LeftoverName(start, stop, line, text, text in self._paths)


def _searches(
    names: Collection[str], separator: str, border: bytes, end: bytes
) -> Iterator[re.Pattern[bytes]]:
    """Yield one pattern for all names with the same first part; `border` may contain HEAD for it.

    The border before a name is tested by a lookbehind after the first part, because a pattern that
    begins with a literal is searched for many times faster.
    """
    for head, found in groupby(sorted(names), key=lambda name: name.split(separator)[0]):
        start = re.escape(head.encode())
        behind = border.replace(b"HEAD", start)
        tails = sorted((name.removeprefix(head) for name in found), key=len, reverse=True)
        any_of = b"|".join(re.escape(tail.encode()) for tail in tails)
        yield re.compile(start + b"(?:" + behind + b")(?:" + any_of + b")" + end)
