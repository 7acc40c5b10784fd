"""A file that a settings file or script names from the folder it works in.

`WORKDIR /app/shop` and then `python orders.py` means `shop/orders.py`, whose whole path stands
nowhere. After the move the command finds no file. The fix names the new place from that folder.

Breaks:
    Dockerfile:
        WORKDIR /app/shop
        CMD python orders.py
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
    fix: sales/orders.py

Safe:
    Dockerfile:
        WORKDIR /app
        CMD python shop/orders.py
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.moved_paths import (
    is_remark,
)
from reorg_lib.hazards.reading.settings_texts import (
    bare_names,
    is_below_one,
    moved_by_name,
    settings_texts,
    working_directories,
)
from reorg_lib.model import Hazard

KIND = "path-from-folder"
_BARE_MODULE = re.compile(r"-m[ \t\"',]+(\w+)(?![\w.])|(?<![\w./:-])(\w+):\w+(?![\w:/.])")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the files and modules that are named from a folder where a command runs."""
    for bare in bare_names(context):
        if bare.from_folder:
            new = context.new_paths[bare.old] or ""
            yield bare.text.tell(
                KIND,
                bare.match,
                f"`{bare.match[0]}` is read from {bare.folder}/ and is {bare.old}, which moves to "
                f"{new}: write the new path from there",
                fix=posixpath.relpath(new, bare.folder),
            )
    yield from _modules(context)


# WORKDIR /app/shop          uvicorn orders:app
def _modules(context: HazardContext) -> Iterator[Hazard]:
    by_name = moved_by_name(context)
    stems = {name.removesuffix(".py"): paths for name, paths in by_name.items()}
    for text in settings_texts(context):
        said = working_directories(text)
        for match in _BARE_MODULE.finditer(text.said) if said else ():
            for old in stems.get(match[1] or match[2], ()):
                folder = posixpath.dirname(old)
                inside = folder and is_below_one(said, match, folder)
                if inside and not is_remark(text.content, match.start()):
                    yield text.tell(
                        KIND,
                        match,
                        f"`{match[0]}` is imported from {folder}/ and is {old}, which moves to "
                        f"{context.new_paths[old]}: write the new folder and module",
                        fix=None,
                    )
