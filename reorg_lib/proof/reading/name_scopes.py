"""Which scope binds a name, and whether by an import, read from the syntax tree of a file.

It decides whether `a` in `a.b.c` is a parameter, a loop variable, a pattern capture, or a name that
an import binds, and in which function, class or module. It uses tree-sitter only, so that it checks
the scope analysis of the rewriter, which uses libcst.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from reorg_lib.proof.reading.syntax_tree import text_of

_FUNCTIONS = {"function_definition", "lambda"}
_COMPREHENSIONS = {
    "list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression",
}  # fmt: skip
_SCOPES = _FUNCTIONS | _COMPREHENSIONS | {"class_definition"}
_IMPORTS = {"import_statement", "import_from_statement"}
_TARGETS = {
    "pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "as_pattern_target",
    "dictionary_splat_pattern", "parenthesized_expression", "tuple", "list", "type",
}  # fmt: skip
_PATTERNS = {
    "case_pattern", "union_pattern", "tuple_pattern", "list_pattern", "dict_pattern", "as_pattern",
    "keyword_pattern", "class_pattern", "splat_pattern",
}  # fmt: skip
# the field of a node that contains the names it binds
_BINDING = {
    "assignment": "left", "augmented_assignment": "left", "for_statement": "left",
    "for_in_clause": "left", "named_expression": "name", "as_pattern": "alias",
    "default_parameter": "name", "typed_default_parameter": "name", "type_alias_statement": "left",
}  # fmt: skip

MODULE = 0
"""The id of the module scope."""


class NameScopes:
    """The scopes of one file; each is read once."""

    def __init__(self) -> None:
        self._bound: dict[int, frozenset[str]] = {}

    def importing(self, node: Node, name: str) -> int | None:
        """Return the scope whose import may bind `name` at `node`; None: no import binds it.

        A scope is the id of its node, or `MODULE` for the module, which is also returned if no
        enclosing scope binds the name.
        """
        way, scope = [node], node.parent
        is_innermost = True
        while scope is not None:
            if scope.type in _SCOPES and _stands_inside(way, scope):
                names = self._names(scope)
                if f"global {name}" in names:
                    return MODULE
                # names of a class are not visible in its methods
                if (scope.type != "class_definition" or is_innermost) and (
                    name in names and f"nonlocal {name}" not in names
                ):
                    return scope.id if f"import {name}" in names else None
                is_innermost = False
            way.append(scope)
            scope = scope.parent
        return MODULE

    def _names(self, scope: Node) -> frozenset[str]:
        if scope.id not in self._bound:
            self._bound[scope.id] = frozenset(bindings(scope))
        return self._bound[scope.id]


def _stands_inside(way: Sequence[Node], scope: Node) -> bool:
    """Return whether a node is inside a scope, and not in a part that runs in the outer scope.

    These parts are defaults, annotations, bases and the first iterable of a comprehension. `way`
    are the nodes from the name up to a child of the scope.
    """
    if scope.type not in _COMPREHENSIONS:
        return way[-1] == scope.child_by_field_name("body")
    clauses = [child for child in scope.named_children if child.type == "for_in_clause"]
    return way[-1] != clauses[0] or way[-2] != clauses[0].child_by_field_name("right")


def bindings(scope: Node) -> Iterator[str]:
    """Yield the bindings of a scope or module.

    `x`: it binds x        `import x`: it imports x        `global x`: it declares x as global
    """
    parameters = scope.child_by_field_name("parameters")
    if parameters is not None and scope.type in _FUNCTIONS:
        yield from _parameters(parameters)
    body = scope.child_by_field_name("body")
    stack = [body] if body is not None and scope.type not in _COMPREHENSIONS else [*scope.children]
    while stack:
        node = stack.pop()
        if node.type in _IMPORTS:
            yield from _imported(node)
            continue
        if node.type in ("global_statement", "nonlocal_statement"):
            kind = node.type.partition("_")[0]
            yield from (f"{kind} {text_of(child)}" for child in node.named_children)
            continue
        if (field := _BINDING.get(node.type)) is not None:
            for target in node.children_by_field_name(field):
                yield from _targets(target)
        if node.type in ("function_definition", "class_definition"):
            yield from (text_of(name) for name in node.children_by_field_name("name"))
        elif node.type == "case_pattern":
            yield from _captures(node)
        if node.type not in _SCOPES:
            stack.extend(node.children)


def _parameters(node: Node) -> Iterator[str]:
    for child in node.named_children:
        name = child.child_by_field_name("name")
        yield from _targets(name or (child.named_children or [child])[0])


def _targets(node: Node) -> Iterator[str]:
    if node.type == "identifier":
        yield text_of(node)
    elif node.type in _TARGETS:
        for child in node.named_children:
            yield from _targets(child)


def _captures(pattern: Node) -> Iterator[str]:
    named = pattern.named_children
    if pattern.type in ("class_pattern", "keyword_pattern"):
        named = named[1:]  # Point(...)    x=...
    for child in named:
        if child.type in _PATTERNS:
            yield from _captures(child)
        elif child.type == "identifier" or (
            child.type == "dotted_name" and len(child.named_children) == 1
        ):
            yield text_of(child)


def _imported(statement: Node) -> Iterator[str]:
    for name in statement.children_by_field_name("name"):
        alias = name.child_by_field_name("alias")
        bound = text_of(alias) if alias is not None else text_of(name).split(".")[0]
        yield from (bound, f"import {bound}")
