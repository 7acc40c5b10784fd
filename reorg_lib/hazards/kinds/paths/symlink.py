"""A symbolic link to a file or folder that moves.

Git stores where a link points as plain text, and no rewrite changes it. After the move the link
points to nothing; make it again. A link to a folder that only loses files is a note.

Breaks:
    link docs/db.py to ../shop/old/db.py
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Noted:
    link current to shop/old
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    link docs/fs.py to ../shop/old/fs.py
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed, note
from reorg_lib.hazards.reading.moved_paths import moved_paths
from reorg_lib.model import Hazard

KIND = "symlink"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the links whose target moves, or whose folder loses files."""
    links = [file.path for file in context.survey.files if file.mode == "120000"]
    if not links:
        return
    places = moved_paths(context)
    for path in links:
        written = context.contents.get(path, b"").decode(errors="surrogateescape")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
        if target not in places.new_paths:
            continue
        new = places.after(target)
        left = [
            file
            for file, goes in context.new_paths.items()
            if file.startswith(target + "/") and goes != file
        ]
        if new != target:
            where = f"goes to {new}" if new else "goes to several places or away"
            yield hazard(
                KIND,
                path,
                1,
                f"the link points to {target}, which {where}: it would point to nothing; create "
                "it again after the moves",
            )
        elif left:
            yield note(
                KIND,
                path,
                1,
                f"the link points to {target}/, which {listed(left)} "
                f"{'leave' if len(left) > 1 else 'leaves'}, and are missing there",
            )
