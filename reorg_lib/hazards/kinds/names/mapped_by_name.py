"""A class that SQLAlchemy finds by the end of its module's name.

`relationship("old.tables.User")` may leave out the beginning of the module's name, so the text is
no name that can be renamed. After the move no class is found. The fix writes the whole name.

Breaks:
    shop/app.py:
        from sqlalchemy.orm import relationship
        user = relationship("old.tables.User")
    shop/old/tables.py:
        class User: ...
    move shop/old/tables.py to shop/pg/tables.py
    fix: shop.pg.tables.User

Safe:
    shop/app.py:
        from sqlalchemy.orm import relationship
        user = relationship("User")
    shop/old/tables.py:
        class User: ...
    move shop/old/tables.py to shop/pg/tables.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.model import Hazard

KIND = "mapped-by-name"


# relationship("old.tables.User"): SQLAlchemy takes any end of the module's path
def find(context: HazardContext) -> Iterator[Hazard]:
    if not context.renames_modules:
        return
    dotted = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
    for code in context.python_files(b"relationship("):
        for call in code.calls_of("relationship"):
            for node in (*call.arguments, *call.keywords.values()):
                span = code.inside(node) if node.type == "string" else None
                said = code.literal(node) or ""
                if span is None or not dotted.fullmatch(said):
                    continue
                found = _by_tail(said, context)
                if found is None:
                    continue
                module, tail = found
                new = context.new_names[module]
                if new is not None and not f".{new}".endswith(f".{tail}"):
                    yield hazard(
                        KIND,
                        code.path,
                        code.line(node),
                        f'"{said}" is found by the end of its module\'s name, {module}, which '
                        f"becomes {new}: write the whole name",
                        span=span,
                        fix=new + said[len(tail) :],
                    )


def _by_tail(said: str, context: HazardContext) -> tuple[str, str] | None:
    parts = said.split(".")
    if parts[0] == context.root:
        return None  # a whole name is renamed as text
    for end in range(len(parts) - 1, 0, -1):
        tail = ".".join(parts[:end])
        for name, module in context.modules.items():
            defined = {c.name for c in module.syntax.classes} | module.syntax.bound
            if name.endswith(f".{tail}") and parts[end] in defined:
                return name, tail
    return None
