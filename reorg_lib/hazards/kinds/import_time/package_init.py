"""A package whose `__init__.py` imports something runs before different modules.

Python runs the `__init__.py` of every package above a module first. After the move it no longer
runs for a module that left, and it runs for one that came. Read it and check that nothing depends
on that.

Noted:
    shop/old/__init__.py:
        import logging
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/old/__init__.py:
        NAME = "old"
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, listed, note
from reorg_lib.hazards.reading.load_graph import RUNS, inits_above
from reorg_lib.model import Hazard

KIND = "package-init"


def find(context: HazardContext) -> Iterator[Hazard]:
    above_before, above_after = inits_above(context)
    come: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for name, module in context.modules.items():
        gone_file = not module.blob or context.new_paths[module.path] is None
        if gone_file or context.new_names[name] in (None, name):
            continue
        before, after = above_before[name], above_after[name]
        for package in after - before:
            come[package].append(name)
        for package in before - after:
            gone[package].append(name)
    for package in sorted(come.keys() | gone.keys()):
        changes = [f"{listed(come[package])} will run it first"] if package in come else []
        changes += [f"{listed(gone[package])} no longer will"] if package in gone else []
        module = context.modules[package]
        yield note(
            KIND,
            module.path,
            next(s.line for s in module.syntax.imports if s.kind in RUNS),
            f"`__init__` of {package} imports; {', and '.join(changes)}",
        )
