"""A settings file that names its neighbour, which moves away.

A build file names the files in its own folder without a path. After the move the name means
nothing. Remove it there and name the file at the new place, or move both.

Breaks:
    shop/BUILD:
        python_sources(sources=["orders.py"])
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py

Safe:
    BUILD:
        python_sources(sources=["shop/orders.py"])
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.settings_texts import bare_names
from reorg_lib.model import Hazard

KIND = "named-beside"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the files that a settings file names as its neighbours and that leave its folder."""
    for bare in bare_names(context):
        if not bare.from_folder and not _goes_along(bare.text.path, bare.old, context):
            yield bare.text.tell(
                KIND,
                bare.match,
                f"`{bare.match[0]}` is {bare.old} in the same folder, which moves to "
                f"{context.new_paths[bare.old]}: remove it here and name it at the new place, "
                "or move both files",
                fix=None,
            )


def _goes_along(path: str, old: str, context: HazardContext) -> bool:
    own, new = context.new_paths[path], context.new_paths[old]
    return own is not None and posixpath.dirname(own) == posixpath.dirname(new or "") != ""
