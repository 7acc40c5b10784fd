"""A module that goes to a folder where no build file owns it.

Bazel and Pants build the files that a `BUILD` file of their folder names. A module that goes to a
folder without one belongs to no target. Add a `BUILD` file there, or move the old one as well.

Breaks:
    shop/old/BUILD:
        python_sources()
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/old/BUILD:
        python_sources()
    shop/pg/BUILD, shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.model import Hazard

KIND = "no-build-file"
_BUILDS = ("BUILD", "BUILD.bazel", "BUILD.pants")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the build files whose modules go to a folder that has no such file."""
    builds = {
        posixpath.dirname(p): p for p in context.new_paths if posixpath.basename(p) in _BUILDS
    }
    kept = {posixpath.dirname(p) for p in context.files_after if posixpath.basename(p) in _BUILDS}
    lost: dict[str, list[str]] = defaultdict(list)
    for old, new in sorted(context.new_paths.items()):
        folder = posixpath.dirname(old)
        if new is None or new == old or not old.endswith(".py") or folder not in builds:
            continue
        if posixpath.dirname(new) not in kept:
            lost[builds[folder]].append(new)
    for build, targets in lost.items():
        yield hazard(
            KIND,
            build,
            1,
            f"{build} owns the files of its folder, and no such file lies where {listed(targets)} "
            f"will be: add one there, or move {build} in the plan as well",
        )
