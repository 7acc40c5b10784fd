"""What a split does with a top-level statement, by its form.

It has the kinds, and the questions about one statement that decide between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import libcst as cst

from reorg_lib.rewrite.libcst_bindings import bound_names, import_binding

_HARMLESS = (
    cst.Name | cst.Attribute | cst.Subscript | cst.Comparison | cst.BooleanOperation
    | cst.UnaryOperation | cst.Tuple | cst.Integer | cst.Float | cst.SimpleString
)  # fmt: skip


class Kind(StrEnum):
    """What a split does with a statement."""

    DOCSTRING = "docstring"  # stays in the package's __init__
    FUTURE = "future"  # goes to every part
    IMPORT = "import"  # written again where it is needed
    BLOCK = "block"  # if/try around imports: copied whole where it is needed
    EXPORTS = "exports"  # __all__: stays in the package's __init__
    CODE = "code"  # cut out, byte for byte, into exactly one part


def imported_names(node: cst.CSTNode) -> frozenset[str]:
    """Return the names that import statements in `node` bind, at any depth."""
    return frozenset(import_binding(alias) for _, alias in imported_aliases(node))


def imported_aliases(
    node: cst.CSTNode,
) -> Iterator[tuple[cst.Import | cst.ImportFrom, cst.ImportAlias]]:
    """Yield what the import statements in `node` bind, at any depth, without star imports."""
    for leaf in _statements([node]):
        if isinstance(leaf, cst.Import | cst.ImportFrom) and not isinstance(
            leaf.names, cst.ImportStar
        ):
            yield from ((leaf, alias) for alias in leaf.names)


def small_statements(node: cst.CSTNode) -> tuple[cst.BaseSmallStatement, ...]:
    """Return the statements between semicolons on the line; nothing for a compound statement."""
    return tuple(node.body) if isinstance(node, cst.SimpleStatementLine) else ()


def is_type_checking(node: cst.CSTNode) -> bool:
    """Return whether `node` is an `if TYPE_CHECKING:` without an `else`."""
    return isinstance(node, cst.If) and node.orelse is None and names_type_checking(node.test)


def has_star(node: cst.CSTNode) -> bool:
    """Return whether `node` contains a star import, at any depth."""
    return any(
        isinstance(leaf, cst.ImportFrom) and isinstance(leaf.names, cst.ImportStar)
        for leaf in _statements([node])
    )


def is_remark(node: cst.CSTNode) -> bool:
    """Return whether `node` has no effect: a string below a constant, `pass`, `...`."""
    small = small_statements(node)
    return bool(small) and all(
        isinstance(s, cst.Pass)
        or (isinstance(s, cst.Expr) and isinstance(s.value, cst.SimpleString | cst.Ellipsis))
        for s in small
    )


def kind_of(node: cst.CSTNode, index: int) -> Kind:
    """Return what a split does with the statement `node`, the module's number `index`."""
    if isinstance(node, cst.If | cst.Try):
        return Kind.BLOCK if _is_import_block(node) else Kind.CODE
    small = node.body if isinstance(node, cst.SimpleStatementLine) else ()
    first = small[0] if len(small) == 1 else None
    if index == 0 and isinstance(first, cst.Expr) and isinstance(first.value, cst.SimpleString):
        return Kind.DOCSTRING
    if is_future(node):
        return Kind.FUTURE
    if small and all(isinstance(s, cst.Import | cst.ImportFrom) for s in small):
        return Kind.IMPORT
    if first is not None and "__all__" in bound_names(node):
        return Kind.EXPORTS
    return Kind.CODE


def is_future(node: cst.CSTNode) -> bool:
    """Return whether `node` is a `from __future__ import …`."""
    return isinstance(node, cst.SimpleStatementLine) and any(
        isinstance(s, cst.ImportFrom)
        and isinstance(s.module, cst.Name)
        and s.module.value == "__future__"
        for s in node.body
    )


def _is_import_block(node: cst.If | cst.Try) -> bool:
    leaves = list(_statements([node]))
    if not any(isinstance(leaf, cst.Import | cst.ImportFrom) for leaf in leaves):
        return False
    if is_type_checking(node):
        return True
    return all(_may_run_twice(leaf) for leaf in leaves)


def _may_run_twice(leaf: cst.CSTNode) -> bool:
    if isinstance(leaf, cst.Assign):
        return isinstance(leaf.value, _HARMLESS) and all(
            isinstance(target.target, cst.Name) for target in leaf.targets
        )
    if isinstance(leaf, cst.If):
        return isinstance(leaf.test, _HARMLESS)
    return isinstance(leaf, cst.Import | cst.ImportFrom | cst.Pass | cst.Try | cst.Raise)


def _statements(nodes: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """Yield the statements of suites, compound ones before their own; not those of functions."""
    for node in nodes:
        if isinstance(node, cst.SimpleStatementLine | cst.SimpleStatementSuite):
            yield from node.body
            continue
        yield node
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            continue
        yield from _statements(s for suite in _suites(node) for s in body_of(suite))


def _suites(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the suites of a compound statement; an `elif` is the suite of an `else`."""
    body = getattr(node, "body", None)
    if isinstance(body, cst.BaseSuite):
        yield body
    for handler in getattr(node, "handlers", ()):
        yield handler.body
    for case in getattr(node, "cases", ()):
        yield case.body
    orelse = getattr(node, "orelse", None)
    if isinstance(orelse, cst.Else):
        yield orelse.body
    elif orelse is not None:
        yield orelse
    final = getattr(node, "finalbody", None)
    if isinstance(final, cst.Finally):
        yield final.body


def body_of(suite: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """Return the statements of a suite; an `elif` is one itself."""
    return suite.body if isinstance(suite, cst.BaseSuite) else (suite,)


def names_type_checking(test: cst.BaseExpression) -> bool:
    """Return whether a condition is `TYPE_CHECKING` or `typing.TYPE_CHECKING`."""
    name = test.attr if isinstance(test, cst.Attribute) else test
    return isinstance(name, cst.Name) and name.value == "TYPE_CHECKING"
