"""A plain search for everything that was renamed, by bytes and nothing cleverer.

Owns what counts as an old name that is left. Shares no rule with the rewriter: a name that the
rewriter did not understand is found here all the same.
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
    """One place where an old name stands."""

    start: int
    end: int
    line: int
    text: str
    is_path: bool

    @property
    def is_word(self) -> bool:
        """A single word, which means many other things."""
        return not self.is_path and "." not in self.text


class LeftoverNames:
    """The old names of one change set, dotted and as paths.

    A name that is also one of the modules and packages `after`, as both are in a swap, is not an
    old name; whether it is meant as the new one, the imports and the logic show. `count` is how
    many there are.
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
        """Yield each place where one stands; of those in one another, the longest."""
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
    """Yield a pattern for all names with one beginning, HEAD, and the border in front of it.

    The border is looked for behind the beginning: a pattern that begins with a plain text is
    searched for many times faster.
    """
    for head, found in groupby(sorted(names), key=lambda name: name.split(separator)[0]):
        start = re.escape(head.encode())
        behind = border.replace(b"HEAD", start)
        tails = sorted((name.removeprefix(head) for name in found), key=len, reverse=True)
        any_of = b"|".join(re.escape(tail.encode()) for tail in tails)
        yield re.compile(start + b"(?:" + behind + b")(?:" + any_of + b")" + end)
