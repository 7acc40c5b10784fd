"""A name in a text that reaches a module through what another module has imported.

`patch("shop.app.old.db.make")` works because `shop.app` imports the package `old`. The name of the
module is only a part of this text, so it is not renamed as a name of the module. The fix names the
new place where the same import still leads to it.

Breaks:
    shop/app.py:
        from shop import old
    shop/old/db.py, shop/old/fs.py
    tests/test_app.py:
        from unittest.mock import patch
        fake = patch("shop.app.old.db.make")
    move shop/old/db.py to shop/old/pg/db.py
    fix: shop.app.old.pg.db.make

Safe:
    shop/app.py:
        from shop import old
    shop/old/db.py, shop/old/fs.py
    tests/test_app.py:
        from unittest.mock import patch
        fake = patch("shop.old.db.make")
    move shop/old/db.py to shop/old/pg/db.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.hazards.reading.static_values import resolve_reexports
from reorg_lib.model import Hazard

KIND = "name-through-another"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the texts that reach a module through what another module has imported."""
    if not context.renames_modules:
        return
    for code in context.python_files(context.root.encode() + b"."):
        yield from _through_others(code, context)


# "shop.app.shop.infra.old.db.make": shop.app has imported shop.infra.old.db
def _through_others(code: Code, context: HazardContext) -> Iterator[Hazard]:
    pattern = rb"(?<![\w.])" + re.escape(context.root.encode()) + rb"(?:\.\w+){2,}"
    for match in re.finditer(pattern, code.content):
        written = match.group().decode(errors="replace")
        home = context.module_prefix(written)
        if home is None or home == written:
            continue
        head = written[len(home) + 1 :].partition(".")[0]
        target = context.imports.reexported(home, head)
        reached = context.module_prefix(resolve_reexports(written, context)) if target else None
        if target is None or reached is None or not reached.startswith(f"{target}."):
            continue
        old, new = context.new_names.get(target), context.new_names[reached]
        if code.string_at(match.start()) is None or new == f"{old}{reached[len(target) :]}":
            continue
        after = f"{home}.{head}{new[len(old) :]}" if old and new and new.startswith(old) else None
        stays = context.new_names[home] == home
        tail = resolve_reexports(written, context)[len(reached) :]
        fixed = stays and after is not None
        yield hazard(
            KIND,
            code.path,
            line_of(code.content, match.start()),
            f"`{written}` reaches {reached} through what {home} has imported; it becomes "
            f"{new or 'nothing'}: write the new name",
            span=match.span() if fixed else (0, 0),
            fix=f"{after}{tail}" if fixed else None,
        )
