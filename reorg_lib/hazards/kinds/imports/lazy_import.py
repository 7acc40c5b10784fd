"""A row in the table of a package that imports its names only when they are asked for.

The module-level `__getattr__` of the package imports the relative name from the table. A module
that leaves the package is not found from there. The fix counts the dots again.

Breaks:
    shop/old/__init__.py:
        from importlib import import_module
        WHERE = {"Engine": ".db"}
        def __getattr__(name):
            return getattr(import_module(WHERE[name], __name__), name)
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
    fix: ..pg.db

Safe:
    shop/old/__init__.py:
        from importlib import import_module
        WHERE = {"Engine": ".db"}
        def __getattr__(name):
            return getattr(import_module(WHERE[name], __name__), name)
    shop/old/db.py, shop/old/fs.py
    move shop/old to shop/pg
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.hazards.reading.relative_names import relative_name
from reorg_lib.model import Hazard
from reorg_lib.python.dotted_names import resolve_name

KIND = "lazy-import"
_RELATIVE = re.compile(r"\.+[A-Za-z_]\w*(?:\.\w+)*")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the rows of tables of lazy imports that reach something else after the moves."""
    for code in context.python_files(b"def __getattr__"):
        yield from _lazy_table(code, context)


# def __getattr__(name): return import_module(_WHERE[name], __name__)
def _lazy_table(code: Code, context: HazardContext) -> Iterator[Hazard]:
    module = context.by_path.get(code.path)
    packages = context.package_of(code.path)
    if module is None or packages is None or not code.has_function("__getattr__"):
        return
    before, after = packages
    direct = {
        given.start_byte
        for call in code.calls_of("import_module")
        if (given := call.argument(0, "name")) is not None
    }
    for start, end in module.syntax.texts:
        said = code.content[start:end].decode(errors="replace")
        if not _RELATIVE.fullmatch(said):
            continue
        string = code.string_at(start)
        if string is None or string.start_byte in direct:
            continue
        target = resolve_name(before, said)
        new = context.new_names.get(target or "")
        if target in context.new_names and new != resolve_name(after, said):
            yield hazard(
                KIND,
                code.path,
                code.line(string),
                f'"{said}" in the table of a lazy package means {target}, which becomes '
                f"{new or 'nothing'}; write it as it is seen from {after}",
                span=(start, end),
                fix=relative_name(new, after) if new else None,
            )
