"""A text that may be the name of a module, where nothing fails when the two differ.

The text is compared with a name such as `__name__` that another function is given, and it does not
say by itself that it means a module, so it is not renamed. After the move the comparison is false
and no error shows it. The fix writes the new name; a `[[reference]]` in the plan can decide it too.

Breaks:
    shop/app.py:
        def rate(name):
            return name == "shop.old.db"
    shop/old/db.py:
        from shop.app import rate
        RATE = rate(__name__)
    move shop/old/db.py to shop/pg/db.py
    fix: shop.pg.db

Safe:
    shop/app.py:
        def rate(name):
            return name == "shop.app"
    shop/old/db.py:
        from shop.app import rate
        RATE = rate(__name__)
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.model import Hazard, NameClass

KIND = "silent-name"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the names of moved modules in texts that stay and may be compared with one."""
    changed = {old: new for old, new in context.new_names.items() if old != new and "." in old}
    roots = sorted({old.partition(".")[0] for old in changed})
    if not roots:
        return
    begins = "|".join(map(re.escape, roots)).encode()
    name = re.compile(rb"(?<![\w./-])(?:" + begins + rb")(?:\.\w+)+(?![\w.])")
    for code in context.python_files(*(root.encode() for root in roots)):
        view = context.judge.view(code.path, code.content)
        module = context.files.get(code.path)
        imports = module.syntax.imports if module is not None else ()
        for match in name.finditer(code.content):
            said, at = match.group().decode(), match.start()
            if said not in changed or any(line.start <= at < line.end for line in imports):
                continue
            if not (call := view.read_silently(at)):
                continue
            if view.dotted(*match.span()).kind is NameClass.MODULE:
                continue
            line = line_of(code.content, match.start())
            if any(rule.covers(code.path, line, said) for rule in context.plan.references):
                continue
            new = changed[said]
            yield hazard(
                KIND,
                code.path,
                line,
                f'"{said}" may be the name of the module that becomes {new or "nothing"}: it is '
                f"compared with what {call} gives, the name of a module, and nothing fails where "
                'they differ; write the new name, or add a [[reference]] with decision = "rewrite" '
                'or "keep"',
                span=match.span(),
                fix=new,
            )
