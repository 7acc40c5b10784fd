"""Symbolic links to what moves.

A link is bytes that git stores and nobody rewrites; after the moves it points to nothing, or to a
folder that holds something else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed, note
from reorg_lib.plan.hazard_kinds.places import places_of

KIND = "symlink"


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the links whose target moves, or whose folder loses files."""
    links = [file.path for file in ground.survey.files if file.mode == "120000"]
    if not links:
        return
    places = places_of(ground)
    for path in links:
        written = ground.contents.get(path, b"").decode(errors="surrogateescape")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
        if target not in places.homes:
            continue
        new = places.after(target)
        left = [
            file
            for file, goes in ground.fate.items()
            if file.startswith(target + "/") and goes != file
        ]
        if new != target:
            where = f"goes to {new}" if new else "goes to several places or away"
            yield hazard(
                KIND,
                path,
                1,
                f"the link points to {target}, which {where}: it would point to nothing; make it "
                "anew after the moves",
            )
        elif left:
            yield note(
                KIND,
                path,
                1,
                f"the link points to {target}/, which {listed(left)} "
                f"{'leave' if len(left) > 1 else 'leaves'}: who goes through the link misses that",
            )
