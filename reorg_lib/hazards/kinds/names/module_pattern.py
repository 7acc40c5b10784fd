"""A pattern of module names in a settings file that matches other modules after the moves.

`shop.old.*` in the settings of a tool is no name of a module, so only the package in front is
renamed. The fix adds the modules that left where the place can hold a list; elsewhere this is a
note. A pattern that matches nothing any more blocks.

Breaks:
    .pylintrc:
        [MAIN]
        ignored-modules = shop.old.*
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
    fix: , shop.pg.db

Noted:
    tool.cfg:
        quiet: shop.old.* loudly
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    .pylintrc:
        [MAIN]
        ignored-modules = shop.old.*
    shop/old/db.py, shop/old/fs.py
    move shop/old to shop/pg
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.globs import settings_files
from reorg_lib.hazards.reading.moved_paths import (
    is_remark,
)
from reorg_lib.hazards.reading.pattern_changes import pattern_hazards
from reorg_lib.model import Hazard

KIND = "module-pattern"
_IGNORES = (".gitignore", ".dockerignore")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the patterns of module names whose meaning changes."""
    for path, content in settings_files(context):
        if posixpath.basename(path) not in _IGNORES:
            yield from _modules(path, content, context)


# archive.infrastructure.persistence.*
def _modules(path: str, content: bytes, context: HazardContext) -> Iterator[Hazard]:
    root = re.escape(context.root.encode())
    behind = rb"(?<![\w./*-]" + root + rb")"  # a search begins with a plain text, for speed
    pattern = re.compile(root + behind + rb"(?:\.\w+)*(?:\.\*+)+(?:\.\w+)*")
    for match in pattern.finditer(content):
        written = match.group().decode()
        package = written.partition(".*")[0]
        new = context.module_after(package)
        if new is None or package not in context.new_names or is_remark(content, match.start()):
            continue
        old_names = _dotted_regex(written)
        new_names = _dotted_regex(new + written[len(package) :])
        before = {
            n
            for n in context.modules_below(package)
            if old_names.fullmatch(n) and context.new_names[n]
        }
        after = {o for o, n in context.new_names.items() if n and new_names.fullmatch(n)}
        after = {name for name in after if context.modules[name].blob}
        more = sorted(str(context.new_names[name]) for name in before - after)
        stays = new == package
        yield from pattern_hazards(
            KIND, path, content, match, (before, after), more if stays else ()
        )


def _dotted_regex(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*\*", r"[\w.]+").replace(r"\*", r"[\w.]+"))
