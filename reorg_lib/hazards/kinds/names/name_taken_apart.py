"""Code that takes a module's name apart or compares it.

`__name__.split(".")[1]` and `cls.__module__.rpartition(".")` read a part of a name that changes
with the move. Check that what follows still holds. A part that is the same before and after is
not reported, and one that is only logged is a note.

Breaks:
    shop/old/db.py:
        KIND = __name__.split(".")[1]
    move shop/old/db.py to shop/pg/db.py

Noted:
    shop/app.py:
        import logging
        def report(error):
            logging.error("%s", type(error).__module__.split(".")[-1])
    shop/db.py
    move shop/db.py to shop/pg/database.py

Safe:
    shop/old/db.py:
        KIND = __name__.split(".")[0]
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.class_identity import (
    begins_like_what_moves,
    is_logged,
    may_be_of_what_moves,
)
from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.name_parts import reads_the_same
from reorg_lib.model import Hazard, Severity

KIND = "name-taken-apart"
_OWN = rb"(?<![\w.])(?:__name__|__package__|__spec__\.(?:name|parent))"
_APART = re.compile(
    rb"(?:(?P<own>" + _OWN + rb")|\.__module__)"
    rb"(?:\.(?:r?split|r?partition|removeprefix|removesuffix|replace|find|index|count)\(|\[)"
)
_COMPARED = re.compile(rb"(?P<own>" + _OWN + rb")\s*(?:[=!]=|(?:not )?in\b)\s*(?!\s*[\"']__main__)")


# __name__.split(".")[-1]        cls.__module__.rpartition(".")[2]
def find(context: HazardContext) -> Iterator[Hazard]:
    """A part of a module's name that is used: in the module, or for any class."""
    if not context.renames_modules:
        return
    split = {step.source for step in context.plan.approved().splits}  # its content has other names
    renamed = {
        old: None if context.modules[old].path in split else new
        for old, new in context.new_names.items()
        if old != new
    }
    for code in context.python_files(b"__name__", b"__package__", b"__spec__", b"__module__"):
        module = context.by_path.get(code.path)
        for match in (*_APART.finditer(code.content), *_COMPARED.finditer(code.content)):
            node = code.at(match.start() + 1)
            if node is None or node.type in ("comment", "string_content", "string"):
                continue
            own = match["own"] is not None
            new = context.new_names[module.name] if own and module is not None else None
            if own and (module is None or new in (None, module.name)):
                continue
            if not own and not context.is_product(code.path):
                continue
            if not own and not (
                may_be_of_what_moves(code, match.start(), context)
                and begins_like_what_moves(node, code, context)
            ):
                continue
            changed = {module.name: renamed[module.name]} if own and module is not None else renamed
            rest = code.content[match.start() :].partition(b"\n")[0].decode(errors="replace")
            taken = re.sub(r"\A(?:__name__|\.__module__)", "", rest)
            if reads_the_same(taken, changed):
                continue
            said = match.group().decode().strip().rstrip("([")
            yield hazard(
                KIND,
                code.path,
                code.line(node),
                f"`{said}` reads a part of the module's name; "
                + (f"it becomes {new}" if new else "those of the classes that move change")
                + ": check that what follows still holds",
                Severity.NOTE if is_logged(node, code) else Severity.BLOCK,
            )
