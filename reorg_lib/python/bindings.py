"""Which names a piece of code binds, and where, read from a tree of tree-sitter.

This is the list of Python's binding forms for this parser. `rewrite/libcst_bindings.py` has them
for libcst; the same table of test cases checks both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Query, QueryCursor


class BindingKind(StrEnum):
    """The kinds of binding; each of them makes a name local to its scope."""

    VALUE = "value"  # x = 1    def x    import x    for x in …    case x
    ANNOTATION = "annotation"  # x: int
    HANDLER = "handler"  # except E as x: deleted when the handler ends
    DELETION = "deletion"  # del x


@dataclass(frozen=True, slots=True)
class Binding:
    """One identifier that is bound, and the expression assigned to it, if there is one."""

    name: Node
    kind: BindingKind = BindingKind.VALUE
    value: Node | None = None
    is_import: bool = False


# the field of a node that holds the names it binds
_FIELDS = {
    "assignment": "left", "augmented_assignment": "left", "named_expression": "name",
    "for_statement": "left", "for_in_clause": "left", "as_pattern": "alias",
    "function_definition": "name", "class_definition": "name", "type_alias_statement": "left",
}  # fmt: skip
_IMPORTS = frozenset({"import_statement", "import_from_statement", "future_import_statement"})
_VALUES = {"assignment": "right", "named_expression": "value"}
_BLOCKS = frozenset(
    {
        "block", "if_statement", "elif_clause", "else_clause", "for_statement", "while_statement",
        "with_statement", "with_clause", "with_item", "try_statement", "except_clause",
        "except_group_clause", "finally_clause", "match_statement", "case_clause",
        "expression_statement", "parenthesized_expression", "decorated_definition", "ERROR",
    }
)  # fmt: skip
_SITES = (
    *_FIELDS, *_IMPORTS, "case_pattern", "delete_statement", "parameters", "lambda_parameters"
)  # fmt: skip
_TARGETS = frozenset(
    {
        "pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "tuple", "list",
        "list_splat", "as_pattern_target", "parenthesized_expression", "expression_list",
        "dictionary_splat_pattern",
    }
)  # fmt: skip
_PATTERNS = frozenset(
    {
        "case_pattern", "union_pattern", "tuple_pattern", "list_pattern", "dict_pattern",
        "as_pattern", "keyword_pattern", "class_pattern", "splat_pattern",
    }
)  # fmt: skip
_SCOPES = frozenset({"function_definition", "class_definition", "lambda"})


def bindings_in_suite(suite: Node) -> Iterator[Binding]:
    """Yield the bindings of a module, or of the body of a function or class, in its own scope."""
    yield from _in_block(suite)
    if b":=" in (suite.text or b""):
        for walrus in QueryCursor(_queries()[0]).captures(suite).get("site", ()):
            if _suite_of(walrus, suite) == suite:
                yield from _bindings_of(walrus)


def bindings_in_file(root: Node) -> Iterator[Binding]:
    """Yield the bindings of all scopes in the file's order, parameters and loops included."""
    sites = QueryCursor(_queries()[1]).captures(root).get("site", ())
    found = {b.name.start_byte: b for site in sites for b in _bindings_of(site)}
    yield from (found[start] for start in sorted(found))


@cache
def _queries() -> tuple[Query, Query]:
    language = Language(tree_sitter_python.language())
    sites = [f"({kind}) @site" for kind in _SITES]
    sites += [f"({kind} type_parameters: (_) @site)" for kind in sorted(_SCOPES - {"lambda"})]
    return Query(language, "(named_expression) @site"), Query(language, "\n".join(sites))


def _suite_of(node: Node, outermost: Node) -> Node:
    """Return the suite in whose scope a node runs; decorators and defaults run in the outer one."""
    child = node
    while child != outermost and (parent := child.parent) is not None:
        if parent.type in _SCOPES and parent.child_by_field_name("body") == child:
            return child
        child = parent
    return child


def _in_block(block: Node) -> Iterator[Binding]:
    yield from _bindings_of(block) if block.type == "for_statement" else ()
    for child in block.named_children:
        if child.type in _BLOCKS:
            yield from _in_block(child)
            continue
        part: Node | None = child
        while part is not None:  # a = b = 1 is an assignment whose right side is one
            yield from _bindings_of(part)
            part = part.child_by_field_name("right") if part.type == "assignment" else None


def _bindings_of(node: Node) -> Iterator[Binding]:
    """Yield the bindings of one node itself, without those of the nodes inside it."""
    kind = node.type
    if kind in _IMPORTS:
        for name in node.children_by_field_name("name"):
            alias = name.child_by_field_name("alias")
            yield Binding(alias or name.named_children[0], is_import=True)
    elif kind == "case_pattern":
        yield from map(Binding, _captures(node))
    elif kind == "delete_statement":
        for child in node.named_children:
            yield from (Binding(name, BindingKind.DELETION) for name in _targets(child))
    elif kind in ("parameters", "lambda_parameters"):
        for child in node.named_children:
            name = child.child_by_field_name("name") or _first(child, "typed_parameter")
            yield from map(Binding, _targets(name))
    elif kind == "type_parameter":
        yield from (Binding(_identifier(child)) for child in node.named_children)
    elif kind == "type_alias_statement":
        yield from (Binding(_identifier(name)) for name in node.children_by_field_name("left"))
    elif kind in _FIELDS:
        value = node.child_by_field_name(_VALUES[kind]) if kind in _VALUES else None
        while value is not None and value.type == "assignment":
            value = value.child_by_field_name("right")
        bound = BindingKind.VALUE
        if kind == "assignment" and value is None:
            bound = BindingKind.ANNOTATION
        elif kind == "as_pattern" and node.parent and node.parent.type.startswith("except"):
            bound = BindingKind.HANDLER
        for target in node.children_by_field_name(_FIELDS[kind]):
            one = value if target.type == "identifier" else None
            yield from (Binding(name, bound, one) for name in _targets(target))


def _first(node: Node, kind: str) -> Node:
    return node.named_children[0] if node.type == kind else node


def _identifier(node: Node) -> Node:
    # Name    Name[T]    T: bound    *Ts
    while node.type != "identifier" and node.named_children:
        node = node.named_children[0]
    return node


def _targets(node: Node) -> Iterator[Node]:
    if node.type == "identifier":
        yield node
    elif node.type in _TARGETS:
        for child in node.named_children:
            yield from _targets(child)


def _captures(pattern: Node) -> Iterator[Node]:
    """Yield the names that a `case` pattern binds; a dotted or called name is a value."""
    named = pattern.named_children
    if pattern.type in ("class_pattern", "keyword_pattern"):
        named = named[1:]  # Point(...)    x=...
    for child in named:
        if child.type in _PATTERNS:
            yield from _captures(child)
        elif child.type == "identifier" or (
            child.type == "dotted_name" and len(child.named_children) == 1
        ):
            yield child
