"""A module that leaves a regular package for a folder without an `__init__.py`.

Python imports the module all the same. Packaging, and tools that look for packages, pass the folder
over. Add an `__init__.py` if the module is to be found.

Noted:
    shop/old/db.py, shop/old/fs.py, shop/sql/schema.sql
    move shop/old/db.py to shop/sql/db.py

Safe:
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.model import Hazard, Severity

KIND = "namespace-folder"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Modules that go from a regular package into a plain folder: one note for each."""
    come: dict[str, list[str]] = defaultdict(list)
    for path, module in context.by_path.items():
        target = context.new_paths[path]
        if target is None or target == path or "." not in module.name:
            continue
        folder, old = posixpath.dirname(target), posixpath.dirname(path)
        if (
            f"{folder}/__init__.py" not in context.files_after
            and f"{old}/__init__.py" in context.new_paths
        ):
            come[folder].append(path)
    for folder, paths in come.items():
        yield hazard(
            KIND,
            sorted(paths)[0],
            1,
            f"{listed(sorted(paths))} {'come' if len(paths) > 1 else 'comes'} into {folder}/, "
            "which has no `__init__.py`: packaging and tools that look for packages skip it; "
            "add one if it is to be found",
            Severity.NOTE,
        )
