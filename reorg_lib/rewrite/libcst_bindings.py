"""Which names a piece of code binds, from a libcst tree.

It lists Python's binding forms for this parser; `python.bindings` has them for tree-sitter, and one
table of cases tests both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import libcst as cst
from libcst.helpers import get_full_name_for_node

from reorg_lib.model import ImportedName, ImportKind, ImportStatement
from reorg_lib.python.bindings import BindingKind

# the attribute of a node with the names it binds
_TARGETS: dict[type[cst.CSTNode], str] = {
    cst.AssignTarget: "target", cst.AnnAssign: "target", cst.AugAssign: "target",
    cst.NamedExpr: "target", cst.For: "target", cst.WithItem: "asname",
    cst.ExceptHandler: "name", cst.ExceptStarHandler: "name",
    cst.MatchAs: "name", cst.MatchStar: "name", cst.MatchMapping: "rest",
    cst.FunctionDef: "name", cst.ClassDef: "name", cst.TypeAlias: "name", cst.Del: "target",
}  # fmt: skip


def bound_names(node: cst.CSTNode) -> set[str]:
    """Return the names that get a value from `node` in its own scope."""
    return read_bindings(node).names[BindingKind.VALUE]


def read_bindings(node: cst.CSTNode) -> BindingCollector:
    """Return what `node` may bind in its own scope when it runs."""
    collector = BindingCollector()
    node.visit(collector)
    return collector


def target_names(node: cst.CSTNode | None) -> Iterator[str]:
    """Yield the names that an assignment to `node` binds."""
    if isinstance(node, cst.Name):
        yield node.value
    elif isinstance(node, cst.AsName):
        yield from target_names(node.name)
    elif isinstance(node, cst.Tuple | cst.List):
        for element in node.elements:
            yield from target_names(element.value)


def names_bound_by(node: cst.CSTNode) -> Iterator[str]:
    """Yield the names that one node binds by itself, without the nodes in it."""
    if isinstance(node, cst.Import | cst.ImportFrom):
        if not isinstance(node.names, cst.ImportStar):
            yield from map(import_binding, node.names)
    elif type(node) in _TARGETS:
        yield from target_names(getattr(node, _TARGETS[type(node)]))


def import_binding(alias: cst.ImportAlias) -> str:
    """Return the name that `import a.b`, `import a as b` or `from x import a` binds."""
    if alias.asname is not None:
        return next(target_names(alias.asname))
    return (get_full_name_for_node(alias.name) or "").split(".")[0]


def statement_of(node: cst.Import | cst.ImportFrom) -> ImportStatement:
    """Return an import in the survey's form, without its place."""
    star = (ImportedName("*"),) if isinstance(node.names, cst.ImportStar) else None
    aliases = () if isinstance(node.names, cst.ImportStar) else node.names
    names = tuple(ImportedName(a.evaluated_name, a.evaluated_alias) for a in aliases)
    is_from = isinstance(node, cst.ImportFrom)
    level = len(node.relative) if isinstance(node, cst.ImportFrom) else 0
    module = node.module if isinstance(node, cst.ImportFrom) else None
    written = (get_full_name_for_node(module) or "") if module is not None else ""
    return ImportStatement(0, 0, 0, is_from, level, written, star or names, ImportKind.TOP_LEVEL)


class BindingCollector(cst.CSTVisitor):
    """The names that a suite binds in its own scope, and those it declares global or nonlocal."""

    def __init__(self) -> None:
        self.names: dict[BindingKind, set[str]] = defaultdict(set)
        self.declared: dict[str, cst.CSTNode] = {}
        self.outer: set[str] = set()
        self._suites: set[cst.CSTNode] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if node in self._suites:
            return False
        self.names[_kind(node)].update(names_bound_by(node))
        if isinstance(node, cst.FunctionDef | cst.ClassDef | cst.Lambda):
            self._suites.add(node.body)  # decorators, defaults and bases belong to the outer scope
        elif isinstance(node, cst.Global):
            self.declared.update((item.name.value, node) for item in node.names)
        elif isinstance(node, cst.Nonlocal):
            self.outer.update(item.name.value for item in node.names)
        return True


def _kind(node: cst.CSTNode) -> BindingKind:
    if isinstance(node, cst.AnnAssign) and node.value is None:
        return BindingKind.ANNOTATION
    if isinstance(node, cst.ExceptHandler | cst.ExceptStarHandler):
        return BindingKind.HANDLER
    return BindingKind.DELETION if isinstance(node, cst.Del) else BindingKind.VALUE
