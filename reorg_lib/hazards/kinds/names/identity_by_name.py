"""Code that keeps classes by the name of their module.

Files that pickle objects or use `__module__` go on working. What they wrote before the moves,
outside of the repository, still says the old names. Write it again, or keep those names importable.

Noted:
    shop/store.py:
        import pickle
        def save(order):
            return pickle.dumps(order)
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py

Safe:
    shop/store.py:
        import json
        def save(order):
            return json.dumps(order)
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
"""

from __future__ import annotations

from collections.abc import Iterator

from reorg_lib.hazards.reading.class_identity import (
    KNOWS_BY_MODULE,
)
from reorg_lib.hazards.reading.context import HazardContext, listed, note
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.model import Hazard

KIND = "identity-by-name"


def find(context: HazardContext) -> Iterator[Hazard]:
    """All files that pickle, or that keep classes by `__module__`, in one note."""
    if not context.renames_modules:
        return
    places: list[tuple[str, int]] = []
    for code in context.python_files(b".__module__", b"pickle", b"shelve", b"joblib", b"dill"):
        if not context.is_product(code.path):
            continue
        for match in KNOWS_BY_MODULE.finditer(code.content):
            node = code.at(match.start())
            if node is not None and node.type not in ("comment", "string_content", "string"):
                places.append((code.path, line_of(code.content, match.start())))
                break
    if places:
        path, line = min(places)
        yield note(
            KIND,
            path,
            line,
            "classes are known by the name of their module (`__module__`, pickle) at "
            f"{listed(f'{path}:{line}' for path, line in sorted(places))}; what was stored before "
            "the moves, outside of the repository, still says the old names: write it anew, or "
            "keep those names importable",
        )
