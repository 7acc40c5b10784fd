"""A data file that stays in a folder which all modules leave.

Nothing is known to read the file, so nothing is known to break. Move the file along if it belongs
to one of the modules.

Noted:
    shop/old/db.py, shop/old/fs.py, shop/old/rows.json
    move shop/old/db.py to shop/pg/db.py
    move shop/old/fs.py to shop/storage/fs.py

Safe:
    shop/old/db.py, shop/old/rows.json
    move shop/old to shop/pg
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, listed, note
from reorg_lib.hazards.reading.package_data_reads import named_and_left, reads_that_miss
from reorg_lib.model import Hazard

KIND = "data-left"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield one note for each folder with data that all its modules leave."""
    missed = {path for _, found in reads_that_miss(context) for path in found}
    missed |= {named.file for named in named_and_left(context)}
    left: dict[str, list[str]] = defaultdict(list)
    python_after = {
        path.rpartition("/")[0]
        for path in context.files_after
        if path.endswith(".py")
        and not ((old := context.by_path.get(path)) and old.is_package and not old.has_code)
    }
    gone = {
        path.rpartition("/")[0]
        for path in context.by_path
        if context.new_paths[path] != path and path.rpartition("/")[0] not in python_after
    }
    # a module that reads its own folder: the kind `file-anchor` reports it
    gone -= {
        posixpath.dirname(path)
        for path, module in context.by_path.items()
        if any(anchor.climbs in (0, 1, None) for anchor in module.syntax.anchors)
    }
    for path, target in context.new_paths.items():
        folder = posixpath.dirname(path)
        if folder in gone and target == path and path not in missed and not path.endswith(".py"):
            left[folder].append(path)
    for folder, paths in left.items():
        yield note(
            KIND,
            sorted(paths)[0],
            1,
            f"{listed(sorted(paths))} {'stay' if len(paths) > 1 else 'stays'} in {folder}/, which "
            "all modules leave: move it with the module that it belongs to",
        )
