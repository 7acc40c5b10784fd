"""How git sees the moves, as the rehearsal's `--commit` has shown it.

Owns the pairing of moves with the renames that git itself reports. Measures nothing, and must not
know how any of it is worded.
"""

from __future__ import annotations

from collections.abc import Iterable

from reorg_lib.model import ChangeSet, DetectedRename


def detected_renames(
    changeset: ChangeSet, renames: Iterable[tuple[str, str, int]]
) -> tuple[DetectedRename, ...]:
    """Return each move with git's similarity; `renames` are (source, target, per cent).

    Files of the same content, such as empty ones, are one another's renames to git: a target may
    be shown as taken from another source than the plan's.
    """
    by_target = {target: (source, similarity) for source, target, similarity in renames}
    seen = []
    for move in changeset.moves():
        source, target = move.source or "", move.target or ""
        shown, similarity = by_target.get(target, ("", 0))
        if shown == source:
            seen.append(DetectedRename(source, target, similarity))
        else:
            seen.append(DetectedRename(source, target, None, shown))
    return tuple(sorted(seen, key=lambda move: move.source))
