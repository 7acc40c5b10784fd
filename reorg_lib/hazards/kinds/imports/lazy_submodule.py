"""A submodule that a lazy loader is told to import from its own package.

`lazy_loader.attach(__name__, submodules=["orders"])` and tables such as `_import_structure` list
names below their own package. A module that leaves the package is not found when it is asked for.
The fix names the new place where it is still below the package.

Breaks:
    shop/__init__.py:
        import lazy_loader
        attach = lazy_loader.attach
        __getattr__, __dir__, __all__ = attach(__name__, submod_attrs={"orders": ["Order"]})
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
    fix: sales.orders

Safe:
    shop/__init__.py:
        import lazy_loader
        attach = lazy_loader.attach
        __getattr__, __dir__, __all__ = attach(__name__, submod_attrs={"orders": ["Order"]})
    shop/orders.py, shop/db.py
    move shop/db.py to shop/pg/db.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.model import Hazard

KIND = "lazy-submodule"
_TABLES = re.compile(
    r"_?(?:import_structure|lazy_imports?|lazy_submodules|submodules|dynamic_imports)", re.I
)


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the names of lazy submodules that reach nothing, or something else, after the moves."""
    for code in context.python_files(
        b"attach(", b"_import_structure", b"_lazy_import", b"LazyModule"
    ):
        package = context.package_of(code.path)
        if package is not None:
            yield from _lazy(code, package, context)


# lazy_loader.attach(__name__, submodules=["orders"], submod_attrs={"orders": ["f"]})
def _lazy(code: Code, package: tuple[str, str], context: HazardContext) -> Iterator[Hazard]:
    names: list[tuple[Node, bool]] = []
    for call in code.calls_of("attach"):
        if code.argument_text(call, 0, "package_name") != "__name__":
            continue
        names += [(n, False) for n in code.strings(call.argument(1, "submodules"))]
        names += [(n, True) for n in _keys(code, call.argument(2, "submod_attrs"))]
    for node in code.nodes("statement"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or not _TABLES.fullmatch(code.text(left).split("[")[0]):
            continue
        names += [(n, True) for n in _keys(code, right)]
        names += [(n, True) for n in code.strings(left)]  # _import_structure["orders"] = [...]
    before, after = package
    for node, may_be_deep in names:
        said = code.literal(node) or ""
        old = f"{before}.{said}"
        if old not in context.new_names or context.new_names[old] == f"{after}.{said}":
            continue
        new = context.new_names[old]
        below = new is not None and new.startswith(f"{after}.")
        fix = new[len(after) + 1 :] if below and new is not None else None
        if fix is not None and "." in fix and not may_be_deep:
            fix = None
        span = code.inside(node) if fix is not None else None
        yield hazard(
            KIND,
            code.path,
            code.line(node),
            f'"{said}" is loaded from {before} when it is asked for, and becomes '
            f"{new or 'nothing'}: "
            + ("name its new place" if fix else "import it in another way, or drop it from here"),
            span=span or (0, 0),
            fix=fix if span else None,
        )


def _keys(code: Code, node: Node | None) -> Iterator[Node]:
    for pair in node.named_children if node is not None and node.type == "dictionary" else ():
        key = pair.child_by_field_name("key")
        if key is not None and key.type == "string":
            yield key
