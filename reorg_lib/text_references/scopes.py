"""Which variable, attribute or parameter a name in one Python file means.

A `Name` is a scope and an identifier: 0 for a variable of the module, `ATTRIBUTE` for one of an
unknown object, `KEY` for a key that is written as a text, else the place of the function or the
class that it belongs to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tree_sitter import Node

Name = tuple[int, str]
ATTRIBUTE, KEY = -1, -2
SYS_MODULES: Name = (0, "sys.modules")
TARGETS = {
    "assignment": ("left", "right"),
    "augmented_assignment": ("left", "right"),
    "named_expression": ("name", "value"),
    "for_statement": ("left", "right"),
    "for_in_clause": ("left", "right"),
}
_RECORDS = {"record", "rec", "logrecord", "log_record", "logger"}
_OWN_CLASS = {"self", "cls", "self.__class__", "type(self)"}


@dataclass(slots=True)
class Definition:
    """A function or a class: its place, and the names that are bound in it.

    `scope` of a class is that of its first base if that is in the file too, since both have the
    same attributes. `parameters` of a class without a constructor are its fields.
    """

    name: str
    start: int
    end: int
    scope: int
    outer: Definition | None
    is_class: bool
    parameters: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    bound: set[str] = field(default_factory=set)

    @property
    def is_method(self) -> bool:
        """Whether it is a function of a class."""
        return not self.is_class and self.outer is not None and self.outer.is_class

    @property
    def called(self) -> str:
        """The name in a call: a constructor is called by the name of its class."""
        outer = self.outer if self.is_method and self.name == "__init__" else None
        return outer.name if outer is not None else self.name

    @property
    def owner(self) -> str:
        """The class of what is called as an attribute of an object, else ""."""
        outer = self.outer if self.is_method and self.name != "__init__" else None
        return outer.name if outer is not None else ""

    @property
    def taken(self) -> tuple[str, ...]:
        """The parameters that a call gives."""
        bound = ("self", "cls") if self.is_method else ()
        return tuple(parameter for parameter in self.parameters if parameter not in bound)


class Scopes:
    """The definitions of one file, in its order."""

    def __init__(
        self, content: bytes, definitions: Sequence[Node], targets: Sequence[Node]
    ) -> None:
        self.content = content
        self.all: list[Definition] = []
        self._classes: dict[str, int] = {}
        for node in sorted(definitions, key=lambda n: n.start_byte):
            self._define(node)
        self._starts = [found.start for found in self.all]
        self._owners: dict[str, set[int]] = defaultdict(set)
        for node in targets:
            left = node.child_by_field_name(TARGETS[node.type][0])
            if left is not None:
                self._bind(left, self.around(node.start_byte), node)

    def text(self, node: Node) -> str:
        """Return the text of a node."""
        return self.content[node.start_byte : node.end_byte].decode("utf-8", "surrogateescape")

    def around(self, offset: int) -> Definition | None:
        """Return the innermost definition around a place."""
        at = bisect_right(self._starts, offset) - 1
        found = self.all[at] if at >= 0 else None
        while found is not None and found.end <= offset:
            found = found.outer
        return found

    def identifier(self, offset: int, said: str) -> Name:
        """Return the name that an identifier means at a place."""
        inner = found = self.around(offset)
        while found is not None:
            if said in found.bound and (not found.is_class or found is inner):
                return found.scope, said
            found = found.outer
        return 0, said

    def attribute(self, offset: int, above: str, said: str) -> Name:
        """Return the name that an attribute of an expression means at a place."""
        if above == "sys" and said == "modules":
            return SYS_MODULES
        if said == "name" and above.lower() in _RECORDS:
            return 0, "__name__"  # the name of a logger
        if said in ("__module__", "__package__", "__qualname__", "__name__"):
            return 0, said
        found = self.around(offset) if above in _OWN_CLASS else None
        while found is not None and not found.is_class:
            found = found.outer
        if found is not None:
            return found.scope, said
        owners = self._owners.get(said, ())
        return (next(iter(owners)) if len(owners) == 1 else ATTRIBUTE), said

    def written(self, offset: int, written: str) -> Name:
        """Return the name of a variable, an attribute or a subscript as it is written."""
        above, _, last = written.partition("[")[0].strip().rpartition(".")
        return self.attribute(offset, above, last) if above else self.identifier(offset, last)

    def _define(self, node: Node) -> None:
        outer = self.all[-1] if self.all else None
        while outer is not None and outer.end <= node.start_byte:
            outer = outer.outer
        name = node.child_by_field_name("name")
        said = self.text(name) if name is not None else ""
        is_class = node.type == "class_definition"
        scope = node.start_byte + 1
        found = Definition(said, node.start_byte, node.end_byte, scope, outer, is_class)
        if is_class:
            given = node.child_by_field_name("superclasses")
            found.bases = tuple(
                self.text(base).rpartition(".")[2]
                for base in (given.named_children if given is not None else ())
                if base.type in ("identifier", "attribute")
            )
            found.scope = next((self._classes[b] for b in found.bases if b in self._classes), scope)
            self._classes[said] = found.scope
        else:
            found.parameters = tuple(self._parameters(node))
            found.bound.update(found.parameters)
        self.all.append(found)

    def _parameters(self, function: Node) -> Iterator[str]:
        given = function.child_by_field_name("parameters")
        for child in given.named_children if given is not None else ():
            while child.type not in ("identifier", "comment") and child.named_children:
                child = child.child_by_field_name("name") or child.named_children[0]
            if child.type == "identifier":
                yield self.text(child)

    def _bind(self, left: Node, around: Definition | None, target: Node) -> None:
        if left.type == "identifier" and around is not None:
            said = self.text(left)
            around.bound.add(said)
            if around.is_class:
                self._owners[said].add(around.scope)
                if target.child_by_field_name("type") is not None:
                    around.parameters += (said,)
        elif left.type == "attribute":
            above, _, said = self.text(left).rpartition(".")
            while around is not None and not around.is_class:
                around = around.outer
            if above in _OWN_CLASS and around is not None:
                self._owners[said].add(around.scope)
        elif left.type != "subscript":
            for child in left.named_children:
                self._bind(child, around, target)
