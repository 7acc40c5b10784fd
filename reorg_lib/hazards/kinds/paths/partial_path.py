"""A path that is written from a folder somewhere above the file.

Paths are renamed when they start at the repository's root, at the source root or at the package's
folder. `old/migrate.py` after `cd shop` may mean another file, so it stays as it is. Write the new
path if it means the file that moves.

Noted:
    run.sh:
        cd shop
        python old/migrate.py
    shop/old/migrate.py
    move shop/old/migrate.py to shop/pg/migrate.py

Safe:
    run.sh:
        python shop/old/migrate.py
    shop/old/migrate.py
    move shop/old/migrate.py to shop/pg/migrate.py
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from reorg_lib.hazards.reading.context import HazardContext, listed, note
from reorg_lib.hazards.reading.moved_paths import line_of, moved_paths
from reorg_lib.model import Hazard

KIND = "partial-path"
_PATH = re.compile(rb"(?<![\w.$}{/-])((?:\.{1,2}/)*)((?:[\w-]+/)+[\w-]+\.py)(?![\w/-])")
_RUN = re.compile(rb"(?<!\w)-m[ \t\"',]+((?:\w+\.)+\w+)")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield one note for each file that names moved ones from a place in between."""
    paths, modules = _tails(context)
    if not paths:
        return
    ends = sorted({re.escape(tail.rpartition("/")[2].encode()) for tail in paths})
    worth = re.compile(rb"/(?:" + b"|".join(ends) + rb")|-m[ \t\"',]")
    for path, content in context.texts():
        if not worth.search(content):
            continue
        found: dict[str, int] = {}
        for match in _PATH.finditer(content):
            written = match[2].decode()
            if written in paths and _is_text(path, match.start(), context):
                found.setdefault(match.group().decode(), line_of(content, match.start()))
        for match in _RUN.finditer(content):
            written = match[1].decode()
            if written in modules and context.module_prefix(written) is None:
                found.setdefault(f"-m {written}", line_of(content, match.start()))
        if found:
            moved = [paths.get(w.lstrip("./")) or modules[w[3:]] for w in found]
            yield note(
                KIND,
                path,
                min(found.values()),
                f"names {listed(f'`{w}`' for w in found)}, a path from a folder above it, which is "
                f"not renamed: if it means {listed(dict.fromkeys(moved))}, write the new path",
            )


def _tails(context: HazardContext) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The ends of moved paths and names that no rewrite knows → the moved file."""
    places = moved_paths(context)
    paths: dict[str, str] = {}
    names: dict[str, str] = defaultdict(str)
    for source, target in context.new_paths.items():
        if not source.endswith(".py") or source in (target, None):
            continue
        parts = source.split("/")
        for start in range(1, len(parts) - 1):
            tail = "/".join(parts[start:])
            if not any(prefix + tail == source for prefix in places.prefixes):
                paths.setdefault(tail, source)
            dotted = tail.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            if "." in dotted:
                names.setdefault(dotted, source)
    return paths, names


def _is_text(path: str, offset: int, context: HazardContext) -> bool:
    return not path.endswith(".py") or context.code(path).string_at(offset) is not None
