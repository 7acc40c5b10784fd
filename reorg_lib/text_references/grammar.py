"""Python source to a tree, also where it does not parse."""

from __future__ import annotations

from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser


def parse(content: bytes) -> Node:
    """Return the root of the tree of one file."""
    return _parser().parse(content).root_node


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_python.language()))
