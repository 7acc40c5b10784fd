"""Texts that may be names of modules, where nothing fails when no module has that name any more.

Valid (told):   `RATES = {"shop.orders": 1}` and `RATES.get(name)` in a function that somebody calls
                with `__name__`, while shop.orders moves.
Invalid (not):  a text that certainly is the name of a module, which is renamed; one that nothing
                compares with such a name; one that the plan decides by a `[[reference]]`.

The fix is the new name; accepted, or kept by the plan, the text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.model import Hazard, NameClass
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard

KIND = "silent-name"


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the names of modules that move, in texts that are left and may be compared with one."""
    changed = {old: new for old, new in ground.names.items() if old != new and "." in old}
    roots = sorted({old.partition(".")[0] for old in changed})
    if not roots:
        return
    begins = "|".join(map(re.escape, roots)).encode()
    name = re.compile(rb"(?<![\w./-])(?:" + begins + rb")(?:\.\w+)+(?![\w.])")
    for code in ground.python(*(root.encode() for root in roots)):
        view = ground.judge.view(code.path, code.content)
        for match in name.finditer(code.content):
            said = match.group().decode()
            if said not in changed or not (call := view.read_silently(match.start())):
                continue
            if view.dotted(*match.span()).kind is NameClass.MODULE:
                continue
            line = code.content.count(b"\n", 0, match.start()) + 1
            if any(rule.covers(code.path, line, said) for rule in ground.plan.references):
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
