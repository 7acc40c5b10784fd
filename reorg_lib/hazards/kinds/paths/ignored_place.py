"""A new place that a pattern of `.gitignore` matches.

Git goes on tracking the files that are moved there, and leaves out every file that is added later.
Choose another name, or anchor the pattern.

Breaks:
    .gitignore:
        build/
    shop/db.py
    move shop/db.py to shop/build/db.py

Safe:
    .gitignore:
        /build/
    shop/db.py
    move shop/db.py to shop/build/db.py
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.globs import glob
from reorg_lib.model import Hazard

KIND = "ignored-place"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the patterns of `.gitignore` that match the new place of a file."""
    for path, content in context.texts():
        if posixpath.basename(path) == ".gitignore":
            yield from _ignored(path, content, context)


def _ignored(path: str, content: bytes, context: HazardContext) -> Iterator[Hazard]:
    """New places that git ignores: files that are added there later are silently left out."""
    base = f"{posixpath.dirname(path)}/" if "/" in path else ""
    arriving = sorted(
        p for p in context.files_after if p not in context.new_paths and p.startswith(base)
    )
    lines = content.decode(errors="replace").splitlines()
    for number, line in enumerate(lines, 1):
        pattern = line.strip()
        if not pattern or pattern[0] in "#!":
            continue
        found = [p for p in arriving if _ignores(pattern, p[len(base) :])]
        again = [other.strip()[1:] for other in lines[number:] if other.strip()[:1] == "!"]
        found = [p for p in found if not any(_ignores(a, p[len(base) :]) for a in again)]
        if found:
            yield hazard(
                KIND,
                path,
                number,
                f"`{pattern}` makes git ignore {listed(found)}: a file that is added there later "
                "is left out of every commit; choose another name, or anchor the pattern",
            )


def _ignores(pattern: str, path: str) -> bool:
    only_folders = pattern.endswith("/")
    body = pattern.strip("/")
    anchored = "/" in pattern.rstrip("/")
    regex = re.compile(("" if anchored else "(?:.*/)?") + glob(body))
    parts = path.split("/")
    names = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    return any(map(regex.fullmatch, names[:-1] if only_folders else names))
