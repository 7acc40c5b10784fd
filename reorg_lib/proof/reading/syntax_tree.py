"""The tree-sitter parser and queries of the proof."""

from __future__ import annotations

from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Query


def parse(source: bytes) -> Node:
    """Return the tree of a file; invalid syntax becomes nodes of type ERROR."""
    return _parser().parse(source).root_node


def text_of(node: Node) -> str:
    """Return the text of a node; different bytes that are not UTF-8 give different texts."""
    return (node.text or b"").decode("utf-8", "surrogateescape")


@cache
def query(pattern: str) -> Query:
    """Return a compiled query; cached."""
    return Query(_language(), pattern)


@cache
def _parser() -> Parser:
    return Parser(_language())


@cache
def _language() -> Language:
    return Language(tree_sitter_python.language())
