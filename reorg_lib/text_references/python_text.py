"""The place of a text in a Python file: its literal, and how it is used.

It reads the tree around a string or a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from reorg_lib.text_references.grammar import parse

_THROUGH = {
    "list", "tuple", "set", "parenthesized_expression", "concatenated_string", "list_splat",
    "binary_operator", "boolean_operator", "conditional_expression", "expression_list",
    "dictionary", "string",
    "interpolation", "set_comprehension", "list_comprehension", "generator_expression",
    "format_expression", "dictionary_splat", "attribute",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """How a text is used, at one level.

    `how` is call (with the called `name`, and in `at` the position or keyword), slot (with the
    `name` of a variable, keyword or dictionary key, and in `at` which of these), key, compared,
    subscript or annotation (with the code of the other side as `name`).
    """

    how: str
    name: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One text of a Python file. `kind` is string, docstring or comment; `text` its whole content.

    `start` is where `text` starts; `given` goes from the innermost outwards; `option` is the text
    before this one in the same list.
    """

    kind: str
    text: str
    start: int
    given: tuple[Given, ...] = ()
    option: str = ""


class PythonText:
    """The texts of one file. `spot` is None in what is code."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @cached_property
    def _root(self) -> Node:
        return parse(self._content)

    def spot(self, offset: int) -> Spot | None:
        """Return the text around an offset."""
        node: Node | None = self._root.descendant_for_byte_range(offset, offset + 1)
        piece = node
        while node is not None and node.type not in ("string", "comment"):
            if node.type == "string_content":
                piece = node
            if node.type == "interpolation":
                return None
            node = node.parent
        if node is None or piece is None:
            return None
        if node.type == "comment":
            return Spot("comment", self._text(node), node.start_byte)
        outer = node.parent
        while outer is not None and outer.type == "concatenated_string":
            outer = outer.parent
        kind = "string"
        if outer is not None and outer.type == "expression_statement":
            kind = "docstring"
        given = tuple(self._given(node)) if kind == "string" else ()
        before = node.prev_named_sibling
        option = self._text(before) if before is not None and before.type == "string" else ""
        return Spot(kind, self._text(piece), piece.start_byte, given, option.strip("rbuRBU\"'"))

    def _text(self, node: Node) -> str:
        return self._content[node.start_byte : node.end_byte].decode("utf-8", "surrogateescape")

    def _given(self, node: Node) -> list[Given]:
        found: list[Given] = []
        keyword = ""
        child, parent = node, node.parent
        while parent is not None and len(found) < 8:
            kind = parent.type
            if kind == "pair":
                key = parent.child_by_field_name("key")
                if key is not None and key != child:
                    found.append(Given("slot", self._text(key).strip("rbuRBU\"'"), "key"))
                else:
                    found.append(Given("key", ""))
            elif kind in ("keyword_argument", "default_parameter", "typed_default_parameter"):
                name = parent.child_by_field_name("name")
                keyword = self._text(name) if name is not None else ""
                is_variable = kind != "keyword_argument"
                found.append(Given("slot", keyword, "variable" if is_variable else "keyword"))
                if kind != "keyword_argument":
                    break
            elif kind == "argument_list":
                call = parent.parent
                if call is None or call.type != "call":
                    break
                function = call.child_by_field_name("function")
                plain = [n for n in parent.named_children if n.type != "comment"]
                at = keyword or str(plain.index(child) if child in plain else 0)
                called = self._text(function) if function is not None else ""
                found.append(Given("call", "".join(called.split()), at))
                if called.endswith("parametrize") and at == "1":
                    for name in re.findall(r"\w+", self._text(plain[0])):
                        found.append(Given("slot", name, "variable"))
                keyword = ""
                parent = call
            elif kind in ("assignment", "augmented_assignment", "named_expression"):
                left = parent.child_by_field_name("left") or parent.child_by_field_name("name")
                is_type = parent.child_by_field_name("type")
                if is_type is not None and is_type == child:
                    found.append(Given("annotation", ""))
                elif left is not None and left != child:
                    if left.type == "subscript":  # os.environ["APP_MODULE"] = "shop.orders"
                        for key in left.children_by_field_name("subscript"):
                            found.append(Given("slot", self._text(key).strip("rb\"'"), "key"))
                    found.append(Given("slot", self._text(left), "variable"))
                break
            elif kind in ("for_statement", "for_in_clause"):
                left = parent.child_by_field_name("left")
                found.append(
                    Given("slot", self._text(left) if left is not None else "", "variable")
                )
                break
            elif kind == "subscript":
                value = parent.child_by_field_name("value")
                if value is not None and value != child:
                    found.append(Given("subscript", self._text(value)))
            elif kind == "comparison_operator":
                found.append(Given("compared", self._text(parent)))
            elif kind in ("type", "generic_type", "type_parameter"):
                found.append(Given("annotation", ""))
            elif kind not in _THROUGH:
                break
            child, parent = parent, parent.parent
        return found
