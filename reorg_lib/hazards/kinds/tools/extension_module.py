"""A compiled module, whose source is no Python file.

A `.pyx` or `.so` file is no module that is renamed, so imports of it keep the old name and fail.
Leave it where it is, or move its whole package. It is a note where no tracked file names it.

Breaks:
    shop/app.py:
        from shop.fast import run
    shop/fast.pyx
    move shop/fast.pyx to shop/core/fast.pyx

Noted:
    shop/fast.pyx
    move shop/fast.pyx to shop/core/fast.pyx

Safe:
    shop/app.py:
        from shop.fast import run
    shop/fast.pyx, shop/fast.py
    move shop/fast.pyx to shop/core/fast.pyx
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.model import Hazard, Severity
from reorg_lib.python.dotted_names import path_name

KIND = "extension-module"
_ENDINGS = (".pyx", ".so", ".pyd", ".pyi")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the compiled modules that move, and the places of their names."""
    root = context.survey.source_root
    for path, target in sorted(context.new_paths.items()):
        stem, ending = posixpath.splitext(path)
        if ending not in _ENDINGS or target in (None, path) or f"{stem}.py" in context.new_paths:
            continue
        old = path_name(stem.partition(".")[0] + ".py", root)
        new = path_name((target or "").partition(".")[0] + ".py", root)
        if not old or not new or context.module_after(old) == new:
            continue
        word = re.compile(rb"(?<![\w.])" + re.escape(old.encode()) + rb"(?!\w)")
        package, _, leaf = old.rpartition(".")
        taken = re.compile(
            rb"from[ \t]+(?:"
            + re.escape(package.encode())
            + rb"|\.+)[ \t]+import\b[^\n]*\b"
            + re.escape(leaf.encode())
            + rb"\b|from[ \t]+\.+"
            + re.escape(leaf.encode())
            + rb"[ \t]+import\b"
        )
        named = [p for p, text in context.texts() if word.search(text) or taken.search(text)]
        yield hazard(
            KIND,
            path,
            1,
            f"is the compiled module {old}, which becomes {new} and is not renamed"
            + (f" in {listed(named)}" if named else "")
            + ": leave it where it is, or move its whole package",
            Severity.BLOCK if named else Severity.NOTE,
        )
