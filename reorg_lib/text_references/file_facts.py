"""What one Python file does with its names: where values go, what is called, what is looked up.

Owns the reading of these facts from the tree. A name is a pair of the function that it is local to
(0 for none) and an identifier; an attribute `x.path` counts as the identifier `path` of no
function. Must not know which names are those of modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from tree_sitter import Node

from reorg_lib.text_references.grammar import parse

Name = tuple[int, str]
SYS_MODULES: Name = (0, "sys.modules")
_ORIGINS = {"record", "rec", "logrecord", "log_record", "logger"}
_ADDING = {"append", "add", "extend", "insert", "update", "setdefault"}
_ASKING = {"get", "pop", "startswith", "removeprefix", "index", "count", "setdefault"}
_HOLDING = {
    "str", "list", "tuple", "set", "frozenset", "dict", "sorted", "reversed", "enumerate", "zip",
    "iter", "next", "map", "filter", "chain", "reduce", "deque", "OrderedDict", "format", "join",
    "MappingProxyType", "cast", "partial", "getattr",
}  # fmt: skip
_TARGETS = {
    "assignment": ("left", "right"),
    "augmented_assignment": ("left", "right"),
    "named_expression": ("name", "value"),
    "for_statement": ("left", "right"),
    "for_in_clause": ("left", "right"),
}


@dataclass(frozen=True, slots=True)
class Function:
    """A function with its parameters, or a class with those of its constructor.

    `scope` is where it starts, as in the names that are local to it; 0 for the fields of a class.
    """

    name: str
    scope: int
    end: int
    parameters: tuple[str, ...]
    is_method: bool


@dataclass(frozen=True, slots=True)
class Called:
    """A call: its name as written, and the names in each argument, by position or keyword."""

    name: str
    line: int
    arguments: tuple[tuple[str, frozenset[Name]], ...]


@dataclass(slots=True)
class Facts:
    """One file. `flows` lead from names to the name that takes their values.

    `lookups` are pairs: what is asked, and the names in what is asked for; a comparison is two of
    them. `reads` are the spans of these, with all names in them. `run` are names that
    stand behind "-m", `walked` those of the pieces of a text that is split, `passing` the targets
    of loops, which no other file reads.
    """

    functions: list[Function] = field(default_factory=list)
    calls: list[Called] = field(default_factory=list)
    flows: list[tuple[Name, frozenset[Name]]] = field(default_factory=list)
    lookups: list[tuple[frozenset[Name], frozenset[Name]]] = field(default_factory=list)
    reads: list[tuple[int, int, frozenset[Name]]] = field(default_factory=list)
    run: set[Name] = field(default_factory=set)
    walked: set[Name] = field(default_factory=set)
    passing: set[Name] = field(default_factory=set)
    locals: dict[int, frozenset[str]] = field(default_factory=dict)

    def name_at(self, offset: int, written: str) -> Name:
        """Return the name that an identifier, an attribute or a subscript means at a place."""
        base = written.partition("[")[0].strip()
        last = base.rpartition(".")[2]
        if "." not in base:
            around = [f for f in self.functions if f.scope and f.scope <= offset < f.end]
            for function in sorted(around, key=lambda f: -f.scope):
                if last in self.locals[function.scope]:
                    return function.scope, last
        return 0, last

    def read_at(self, offset: int) -> frozenset[Name]:
        """Return the names in the smallest lookup or comparison around a place."""
        around = [(end - start, names) for start, end, names in self.reads if start <= offset < end]
        return min(around, key=lambda found: found[0])[1] if around else frozenset()


@lru_cache(maxsize=4096)
def facts_of(content: bytes) -> Facts:
    """Return the facts of one file, read once; none of one that nests deeper than Python can go."""
    reader = _Reader(content)
    try:
        reader.read(parse(content), ())
    except RecursionError:
        return Facts()
    return reader.facts


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self.facts = Facts()

    def read(self, node: Node, scopes: tuple[int, ...]) -> None:
        """Collect the facts below a node that lies in these functions, the innermost last."""
        kind = node.type
        if kind == "class_definition":
            self._class(node)
        if kind == "function_definition":
            scopes = (*scopes, self._function(node))
        elif kind in _TARGETS:
            self._assigned(node, scopes)
        elif kind == "call":
            self._called(node, scopes)
        elif kind == "comparison_operator":
            sides = [frozenset(self.names(side, scopes)) for side in node.named_children]
            for left, right in pairwise(sides):
                self.facts.lookups += [(left, right), (right, left)]
            self._read(node, frozenset().union(*sides))
        elif kind == "subscript" and (value := node.child_by_field_name("value")) is not None:
            container = frozenset(self.names(value, scopes))
            self.facts.lookups.append((container, frozenset(self._keys(node, scopes))))
            self._read(node, container)
        elif kind in ("list", "tuple", "argument_list"):
            for option, value in pairwise(node.named_children):
                if option.type == "string" and self._text(option)[1:-1] == "-m":
                    self.facts.run.update(self.names(value, scopes))
        for child in node.named_children:
            self.read(child, scopes)

    def names(self, node: Node, scopes: tuple[int, ...]) -> Iterator[Name]:
        """Yield the names whose values an expression may have or hold."""
        kind = node.type
        if kind == "identifier":
            said = self._text(node)
            yield next((s for s in reversed(scopes) if said in self.facts.locals[s]), 0), said
        elif kind == "attribute":
            yield self._attribute(node)
        elif kind == "subscript":
            if (value := node.child_by_field_name("value")) is not None:
                yield from self.names(value, scopes)
            for key in node.children_by_field_name("subscript"):
                if key.type == "string":
                    yield 0, self._text(key).strip("rb\"'")
        elif kind == "call":
            function = node.child_by_field_name("function")
            given = node.child_by_field_name("arguments")
            last = ""
            if function is not None and function.type == "attribute":
                last = self._attribute(function)[1]
                if (above := function.child_by_field_name("object")) is not None:
                    yield from self.names(above, scopes)
            said = last or (self._text(function) if function is not None else "")
            if given is not None and said in _HOLDING:
                yield from self.names(given, scopes)
        elif kind == "keyword_argument":
            if (value := node.child_by_field_name("value")) is not None:
                yield from self.names(value, scopes)
        elif kind != "lambda":
            for child in node.named_children:
                yield from self.names(child, scopes)

    def _keys(self, subscript: Node, scopes: tuple[int, ...]) -> Iterator[Name]:
        for key in subscript.children_by_field_name("subscript"):
            yield from self.names(key, scopes)

    def _read(self, node: Node, names: frozenset[Name]) -> None:
        self.facts.reads.append((node.start_byte, node.end_byte, names))

    # record.name is the name of a logger
    def _attribute(self, node: Node) -> Name:
        if self._text(node) == "sys.modules":
            return SYS_MODULES
        last = self._text(node).rpartition(".")[2].strip()
        above = node.child_by_field_name("object")
        if last == "name" and above is not None and self._text(above).lower() in _ORIGINS:
            return 0, "__name__"
        return 0, last

    def _class(self, node: Node) -> None:
        """A class without a constructor of its own is made with its fields."""
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is None or body is None:
            return
        fields = []
        for statement in body.named_children:
            inner = statement.named_children[:1]
            if statement.type == "expression_statement" and inner and inner[0].type == "assignment":
                left = inner[0].child_by_field_name("left")
                if inner[0].child_by_field_name("type") is not None and left is not None:
                    fields.append(self._text(left))
        if fields:
            said = self._text(name)
            self.facts.functions.append(Function(said, 0, 0, tuple(fields), False))

    def _function(self, node: Node) -> int:
        scope = node.start_byte + 1
        given = node.child_by_field_name("parameters")
        parameters = []
        for child in given.named_children if given is not None else ():
            while child.type not in ("identifier", "comment") and child.named_children:
                child = child.child_by_field_name("name") or child.named_children[0]
            if child.type == "identifier":
                parameters.append(self._text(child))
        outer = node.parent
        while outer is not None and outer.type in ("block", "decorated_definition"):
            outer = outer.parent
        is_method = outer is not None and outer.type == "class_definition"
        name = node.child_by_field_name("name")
        said = self._text(name) if name is not None else ""
        taken = [p for p in parameters if not (is_method and p in ("self", "cls"))]
        if is_method and said == "__init__" and outer is not None:
            owner = outer.child_by_field_name("name")
            said, is_method = (self._text(owner) if owner is not None else ""), False
        self.facts.functions.append(Function(said, scope, node.end_byte, tuple(taken), is_method))
        body = node.child_by_field_name("body")
        bound = set(self._bound(body)) if body is not None else set()
        self.facts.locals[scope] = frozenset((*parameters, *bound))
        # @pytest.mark.parametrize("name", [...]) gives its values to the parameter
        above = node.parent
        if above is not None and any(
            b"parametrize" in (child.text or b"")
            for child in (above.named_children if above.type == "decorated_definition" else ())
            if child.type == "decorator"
        ):
            self.facts.flows += [((scope, p), frozenset([(0, p)])) for p in parameters]
            self.facts.passing.update((0, p) for p in parameters)
        return scope

    def _bound(self, node: Node) -> Iterator[str]:
        if node.type in _TARGETS:
            left = node.child_by_field_name(_TARGETS[node.type][0])
            if left is not None:
                yield from self._identifiers(left)
        if node.type not in ("function_definition", "class_definition"):
            for child in node.named_children:
                yield from self._bound(child)

    def _identifiers(self, node: Node) -> Iterator[str]:
        if node.type == "identifier":
            yield self._text(node)
        elif node.type not in ("attribute", "subscript"):
            for child in node.named_children:
                yield from self._identifiers(child)

    def _assigned(self, node: Node, scopes: tuple[int, ...]) -> None:
        left, right = (node.child_by_field_name(name) for name in _TARGETS[node.type])
        if left is None or right is None:
            return
        sources = frozenset(self.names(right, scopes))
        if left.type == "subscript":  # MADE[cls.__module__] = cls
            sources |= frozenset(self._keys(left, scopes))
        for target in self.names(left, scopes):
            self.facts.flows.append((target, sources))
            if node.type in ("for_statement", "for_in_clause"):
                self.facts.passing.add(target)
                if ".split(" in self._text(right):
                    self.facts.walked.add(target)

    def _called(self, node: Node, scopes: tuple[int, ...]) -> None:
        function, given = (node.child_by_field_name(name) for name in ("function", "arguments"))
        if function is None or given is None:
            return
        found, place = [], 0
        for child in given.named_children:
            if child.type == "comment":
                continue
            keyword = (
                child.child_by_field_name("name") if child.type == "keyword_argument" else None
            )
            at = self._text(keyword) if keyword is not None else str(place)
            place += keyword is None
            found.append((at, frozenset(self.names(child, scopes))))
        said = "".join(self._text(function).split())
        if said.endswith("parametrize") and len(found) > 1:
            for name in re.findall(r"\w+", self._text(given.named_children[0])):
                self.facts.flows.append(((0, name), found[1][1]))
        self.facts.calls.append(Called(said, node.start_point.row + 1, tuple(found)))
        above = function.child_by_field_name("object")
        if above is None or not found:
            return
        last, container = said.rpartition(".")[2], frozenset(self.names(above, scopes))
        if last in _ADDING:
            every = frozenset(name for _, names in found for name in names)
            self.facts.flows += [(target, every) for target in container]
        if last in _ASKING:
            self.facts.lookups += [(container, found[0][1]), (found[0][1], container)]
            self._read(node, container)

    def _text(self, node: Node) -> str:
        return self._content[node.start_byte : node.end_byte].decode("utf-8", "surrogateescape")
