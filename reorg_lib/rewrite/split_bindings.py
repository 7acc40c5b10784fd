"""Which names a suite binds, wherever in it: assignments, imports, loops, patterns, definitions.

Owns the list of Python's binding forms. A nested function or class binds only its own name. Must
not know which scope the suite is.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
from libcst.helpers import get_full_name_for_node


def bound_names(node: cst.CSTNode) -> set[str]:
    """Return the names that running `node` may bind in the scope that it stands in."""
    collector = BindingCollector()
    node.visit(collector)
    return collector.bound


def target_names(node: cst.CSTNode | None) -> Iterator[str]:
    """Yield the names that an assignment to `node` binds."""
    if isinstance(node, cst.Name):
        yield node.value
    elif isinstance(node, cst.Tuple | cst.List):
        for element in node.elements:
            yield from target_names(element.value)


def import_binding(alias: cst.ImportAlias) -> str:
    """Return the name that `import a.b`, `import a as b` or `from x import a` binds."""
    if alias.asname is not None:
        return get_full_name_for_node(alias.asname.name) or ""
    return (get_full_name_for_node(alias.name) or "").split(".")[0]


class BindingCollector(cst.CSTVisitor):
    """The names that a suite binds in its own scope, and those it declares global."""

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.declared: dict[str, cst.CSTNode] = {}
        self.outer: set[str] = set()

    def _add(self, node: cst.CSTNode | None) -> None:
        self.bound.update(target_names(node))

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self._add(node.target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        if node.value is not None:
            self._add(node.target)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self._add(node.target)

    def visit_For(self, node: cst.For) -> None:
        self._add(node.target)

    def visit_WithItem(self, node: cst.WithItem) -> None:
        self._add(node.asname.name if node.asname else None)

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        self._add(node.target)

    def visit_MatchAs(self, node: cst.MatchAs) -> None:
        self._add(node.name)

    def visit_MatchStar(self, node: cst.MatchStar) -> None:
        self._add(node.name)

    def visit_MatchMapping(self, node: cst.MatchMapping) -> None:
        self._add(node.rest)

    def visit_TypeAlias(self, node: cst.TypeAlias) -> None:
        self._add(node.name)

    def visit_Import(self, node: cst.Import) -> bool:
        self.bound.update(import_binding(alias) for alias in node.names)
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        if not isinstance(node.names, cst.ImportStar):
            self.bound.update(import_binding(alias) for alias in node.names)
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self._add(node.name)
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        self._add(node.name)
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False

    def visit_Global(self, node: cst.Global) -> bool:
        self.declared.update((item.name.value, node) for item in node.names)
        return False

    def visit_Nonlocal(self, node: cst.Nonlocal) -> bool:
        self.outer.update(item.name.value for item in node.names)
        return False
