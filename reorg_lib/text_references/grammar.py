"""Python source to a tree, also if it has syntax errors."""

from __future__ import annotations

from functools import cache, lru_cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Query, QueryCursor


@lru_cache(maxsize=8)
def parse(content: bytes) -> Node:
    """Return the root of the tree of one file; the last ones are kept."""
    return Parser(_language()).parse(content).root_node


def captures(content: bytes, query: str) -> dict[str, list[Node]]:
    """Return the nodes of a file that a query captures, by the query's names."""
    return QueryCursor(_query(query)).captures(parse(content))


@cache
def _query(text: str) -> Query:
    return Query(_language(), text)


@cache
def _language() -> Language:
    return Language(tree_sitter_python.language())
