"""A module that refuses to be imported becomes an `__init__.py` that runs before others.

An `assert` or `raise` at the top of a module stops its import, for example on another platform. As
the `__init__.py` of a package it stops the import of every module below it too. Give one of them
another place.

Breaks:
    shop/windows.py:
        import sys
        assert sys.platform == "win32"
    shop/paths.py
    move shop/windows.py to shop/windows/__init__.py
    move shop/paths.py to shop/windows/paths.py

Safe:
    shop/windows.py:
        import sys
        assert sys.platform == "win32"
    shop/paths.py
    move shop/windows.py to shop/windows/__init__.py
    move shop/paths.py to shop/system/paths.py
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.model import Hazard

KIND = "init-may-refuse"


# assert sys.platform == "win32", at the top of what becomes an `__init__`
def find(context: HazardContext) -> Iterator[Hazard]:
    """Modules that would first run a package that cannot be imported everywhere."""
    names = context.new_names.items()
    changed = [(old, new) for old, new in names if new not in (None, old)]
    for name, module in context.modules.items():
        target = context.new_paths[module.path] if module.blob else None
        if target is None or not target.endswith("/__init__.py"):
            continue
        content = context.contents.get(module.path, b"")
        if not (b"assert" in content or b"raise" in content):
            continue
        home = context.new_names[name]
        come = sorted(
            old
            for old, new in (changed if home == name else names)
            if new is not None
            and new.startswith(f"{home}.")
            and not old.startswith(f"{name}.")
            and context.modules[old].blob
        )
        if not come:
            continue
        refusal = _refusal(context.code(module.path).root)
        if refusal is not None:
            yield hazard(
                KIND,
                module.path,
                refusal.start_point.row + 1,
                f"{name} refuses to be imported in some cases, and {listed(come)} will run "
                f"it first, below {target}: choose another place for one of them",
            )


def _refusal(node: Node) -> Node | None:
    """The first `assert` or `raise` that runs at import, outside of a `try`."""
    for child in node.named_children:
        if child.type in ("assert_statement", "raise_statement"):
            return child
        if child.type in ("if_statement", "block", "else_clause", "elif_clause"):
            found = _refusal(child)
            if found is not None:
                return found
    return None
