"""Which class is handed out as which port: dependency injection, read and not run.

Owns the forms in which containers and factories say so (dishka, dependency-injector, punq, lagom,
injector, FastAPI's `Depends`, a plain function annotated with the port). A name counts only where
it leads to a port and to a class of the package, so that the forms may be read generously. Must
not know technologies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from reorg_lib.model import Module
from reorg_lib.survey.ports import PortFinder, Provision

_WANTED = """
(function_definition) @function
(call) @call
(assignment) @assignment
"""
_REGISTER = frozenset(
    {"provide", "alias", "bind", "register", "override", "add_singleton", "add_transient"}
    | {"add_scoped", "add_instance", "register_singleton", "register_instance", "decorate"}
)
_MAKERS = frozenset(
    {"Factory", "Singleton", "ThreadSafeSingleton", "ThreadLocalSingleton", "ContextLocalSingleton"}
    | {"Resource", "Object", "Callable", "Coroutine", "partial", "provide"}
)
_DEPENDS = frozenset({"Depends", "Security"})


@dataclass(frozen=True, slots=True)
class _Binding:
    """Names as written: `wanted` may be ports, `made` what stands for them."""

    line: int
    wanted: tuple[str, ...]
    made: tuple[str, ...]
    function: str = ""


def find_provisions(
    modules: Mapping[str, Module],
    users: Collection[str],
    finder: PortFinder,
    texts: Mapping[str, bytes],
) -> tuple[Provision, ...]:
    """Return what `users`, the modules that import from the package or lie in it, hand out."""
    read = {
        name: tuple(_bindings(content))
        for name in sorted(users)
        if (content := texts.get(modules[name].path, b""))
    }
    functions = {
        (name, binding.function): binding
        for name, bindings in read.items()
        for binding in bindings
        if binding.function
    }
    return tuple(
        sorted(
            {
                Provision(name, binding.line, port, implementation)
                for name, bindings in read.items()
                for binding in bindings
                for port, implementation in _Reader(finder, functions, name).pairs(binding)
            }
        )
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Follows the names of one module to ports and classes, through factories as well."""

    finder: PortFinder
    functions: Mapping[tuple[str, str], _Binding]
    module: str

    def pairs(self, binding: _Binding) -> Iterator[tuple[str, str]]:
        ports = {p for name in binding.wanted for p in self._ports(name)}
        classes = {c for name in binding.made for c in self._classes(name)}
        for implementation in sorted(classes):
            for port in sorted(ports) or self.finder.declared_by(implementation):
                yield port, implementation

    def _ports(self, name: str) -> Iterator[str]:
        port = self.finder.port(self.module, name)
        if port is not None:
            yield port
        else:
            # dependency_overrides[get_storage] = …: what the function is annotated with
            place = self._function(name)
            if place is not None:
                there = _Reader(self.finder, self.functions, place[0])
                for wanted in self.functions[place].wanted:
                    if found := self.finder.port(there.module, wanted):
                        yield found

    def _classes(self, name: str) -> Iterator[str]:
        found = self.finder.adapter(self.module, name)
        if found is not None:
            yield found
            return
        place = self._function(name)
        if place is not None:
            for made in self.functions[place].made:
                found = self.finder.adapter(place[0], made)
                if found is not None:
                    yield found

    def _function(self, name: str) -> tuple[str, str] | None:
        if (self.module, name) in self.functions:
            return self.module, name
        package, _, last = self.finder.whole_name(self.module, name).rpartition(".")
        return (package, last) if (package, last) in self.functions else None


def _bindings(content: bytes) -> Iterator[_Binding]:
    parser, query = _grammar()
    found = QueryCursor(query).captures(parser.parse(content).root_node)
    for node in found.get("function", ()):
        yield _of_function(node)
    for node in found.get("call", ()):
        callee = _callee(node)
        if callee in _DEPENDS:
            # x: Port = Depends(make)        Annotated[Port, Depends(make)]
            yield _Binding(_line(node), tuple(_around(node)), tuple(_given(node)))
        elif callee in _REGISTER or (callee in _MAKERS and _is_value(node)):
            names = tuple(_given(node))
            yield _Binding(_line(node), names, names)
    for node in found.get("assignment", ()):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        annotation = node.child_by_field_name("type")
        if left is None or right is None:
            continue
        if annotation is not None:
            yield _Binding(_line(node), tuple(_names(annotation)), tuple(_made(right)))
        elif left.type == "subscript":
            # container[Port] = Class
            index = tuple(n for s in left.children_by_field_name("subscript") for n in _names(s))
            yield _Binding(_line(node), index, tuple(_made(right)))


def _of_function(node: Node) -> _Binding:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    returned = node.child_by_field_name("return_type")
    made: list[str] = []
    values: dict[str, list[str]] = {}
    for inner in _inside(body) if body is not None else ():
        if inner.type == "assignment":
            left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
            if left is not None and right is not None and left.type == "identifier":
                values.setdefault(_text(left), []).extend(_made(right))
        elif inner.type in ("return_statement", "yield"):
            for child in inner.named_children:
                for one in _made(child):
                    made += values.get(one, [one])
    wanted = tuple(_names(returned)) if returned is not None else ()
    return _Binding(_line(node), wanted, tuple(made), _text(name) if name is not None else "")


def _inside(body: Node) -> Iterator[Node]:
    """The nodes of a function in their order, without those of functions inside it."""
    for child in body.named_children:
        if child.type not in ("function_definition", "class_definition", "lambda"):
            yield child
            yield from _inside(child)


def _made(node: Node) -> Iterator[str]:
    """The names of what an expression yields: a class that is called, or named to be called."""
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
    """The names in the annotation that a `Depends(…)` stands beside or in."""
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
def _grammar() -> tuple[Parser, Query]:
    language = Language(tree_sitter_python.language())
    return Parser(language), Query(language, _WANTED)


def users_of(members: Collection[str], imports: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the members, and those that import from one of them."""
    return frozenset(members) | {importer for importer, one in imports if one in members}
