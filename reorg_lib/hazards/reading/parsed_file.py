"""One Python file as a tree; it is read and never run.

It finds the calls of a name, the value of a literal, and the text of an expression.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from reorg_lib.python.bindings import Binding, BindingKind, bindings_in_file

_TEXTS = ("comment", "string", "string_content", "escape_sequence")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `name` as written and without blanks, `arguments` without the keywords."""

    node: Node
    name: str
    arguments: tuple[Node, ...]
    keywords: Mapping[str, Node]

    def argument(self, position: int, keyword: str) -> Node | None:
        """Return an argument that may be given by position or by name."""
        if position < len(self.arguments):
            return self.arguments[position]
        return self.keywords.get(keyword)


class Code:
    """One file's tree and bytes."""

    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        self.content = content

    @cached_property
    def root(self) -> Node:
        """The tree of the whole file."""
        return _grammar()[0].parse(self.content).root_node

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """All calls of a dotted name, in the order of the file."""
        found = QueryCursor(_grammar()[1]).captures(self.root).get("call", [])
        return tuple(self._call(node) for node in sorted(found, key=lambda n: n.start_byte))

    def calls_of(self, *names: str) -> Iterator[Call]:
        """Yield the calls whose name ends with one of these, `a.b.name()` included."""
        for call in self.calls:
            if call.name.rpartition(".")[2] in names:
                yield call

    def call_of(self, node: Node | None) -> Call | None:
        """Return the call that a node is, or None."""
        return next((call for call in self.calls if call.node == node), None)

    def call_around(self, node: Node) -> Call | None:
        """Return the call that a node is an argument of, or None."""
        given = node.parent
        in_call = given is not None and given.type == "argument_list"
        return self.call_of(given.parent) if given is not None and in_call else None

    @cached_property
    def assigned(self) -> Mapping[str, tuple[Node | None, ...]]:
        """Plain name → the values assigned to it anywhere in the file; None for any other binding.

        Imports are left out, and so are statements without a value: a bare annotation and `del`.
        """
        found: dict[str, list[Node | None]] = defaultdict(list)
        for binding in self._bindings:
            gives = binding.kind in (BindingKind.VALUE, BindingKind.HANDLER)
            if gives and not binding.is_import:
                found[self.text(binding.name)].append(binding.value)
        return {name: tuple(values) for name, values in found.items()}

    def constant(self, name: str) -> Node | None:
        """Return the only value that is assigned to a name in the file, or None."""
        values = self.assigned.get(name, ())
        return values[0] if len(values) == 1 and name not in self._imported else None

    @cached_property
    def _bindings(self) -> tuple[Binding, ...]:
        return tuple(bindings_in_file(self.root))

    @cached_property
    def _imported(self) -> frozenset[str]:
        return frozenset(self.text(b.name) for b in self._bindings if b.is_import)

    def nodes(self, kind: str) -> tuple[Node, ...]:
        """Return the nodes of a kind in the file's order.

        "composed" is a composed text, "statement" an assignment or a call, "string" a literal.
        """
        found = QueryCursor(_grammar()[2]).captures(self.root).get(kind, [])
        return tuple(sorted(found, key=lambda n: (n.start_byte, -n.end_byte)))

    def text(self, node: Node) -> str:
        """Return the text of a node, on one line."""
        return " ".join(
            self.content[node.start_byte : node.end_byte].decode(errors="replace").split()
        )

    def line(self, node: Node) -> int:
        """Return the line on which a node starts, from 1."""
        return node.start_point.row + 1

    def literal(self, node: Node | None) -> str | None:
        """Return the value of a plain string literal; None for a computed value."""
        if node is None or node.type not in ("string", "concatenated_string"):
            return None
        try:
            value = ast.literal_eval(self.content[node.start_byte : node.end_byte].decode())
        except (ValueError, SyntaxError, UnicodeDecodeError):
            return None
        return value if isinstance(value, str) else None

    def inside(self, node: Node) -> tuple[int, int] | None:
        """Return the span between the quotes of a string that is one plain piece."""
        pieces = [child for child in node.named_children if child.type == "string_content"]
        if node.type != "string" or len(pieces) != 1 or pieces[0].named_child_count:
            return None
        return pieces[0].start_byte, pieces[0].end_byte

    def at(self, offset: int) -> Node | None:
        """Return the smallest named node at an offset."""
        return self.root.named_descendant_for_byte_range(offset, offset + 1)

    def string_at(self, offset: int) -> Node | None:
        """Return the string literal around an offset; None in comments, docstrings and code."""
        node = self.at(offset)
        while node is not None and node.type != "string":
            node = node.parent
        if node is None:
            return None
        outer = node.parent
        while outer is not None and outer.type == "concatenated_string":
            outer = outer.parent
        return None if outer is not None and outer.type == "expression_statement" else node

    # "cls.__module__" is a text, exec("cls.__module__") is code
    def is_text(self, offset: int) -> bool:
        """Return whether a place is in a comment or in a literal that nothing here executes."""
        node, literal = self.at(offset), self.string_at(offset)
        if node is None or node.type not in _TEXTS:
            return node is None
        outer = literal.parent if literal is not None else None
        call = outer.parent if outer is not None and outer.type == "argument_list" else None
        called = call.child_by_field_name("function") if call is not None else None
        return called is None or self.text(called) not in ("exec", "eval", "compile")

    def argument_text(self, call: Call, position: int, keyword: str) -> str:
        """Return how an argument is written, "" if it is not given."""
        node = call.argument(position, keyword)
        return self.text(node) if node is not None else ""

    def listed(self, name: str) -> Iterator[Node]:
        """Yield the strings that a list of the module contains: assigned, added, appended."""
        for node in self.nodes("statement"):
            left = node.child_by_field_name("left") or node.child_by_field_name("function")
            if left is not None and re.fullmatch(rf"{name}(?:\.\w+)?", self.text(left)):
                yield from self.strings(node)

    def strings(self, node: Node | None) -> Iterator[Node]:
        """Yield the string literals in an expression."""
        if node is not None and node.type == "string":
            yield node
        else:
            for child in node.named_children if node is not None else ():
                yield from self.strings(child)

    def has_function(self, name: str) -> bool:
        """Return whether the module defines a function at its top level."""
        return any(
            (found := node.child_by_field_name("name")) is not None and self.text(found) == name
            for node in self.root.named_children
            if node.type == "function_definition"
        )

    def _call(self, node: Node) -> Call:
        function = node.child_by_field_name("function")
        given = node.child_by_field_name("arguments")
        arguments: list[Node] = []
        keywords: dict[str, Node] = {}
        for child in given.named_children if given is not None else ():
            if child.type == "keyword_argument":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                if name is not None and value is not None:
                    keywords[self.text(name)] = value
            elif child.type != "comment":
                arguments.append(child)
        called = self.text(function).replace(" ", "") if function is not None else ""
        return Call(node, called, tuple(arguments), keywords)


_COMPOSED = """
(binary_operator) @composed
(concatenated_string) @composed
(string (interpolation)) @composed
(string (string_content (escape_sequence))) @composed
(call function: (attribute attribute: (identifier) @_method)
  (#match? @_method "^(format|join)$")) @composed
(assignment) @statement
(augmented_assignment) @statement
(call) @statement
(string) @string
"""


@cache
def _grammar() -> tuple[Parser, Query, Query]:
    language = Language(tree_sitter_python.language())
    calls = "(call function: [(identifier) (attribute)]) @call"
    return Parser(language), Query(language, calls), Query(language, _COMPOSED)
