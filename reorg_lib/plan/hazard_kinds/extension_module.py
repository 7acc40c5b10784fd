"""Compiled modules, whose source is no Python file.

Valid (told):   `shop/fast.pyx` moves alone, and `from shop.fast import run` stands somewhere.
Invalid (not):  it goes where its package goes; there is a `.py` file of the same name beside it.

Such a module is not among the modules that are renamed, so its name stays everywhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.model import Hazard, Severity
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.survey.names import path_name

KIND = "extension-module"
_ENDINGS = (".pyx", ".so", ".pyd", ".pyi")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the compiled modules that move, and where their names stand."""
    root = ground.survey.source_root
    for path, target in sorted(ground.fate.items()):
        stem, ending = posixpath.splitext(path)
        if ending not in _ENDINGS or target in (None, path) or f"{stem}.py" in ground.fate:
            continue
        old = path_name(stem.partition(".")[0] + ".py", root)
        new = path_name((target or "").partition(".")[0] + ".py", root)
        if not old or not new or ground.module_after(old) == new:
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
        named = [p for p, text in ground.texts() if word.search(text) or taken.search(text)]
        yield hazard(
            KIND,
            path,
            1,
            f"is the compiled module {old}, which becomes {new} and is not renamed"
            + (f" in {listed(named)}" if named else "")
            + ": leave it where it is, or move its whole package",
            Severity.BLOCK if named else Severity.NOTE,
        )
