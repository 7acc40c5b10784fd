"""A plain search for everything that was renamed, by bytes and nothing cleverer.

Owns what counts as an old name that is left. Shares no rule with the rewriter: a name that the
rewriter did not understand is found here all the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from reorg_lib.model import ChangeSet


class OldNames:
    """The old names of one change set, dotted and as paths, in one pattern.

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
        self.count = len(dotted) + len(paths)
        words = b"|".join(re.escape(n.encode()) for n in sorted(dotted, key=len, reverse=True))
        files = b"|".join(re.escape(n.encode()) for n in sorted(paths, key=len, reverse=True))
        self._pattern = re.compile(
            rb"(?:(?<![\w.])|(?<=(?<!\\)\\[abfnrtv]))(?:" + (words or b"(?!)") + rb")(?!\w)"
            rb"|(?<![\w.-])(?:" + (files or b"(?!)") + rb")(?![\w-])"
        )

    def find(self, content: bytes) -> Iterable[tuple[int, str]]:
        """Yield (line, old name) for each place where one stands."""
        for match in self._pattern.finditer(content):
            line = content.count(b"\n", 0, match.start()) + 1
            yield line, match.group().decode(errors="replace")
