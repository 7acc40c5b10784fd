"""An import over several lines that is written in a text.

Imports on one line are renamed in texts, such as code that is generated or shown. One with
parentheses over several lines is not, and fails after a module has left the package. Write it
again for the new place. In prose it is a note.

Breaks:
    shop/app.py:
        CODE = '''
        from shop.old import (
            db,
        )
        '''
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Noted:
    README.md:
        from shop.old import (
            db,
        )
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/app.py:
        CODE = "from shop.old import db"
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, note
from reorg_lib.hazards.reading.moved_paths import is_prose, line_of
from reorg_lib.model import Hazard

KIND = "import-in-text"
_LONG = re.compile(rb"\bfrom[ \t]+([\w.]+)[ \t]+import[ \t]*\(([^()]*)\)")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the long imports in texts that the rewrite leaves as they are."""
    if not context.renames_modules:
        return
    for path, content in context.texts():
        if _LONG.search(content):
            yield from _long_imports(path, content, context)


# from shop.infra.old import (
#     db,
# )
def _long_imports(path: str, content: bytes, context: HazardContext) -> Iterator[Hazard]:
    texts = context.files[path].syntax.texts if path in context.files else ((0, len(content)),)
    for match in _LONG.finditer(content):
        base = match[1].decode()
        if base not in context.new_names or not any(a <= match.start() < b for a, b in texts):
            continue
        taken = re.findall(r"(?:^|,)[\s.]*(\w+)", match[2].decode(errors="replace"))
        gone = [n for n in taken if n in context.lost_submodules(base)]
        if gone:
            told = note if is_prose(path) else hazard
            yield told(
                KIND,
                path,
                line_of(content, match.start()),
                f"the import over several lines in a text takes {gone[0]} from {base}, which "
                f"becomes {context.new_names[f'{base}.{gone[0]}'] or 'nothing'}: write it again",
            )
