"""A path that starts from the file of another module, which moves.

`Path(shop.old.db.__file__).parent` is another folder after the move. Start from a module that
stays, or move the files that are read from there.

Breaks:
    shop/app.py:
        import shop.old.db
        HERE = shop.old.db.__file__
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/app.py:
        import shop.old.fs
        HERE = shop.old.fs.__file__
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.model import Hazard

KIND = "module-file"
_OTHERS_FILE = re.compile(rb"(?<![\w.])([A-Za-z_][\w.]*)\.__file__\b")


# Path(shop.infra.old.db.__file__).parent
def find(context: HazardContext) -> Iterator[Hazard]:
    for code in context.python_files(b".__file__"):
        for match in _OTHERS_FILE.finditer(code.content):
            name = context.imports.resolve(code.path, match[1].decode())
            node = code.at(match.start())
            if (
                name is None
                or name not in context.modules
                or node is None
                or node.type != "identifier"
            ):
                continue
            path = context.modules[name].path
            if path in context.new_paths and (target := context.new_paths[path]) != path:
                yield hazard(
                    KIND,
                    code.path,
                    code.line(node),
                    f"`{match.group().decode()}` is the place of {path}, which moves to {target}: "
                    "start from a module that stays, or move the files that are read from there",
                )
