"""Imports and top-level names of files whose syntax is newer than the running Python.

They are read from a tree-sitter tree. The result must be the same as that of `source_tree` for a
file that Python itself parses.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator

from tree_sitter import Node, QueryCursor

from reorg_lib.proof.reading.name_scopes import bindings
from reorg_lib.proof.reading.syntax_tree import parse, query, text_of

Taken = tuple[int, int, str, str | None, str | None, bool]
"""Line, dots, module, name (None: plain import), alias, and whether it does not run at import."""

_FUTURE = "future_import_statement"
_IMPORTS = {"import_statement", "import_from_statement", _FUTURE}
_NO_BLOCK = {"expression_statement", "return_statement", "decorator", "parameters", "comment"}


def read_newer(
    source: bytes, only_for_types: tuple[str, ...]
) -> tuple[list[Taken], set[str]] | None:
    """Return the imports and top-level names of a file, or None if it does not parse.

    "*" among the names means that they are not known. An import under a test of `only_for_types`
    is late.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        root = parse(source.decode(encoding).encode())
    except (SyntaxError, UnicodeError, LookupError):
        return None
    if root.has_error and _imports_in(source) != _statements(root):
        return None  # if libcst reads the file, the grammar is incomplete, as for PEP 696
    taken = list(_taken(root, only_for_types))
    names = {name for name in bindings(root) if " " not in name}
    names |= {
        alias or name or "" for _, _, module, name, alias, _ in taken if module == "__future__"
    }
    names |= {"*"} if any(name == "*" for _, _, _, name, _, _ in taken) else set()
    return taken, {"*" if name == "__getattr__" else name for name in names}


def _statements(root: Node) -> int:
    kinds = " ".join(f"({kind})" for kind in sorted(_IMPORTS))
    return len(QueryCursor(query(f"[{kinds}] @import")).captures(root).get("import", ()))


def _imports_in(source: bytes) -> int | None:
    """Return the number of import statements by libcst; None if it cannot read the file either."""
    import libcst  # slow to import, and needed for few files
    from libcst import matchers

    try:
        module = libcst.parse_module(source)
    except (libcst.ParserSyntaxError, SyntaxError, UnicodeError, LookupError, RecursionError):
        return None
    return len(matchers.findall(module, matchers.OneOf(matchers.Import(), matchers.ImportFrom())))


def _taken(root: Node, only_for_types: tuple[str, ...]) -> Iterator[Taken]:
    stack = [(root, False)]
    while stack:
        node, late = stack.pop()
        if node.type in _IMPORTS:
            yield from _names(node, late)
            continue
        condition = node.child_by_field_name("condition")
        for_types = (
            node.type == "if_statement"
            and condition is not None
            and text_of(condition) in only_for_types
        )
        inside = late or node.type == "function_definition"
        for child in node.named_children:
            if child.type not in _NO_BLOCK:
                body = for_types and child == node.child_by_field_name("consequence")
                stack.append((child, inside or body))


def _names(node: Node, late: bool) -> Iterator[Taken]:
    line = node.start_point[0] + 1
    module = node.child_by_field_name("module_name")
    dotted = "__future__" if node.type == _FUTURE else ""
    dots = 0
    if module is not None:
        written = "".join(text_of(module).split())
        dotted = written.lstrip(".")
        dots = len(written) - len(dotted)
    is_plain = node.type == "import_statement"
    for named in node.children_by_field_name("name"):
        alias = named.child_by_field_name("alias")
        whole = named.child_by_field_name("name") or named
        name = "".join(text_of(whole).split())
        bound = text_of(alias) if alias is not None else None
        yield (line, 0, name, None, bound, late) if is_plain else (
            line, dots, dotted, name, bound, late
        )  # fmt: skip
    if any(child.type == "wildcard_import" for child in node.named_children):
        yield line, dots, dotted, "*", None, late
