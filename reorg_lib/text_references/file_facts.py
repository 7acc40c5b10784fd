"""What one Python file does with its names: where values go, and what is called or looked up.

One query on the tree finds the nodes for these facts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from tree_sitter import Node

from reorg_lib.text_references.grammar import captures
from reorg_lib.text_references.scopes import TARGETS, Definition, Name, Scopes
from reorg_lib.text_references.values import keys, names, text_keys

_ADDING = {"append", "add", "extend", "insert", "update", "setdefault"}
_ASKING = {"get", "pop", "startswith", "removeprefix", "index", "count", "setdefault"}
_NODES = f"""
[(function_definition) (class_definition)] @definition
[{" ".join(f"({kind})" for kind in TARGETS)}] @target
(call) @call
(comparison_operator) @comparison
(subscript) @subscript
[(import_statement) (import_from_statement)] @import
(decorated_definition) @decorated
"""
_OPTIONS = """((string) @option (#match? @option "^['\\"]-m['\\"]$"))"""


@dataclass(frozen=True, slots=True)
class Called:
    """A call: its name as written, and the names in each argument, by position or keyword."""

    name: str
    line: int
    arguments: tuple[tuple[str, frozenset[Name]], ...]


@dataclass(slots=True)
class Facts:
    """One file. `flows` lead from names to the name that takes their values.

    `lookups` are pairs: the container, and the names in the key; a comparison is two of them.
    `reads` are the spans of these, with all names in them. `run` are names after "-m", `walked`
    those of the pieces of a text that is split, `passing` the targets of loops, which no other file
    reads. `origins` maps a name to what it imports, and a variable to the class of its object.
    """

    scopes: Scopes
    calls: list[Called] = field(default_factory=list)
    flows: list[tuple[Name, frozenset[Name]]] = field(default_factory=list)
    lookups: list[tuple[frozenset[Name], frozenset[Name]]] = field(default_factory=list)
    reads: list[tuple[int, int, frozenset[Name]]] = field(default_factory=list)
    run: set[Name] = field(default_factory=set)
    walked: set[Name] = field(default_factory=set)
    passing: set[Name] = field(default_factory=set)
    origins: dict[str, str] = field(default_factory=dict)

    def functions(self) -> Sequence[Definition]:
        """Return what can be called: functions, and classes that are created with their fields."""
        return [each for each in self.scopes.all if not each.is_class or each.parameters]

    def whole(self, called: str) -> str:
        """Return what is called, with its module or class if that is known."""
        above, _, last = called.rpartition(".")
        if above in self.origins:
            return f"{self.origins[above]}.{last}"
        first, dot, rest = called.partition(".")
        return self.origins.get(first, first) + dot + rest

    def is_given(self, words: Collection[str]) -> bool:
        """Return whether one of these words is in an argument, a comparison or a subscript."""
        for node in captures(self.scopes.content, "(identifier) @word").get("word", ()):
            outer: Node | None = node if self.scopes.text(node) in words else None
            while outer is not None and not outer.type.endswith("statement"):
                if outer.type in ("argument_list", "comparison_operator", "subscript"):
                    return True
                outer = outer.parent
        return False

    def read_at(self, offset: int) -> frozenset[Name]:
        """Return the names in the smallest lookup or comparison around a place."""
        around = [(end - start, said) for start, end, said in self.reads if start <= offset < end]
        return min(around, key=lambda found: found[0])[1] if around else frozenset()


@lru_cache(maxsize=4096)
def facts_of(content: bytes) -> Facts:
    """Return the facts of one file, read once; none if it is nested too deeply for Python."""
    try:
        return _Reader(content).facts
    except RecursionError:
        return Facts(Scopes(b"", (), ()))


class _Reader:
    def __init__(self, content: bytes) -> None:
        nodes: Mapping[str, list[Node]] = defaultdict(list, captures(content, _NODES))
        self._scopes = Scopes(content, nodes["definition"], nodes["target"])
        self.facts = Facts(self._scopes)
        for node in nodes["target"]:
            self._assigned(node)
        for node in nodes["call"]:
            self._called(node)
        for node in nodes["comparison"]:
            self._compared(node)
        for node in nodes["subscript"]:
            self._looked_up(node)
        for node in nodes["import"]:
            self._imported(node)
        for node in nodes["decorated"]:
            self._parametrized(node)
        if b'"-m"' in content or b"'-m'" in content:
            for node in captures(content, _OPTIONS).get("option", ()):
                if (value := node.next_named_sibling) is not None:
                    self.facts.run |= self._names(value)

    def _names(self, node: Node) -> frozenset[Name]:
        return frozenset(names(node, self._scopes))

    def _assigned(self, node: Node) -> None:
        left, right = (node.child_by_field_name(name) for name in TARGETS[node.type])
        if left is None or right is None:
            return
        sources, targets = self._names(right), set(self._names(left))
        value = left.child_by_field_name("value") if left.type == "subscript" else None
        if value is not None:  # MADE[cls.__module__] = cls
            sources |= frozenset(keys(left, self._scopes))
            targets |= {*self._names(value), *text_keys(left, self._scopes)}
        self.facts.flows += [(target, sources) for target in targets]
        if node.type in ("for_statement", "for_in_clause"):
            self.facts.passing |= targets
            if ".split(" in self._scopes.text(right):
                self.facts.walked |= targets
        elif right.type == "call" and (made := right.child_by_field_name("function")) is not None:
            said = self._scopes.text(made)
            if said.rpartition(".")[2][:1].isupper():
                self.facts.origins[self._scopes.text(left)] = said

    def _called(self, node: Node) -> None:
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
            at = self._scopes.text(keyword) if keyword is not None else str(place)
            place += keyword is None
            found.append((at, self._names(child)))
        said = "".join(self._scopes.text(function).split())
        line = node.start_point.row + 1
        self.facts.calls.append(Called(said, line, tuple(found)))
        last = said.rpartition(".")[2]
        if len(found) > 1 and last == "parametrize":
            for name in re.findall(r"\w+", self._scopes.text(given.named_children[0])):
                self.facts.flows.append(((0, name), found[1][1]))
        elif len(found) > 1 and said == "map":  # map(import_module, names)
            taken = self._scopes.text(given.named_children[0])
            self.facts.calls.append(Called(taken, line, (("0", found[1][1]),)))
        above = function.child_by_field_name("object")
        if above is None or not found or last not in _ADDING | _ASKING:
            return
        container = self._names(above)
        if last in _ADDING:
            every = frozenset(name for _, said in found for name in said)
            self.facts.flows += [(target, every) for target in container]
        if last in _ASKING:
            self.facts.lookups += [(container, found[0][1]), (found[0][1], container)]
            self._read(node, container)

    def _compared(self, node: Node) -> None:
        sides = [self._names(side) for side in node.named_children]
        for left, right in pairwise(sides):
            self.facts.lookups += [(left, right), (right, left)]
        self._read(node, frozenset().union(*sides))

    def _looked_up(self, node: Node) -> None:
        if (value := node.child_by_field_name("value")) is not None:
            container = self._names(value)
            self.facts.lookups.append((container, frozenset(keys(node, self._scopes))))
            self._read(node, container)

    def _read(self, node: Node, said: frozenset[Name]) -> None:
        self.facts.reads.append((node.start_byte, node.end_byte, said))

    def _imported(self, node: Node) -> None:
        source = node.child_by_field_name("module_name")
        above = self._scopes.text(source).rstrip(".") + "." if source is not None else ""
        for name in node.children_by_field_name("name"):
            whole, alias = name.child_by_field_name("name"), name.child_by_field_name("alias")
            said = self._scopes.text(whole or name)
            if alias is not None or above:
                self.facts.origins[self._scopes.text(alias or name)] = above + said
            else:  # import a.b
                self.facts.origins[said] = said

    # @pytest.mark.parametrize("name", [...]) gives its values to the parameter
    def _parametrized(self, node: Node) -> None:
        function = node.child_by_field_name("definition")
        decorators = (child for child in node.named_children if child.type == "decorator")
        if function is not None and any("parametrize" in self._scopes.text(d) for d in decorators):
            found = self._scopes.around(function.start_byte)
            for name in found.parameters if found is not None and not found.is_class else ():
                assert found is not None
                self.facts.flows.append(((found.scope, name), frozenset([(0, name)])))
                self.facts.passing.add((0, name))
