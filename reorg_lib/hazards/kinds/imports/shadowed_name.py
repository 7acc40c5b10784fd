"""A module that becomes a top-level name of the standard library.

After the move every `import logging` would reach the moved module, or the other way round. Choose
another name for the top-level package.

Breaks:
    shop/log.py, shop/db.py
    move shop/log.py to logging/log.py

Safe:
    shop/log.py, shop/db.py
    move shop/log.py to shop/logging/log.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.model import Hazard

KIND = "shadowed-name"


def find(context: HazardContext) -> Iterator[Hazard]:
    before = {name.partition(".")[0] for name in context.new_names}
    for old, new in context.new_names.items():
        head = (new or "").partition(".")[0]
        if head and head not in before and head in sys.stdlib_module_names:
            yield hazard(
                KIND,
                context.modules[old].path,
                1,
                f"becomes {new}, and a module of the standard library is called {head}: every "
                "`import " + head + "` would reach this one; choose another name",
            )
