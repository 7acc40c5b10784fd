"""The names that a module binds at its top level.

Owns the rules of binding (assignment, definition, import, `for`, `with`, `except`, `match`,
`:=`, `global`). Must not know what the names mean or who uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tree_sitter import Node

from reorg_lib.model import ImportStatement

_BLOCKS = frozenset(
    {
        "module", "block", "if_statement", "elif_clause", "else_clause", "for_statement",
        "while_statement", "with_statement", "with_clause", "with_item", "try_statement",
        "except_clause", "except_group_clause", "finally_clause", "match_statement",
        "case_clause", "expression_statement", "parenthesized_expression", "ERROR",
    }
)  # fmt: skip
_TARGETS = frozenset(
    {
        "pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "tuple", "list",
        "list_splat", "as_pattern_target", "parenthesized_expression", "expression_list",
    }
)  # fmt: skip
_PATTERNS = frozenset(
    {
        "case_pattern", "union_pattern", "tuple_pattern", "list_pattern", "dict_pattern",
        "as_pattern", "keyword_pattern", "class_pattern", "splat_pattern",
    }
)  # fmt: skip
_IMPORTS = frozenset({"import_statement", "import_from_statement", "future_import_statement"})
_SCOPES = frozenset({"function_definition", "class_definition", "lambda"})

_Text = Callable[[Node], str]


def bound_names(
    root: Node,
    text: _Text,
    imports: Mapping[int, ImportStatement],
    walruses: Iterable[Node],
    globals_: Iterable[Node],
) -> frozenset[str]:
    """Return every name that running the module could bind in its namespace.

    `imports` are keyed by their first byte; `walruses` and `globals_` are all those of the file.
    """
    nodes = list(_in_block(root, imports))
    nodes += [name for w in walruses if not _scoped(w) if (name := w.child_by_field_name("name"))]
    nodes += [name for statement in globals_ for name in statement.named_children]
    imported = {
        name.alias or name.name.partition(".")[0]
        for statement in imports.values()
        if not _scoped_import(root, statement)
        for name in statement.names
    }
    return frozenset({text(node) for node in nodes} | imported - {"*"})


def _scoped_import(root: Node, statement: ImportStatement) -> bool:
    node = root.descendant_for_byte_range(statement.start, statement.end)
    return node is not None and _scoped(node)


def _scoped(node: Node) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.type in _SCOPES:
            return True
        parent = parent.parent
    return False


def _in_block(block: Node, imports: Mapping[int, ImportStatement]) -> Iterator[Node]:
    for child in block.named_children:
        kind = child.type
        if kind in ("assignment", "augmented_assignment"):
            yield from _assigned(child)
        elif kind in ("class_definition", "function_definition"):
            yield from child.children_by_field_name("name")
        elif kind == "decorated_definition":
            for definition in child.children_by_field_name("definition"):
                yield from definition.children_by_field_name("name")
        elif kind == "type_alias_statement":
            yield from _alias(child)
        elif kind == "as_pattern":
            for target in child.children_by_field_name("alias"):
                yield from _targets(target)
        elif kind == "case_pattern":
            yield from _captures(child)
        elif kind in _BLOCKS:
            yield from _in_block(child, imports)
    if block.type == "for_statement":
        for target in block.children_by_field_name("left"):
            yield from _targets(target)


def _assigned(assignment: Node) -> Iterator[Node]:
    # a = b = 1 is an assignment whose right side is an assignment
    for target in assignment.children_by_field_name("left"):
        yield from _targets(target)
    for value in assignment.children_by_field_name("right"):
        if value.type == "assignment":
            yield from _assigned(value)


def _alias(statement: Node) -> Iterator[Node]:
    # type Name[T] = ...
    node: Node | None = statement.child_by_field_name("left")
    while node is not None and node.type != "identifier":
        node = node.named_children[0] if node.named_children else None
    if node is not None:
        yield node


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
