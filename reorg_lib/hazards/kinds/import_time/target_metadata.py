"""Database tables that Alembic no longer sees.

Alembic compares the database with the tables that are imported when `env.py` reads
`target_metadata`; a table that is not imported is one to drop. Import the modules of the tables in
`env.py`. Where the module that gives `target_metadata` is split, take it from the whole package.

Breaks:
    shop/migrations/env.py:
        from shop.old.base import metadata
        target_metadata = metadata
    shop/old/__init__.py:
        from shop.old import tables
    shop/old/base.py:
        metadata = object()
    shop/old/tables.py:
        from shop.old.base import metadata
        users = Table("users", metadata)
    move shop/old/base.py to shop/pg/base.py

Noted:
    shop/migrations/env.py:
        from shop.tables import metadata
        target_metadata = metadata
    shop/tables.py:
        metadata = object()
        users = Table("users", metadata)
    split shop/tables.py to shop/tables: base.py = metadata, users.py = users

Safe:
    shop/migrations/env.py:
        from shop.old import base, tables
        target_metadata = base.metadata
    shop/old/__init__.py:
        from shop.old import tables
    shop/old/base.py:
        metadata = object()
    shop/old/tables.py:
        from shop.old.base import metadata
        users = Table("users", metadata)
    move shop/old/base.py to shop/pg/base.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed, note
from reorg_lib.hazards.reading.load_graph import load_graph, loaded_by
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.model import Decision, Hazard

KIND = "target-metadata"
_TARGET = re.compile(rb"^[ \t]*target_metadata[ \t]*(?::[^=\n]*)?=[ \t]*(?P<what>[^#\n]+)", re.M)
_TABLES = re.compile(rb"\bTable\(|\b__tablename__\b|\b__table__\b")


# target_metadata = tables.metadata
def find(context: HazardContext) -> Iterator[Hazard]:
    for code in context.python_files(b"target_metadata"):
        match = _TARGET.search(code.content)
        module = context.by_path.get(code.path)
        if match is None or module is None:
            continue
        line = line_of(code.content, match.start("what"))
        known = load_graph(context)
        before = loaded_by(module.name, known.edges, known.before)
        lost = sorted(
            name
            for name in before - loaded_by(module.name, known.edges, known.after)
            if _TABLES.search(context.contents.get(context.modules[name].path, b""))
        )
        if lost:
            yield hazard(
                KIND,
                code.path,
                line,
                f"after the moves nothing imports {listed(lost)} when target_metadata is read, "
                "so Alembic would drop the tables there: import them in this file",
            )
        heads = re.findall(r"[A-Za-z_][\w.]*", match["what"].decode(errors="replace"))
        origins = {
            context.module_prefix(context.imports.resolve(code.path, head) or "") for head in heads
        }
        for split in context.plan.splits:
            source = context.by_path.get(split.source)
            if split.decision is Decision.APPROVED and source and source.name in origins:
                yield note(
                    KIND,
                    code.path,
                    line,
                    f"target_metadata comes from {source.name}, which is split: it has to come "
                    f"from the package {context.new_names[source.name]}, which imports every part, "
                    "and from no single part",
                )
