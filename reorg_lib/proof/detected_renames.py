"""How git shows the moves in the commit of the rehearsal's `--commit`.

It pairs the moves of the plan with the renames that git reports.
"""

from __future__ import annotations

from collections.abc import Iterable

from reorg_lib.model import ChangeSet, DetectedRename


def detected_renames(
    changeset: ChangeSet, renames: Iterable[tuple[str, str, int]]
) -> tuple[DetectedRename, ...]:
    """Return each move with git's similarity; `renames` are (source, target, per cent).

    Git cannot tell files of the same content apart, such as empty ones: it may show a target as
    renamed from another source than that of the plan.
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
