"""Dependency injection as one Python file writes it: containers, factories, dependencies.

Understood are dishka, dependency-injector, punq, lagom, injector, FastAPI's `Depends`, and a plain
function annotated with the port. The patterns may match too much, because the caller uses a name
only if it leads to a port and to a class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Query, QueryCursor

_REGISTER = frozenset(
    {"provide", "alias", "bind", "register", "override", "add_singleton", "add_transient"}
    | {"add_scoped", "add_instance", "register_singleton", "register_instance", "decorate"}
)
_MAKERS = frozenset(
    {"Factory", "Singleton", "ThreadSafeSingleton", "ThreadLocalSingleton", "ContextLocalSingleton"}
    | {"Resource", "Object", "Callable", "Coroutine", "partial", "provide"}
)
_DEPENDS = frozenset({"Depends", "Security"})

_SCOPES = frozenset({"function_definition", "class_definition", "lambda"})
_WANTED = """
(function_definition) @function
(class_definition) @scope
(lambda) @scope
(assignment left: (identifier) right: (_)) @value
(assignment type: (_) right: (_)) @annotated
(assignment left: (subscript) right: (_)) @item
(return_statement) @out
(yield) @out
(call function: [(identifier) @name (attribute attribute: (identifier) @name)]
  (#any-of? @name {names})) @call
"""


@dataclass(frozen=True, slots=True)
class Registration:
    """Names as written on `line`: `wanted` may be ports, `made` their implementations."""

    line: int
    wanted: tuple[str, ...]
    made: tuple[str, ...]
    function: str = ""


def find_registrations(root: Node) -> tuple[Registration, ...]:
    """Return the registrations in the syntax tree of a file."""
    found = QueryCursor(_query()).captures(root)
    return tuple(
        handed
        for handed in (*_of_functions(found), *_of_calls(found), *_of_assignments(found))
        if handed.wanted or handed.made
    )


def _of_functions(found: Mapping[str, Sequence[Node]]) -> Iterator[Registration]:
    """Yield the annotation of each function with what it returns; local variables are resolved.

    Module-level functions come last, because an imported name means one of them.
    """
    inside = _by_function(found)
    functions = found.get("function", ())
    for node in sorted(functions, key=lambda n: (-n.start_point.column, n.start_byte)):
        made: list[str] = []
        values: dict[str, list[str]] = {}
        for inner in inside.get(node.start_byte, ()):
            if inner.type == "assignment":
                left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
                if left is not None and right is not None:
                    values.setdefault(_text(left), []).extend(_made(right))
            else:
                for child in inner.named_children:
                    for one in _made(child):
                        made += values.get(one, [one])
        name, returned = node.child_by_field_name("name"), node.child_by_field_name("return_type")
        wanted = tuple(_names(returned)) if returned is not None else ()
        yield Registration(
            _line(node), wanted, tuple(made), _text(name) if name is not None else ""
        )


def _by_function(found: Mapping[str, Sequence[Node]]) -> Mapping[int, Sequence[Node]]:
    """Return start of a function → its assignments and returns, without nested functions."""
    kinds = ("function", "scope", "value", "out")
    nodes = sorted(
        {n.id: n for kind in kinds for n in found.get(kind, ())}.values(),
        key=lambda n: (n.start_byte, -n.end_byte),
    )
    inside: dict[int, list[Node]] = defaultdict(list)
    around: list[Node] = []
    for node in nodes:
        while around and around[-1].end_byte <= node.start_byte:
            around.pop()
        if node.type in _SCOPES:
            around.append(node)
        elif around and around[-1].type == "function_definition":
            inside[around[-1].start_byte].append(node)
    return inside


def _of_calls(found: Mapping[str, Sequence[Node]]) -> Iterator[Registration]:
    for node in found.get("call", ()):
        callee = _callee(node)
        if callee in _DEPENDS:
            # x: Port = Depends(make)        Annotated[Port, Depends(make)]
            yield Registration(_line(node), tuple(_around(node)), tuple(_given(node)))
        elif callee in _REGISTER or _is_value(node):
            names = tuple(_given(node))
            yield Registration(_line(node), names, names)


def _of_assignments(found: Mapping[str, Sequence[Node]]) -> Iterator[Registration]:
    for node in found.get("annotated", ()):
        annotation, right = node.child_by_field_name("type"), node.child_by_field_name("right")
        if annotation is not None and right is not None:
            yield Registration(_line(node), tuple(_names(annotation)), tuple(_made(right)))
    for node in found.get("item", ()):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None and node.child_by_field_name("type") is None:
            # container[Port] = Class
            index = tuple(n for s in left.children_by_field_name("subscript") for n in _names(s))
            yield Registration(_line(node), index, tuple(_made(right)))


def _made(node: Node) -> Iterator[str]:
    """Yield the classes that an expression may create: called in it, or passed to be called."""
    if node.type in ("identifier", "attribute"):
        yield _text(node)
    elif node.type == "call":
        function = node.child_by_field_name("function")
        if function is not None:
            yield _text(function)
            if _callee(node) in _MAKERS:
                yield from _given(node)
    elif node.type == "lambda":
        body = node.child_by_field_name("body")
        if body is not None:
            yield from _made(body)
    elif node.type in ("conditional_expression", "parenthesized_expression", "await"):
        for child in node.named_children:
            yield from _made(child)
    elif node.type == "subscript":
        yield from _names(node)


def _is_value(call: Node) -> bool:
    return call.parent is not None and call.parent.type == "assignment"


def _given(call: Node) -> Iterator[str]:
    arguments = call.child_by_field_name("arguments")
    for argument in arguments.named_children if arguments is not None else ():
        value = argument.child_by_field_name("value")
        yield from _made(value if argument.type == "keyword_argument" and value else argument)


def _around(call: Node) -> Iterator[str]:
    """Yield the names in the annotation that a `Depends(…)` belongs to."""
    node: Node | None = call.parent
    while node is not None and node.type not in ("block", "module", "parameters"):
        annotation = node.child_by_field_name("type")
        if annotation is not None:
            yield from _names(annotation, without=call)
            return
        if node.type == "subscript":
            yield from _names(node, without=call)
            return
        node = node.parent


def _names(node: Node, without: Node | None = None) -> Iterator[str]:
    if node == without:
        return
    if node.type in ("identifier", "attribute"):
        yield _text(node)
    elif node.type == "string":
        yield _text(node).strip("\"'")
    else:
        for child in node.named_children:
            yield from _names(child, without)


def _callee(call: Node) -> str:
    function = call.child_by_field_name("function")
    return _text(function).rpartition(".")[2] if function is not None else ""


def _text(node: Node) -> str:
    return "".join((node.text or b"").decode(errors="replace").split())


def _line(node: Node) -> int:
    return node.start_point.row + 1


@cache
def _query() -> Query:
    names = " ".join(f'"{name}"' for name in sorted(_REGISTER | _MAKERS | _DEPENDS))
    return Query(Language(tree_sitter_python.language()), _WANTED.format(names=names))
