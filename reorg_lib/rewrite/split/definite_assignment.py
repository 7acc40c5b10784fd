"""Which names are always bound: on every path through a statement.

There is one rule for each compound statement.
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from reorg_lib.rewrite.libcst_bindings import bound_names
from reorg_lib.rewrite.split.statement_kinds import body_of, names_type_checking


def certain_names(nodes: Sequence[cst.CSTNode]) -> set[str] | None:
    """Return the names bound on every path through `nodes`; None if no path reaches the end."""
    sure: set[str] = set()
    for node in nodes:
        names = _certain_of(node)
        if names is None:
            return None
        sure |= names
    return sure


def _certain_of(node: cst.CSTNode) -> set[str] | None:
    if isinstance(node, cst.SimpleStatementLine | cst.SimpleStatementSuite):
        return certain_names(node.body)
    if isinstance(node, cst.Raise | cst.Return | cst.Continue | cst.Break):
        return None
    if isinstance(node, cst.If):
        if names_type_checking(node.test):
            return certain_names(body_of(_else(node))) if node.orelse else set()
        orelse = certain_names(body_of(_else(node))) if node.orelse else set()
        return _either([certain_names(node.body.body), orelse])
    if isinstance(node, cst.Try | cst.TryStar):
        run = certain_names([*node.body.body, *(node.orelse.body.body if node.orelse else ())])
        ways = _either([run, *(certain_names(handler.body.body) for handler in node.handlers)])
        last = certain_names(node.finalbody.body.body) if node.finalbody else set()
        return None if ways is None or last is None else ways | last
    if isinstance(node, cst.With):
        items = "".join(cst.Module(()).code_for_node(item) for item in node.items)
        return set() if "suppress" in items else certain_names(node.body.body)
    if isinstance(node, cst.For | cst.While | cst.Match):
        return set()
    return bound_names(node)


def _else(node: cst.If) -> cst.CSTNode:
    return node.orelse.body if isinstance(node.orelse, cst.Else) else node.orelse or node


def _either(ways: Sequence[set[str] | None]) -> set[str] | None:
    through = [way for way in ways if way is not None]
    return set.intersection(*through) if through else None
