"""Python files as tree-sitter trees, whatever their version of the syntax.

Owns the parser and the queries of the proof. Must not know what is read off a tree.
"""

from __future__ import annotations

from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Query


def parse(source: bytes) -> Node:
    """Return the tree of a file; what is no Python is in it as nodes of type ERROR."""
    return _parser().parse(source).root_node


def text_of(node: Node) -> str:
    """Return what stands at a node; bytes that are no UTF-8 stay apart from one another."""
    return (node.text or b"").decode("utf-8", "surrogateescape")


@cache
def query(pattern: str) -> Query:
    """Return a query of the grammar, made once."""
    return Query(_language(), pattern)


@cache
def _parser() -> Parser:
    return Parser(_language())


@cache
def _language() -> Language:
    return Language(tree_sitter_python.language())
