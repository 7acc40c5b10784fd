"""Which names an expression of a Python file takes its value from.

These expressions pass a value on: a list contains its items, `x.strip()` is a part of x, `f(x)` is
something new unless `f` is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.text_references.scopes import KEY, Name, Scopes

_HOLDING = {
    "str", "list", "tuple", "set", "frozenset", "dict", "sorted", "reversed", "enumerate", "zip",
    "iter", "next", "map", "filter", "chain", "reduce", "deque", "OrderedDict", "format", "join",
    "MappingProxyType", "cast", "partial",
}  # fmt: skip
_KEEPING = {
    "strip", "lstrip", "rstrip", "split", "rsplit", "partition", "rpartition", "lower", "replace",
    "removeprefix", "removesuffix", "format", "encode", "decode", "splitlines", "items", "values",
    "keys", "copy", "get", "pop", "setdefault", "union", "intersection", "difference",
}  # fmt: skip
_NOTHING = {"comparison_operator", "not_operator", "lambda", "comment", "type"}


def names(node: Node, scopes: Scopes) -> Iterator[Name]:
    """Yield the names whose values an expression may have or contain."""
    kind = node.type
    if kind == "identifier":
        yield scopes.identifier(node.start_byte, scopes.text(node))
    elif kind == "attribute":
        yield _attribute(node, scopes)
    elif kind == "subscript":
        said = [*text_keys(node, scopes)]
        value = node.child_by_field_name("value")
        if said or value is None:
            yield from said
        else:
            yield from names(value, scopes)
    elif kind == "call":
        yield from _of_call(node, scopes)
    elif kind == "keyword_argument":
        if (value := node.child_by_field_name("value")) is not None:
            yield from names(value, scopes)
    elif kind == "conditional_expression":
        for child in (node.named_children[0], node.named_children[-1]):
            yield from names(child, scopes)
    elif kind.endswith("comprehension") or kind == "generator_expression":
        if (body := node.child_by_field_name("body")) is not None:
            yield from names(body, scopes)
    elif kind == "string":  # f"{package}.urls", and not f"shop.{name}"
        inner = node.named_children[1:2]
        if inner and inner[0].type == "interpolation":
            yield from names(inner[0], scopes)
    elif kind == "binary_operator":
        yield from _of_both(node, scopes)
    elif kind not in _NOTHING:
        for child in node.named_children:
            yield from names(child, scopes)


def keys(subscript: Node, scopes: Scopes) -> Iterator[Name]:
    """Yield the names by which something is looked up."""
    for key in subscript.children_by_field_name("subscript"):
        yield from names(key, scopes)


def text_keys(subscript: Node, scopes: Scopes) -> Iterator[Name]:
    """Yield the keys of a subscript that are written as texts."""
    for key in subscript.children_by_field_name("subscript"):
        if key.type == "string":
            yield KEY, scopes.text(key).strip("rb\"'")


def _attribute(node: Node, scopes: Scopes) -> Name:
    above, _, said = "".join(scopes.text(node).split()).rpartition(".")
    return scopes.attribute(node.start_byte, above, said)


# "shop." + name is no name of a module, package + ".urls" begins with one
def _of_both(node: Node, scopes: Scopes) -> Iterator[Name]:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return
    yield from names(left, scopes)
    if left.type != "string" or scopes.text(left)[1:].startswith("%s"):
        yield from names(right, scopes)


def _of_call(node: Node, scopes: Scopes) -> Iterator[Name]:
    function = node.child_by_field_name("function")
    given = node.child_by_field_name("arguments")
    if function is None or given is None:
        return
    said, above = scopes.text(function), function.child_by_field_name("object")
    plain = [child for child in given.named_children if child.type != "comment"]
    if above is not None:
        said = said.rpartition(".")[2].strip()
        if said in ("get", "pop", "setdefault") and plain and plain[0].type == "string":
            yield KEY, scopes.text(plain[0]).strip("rb\"'")
        elif said in _KEEPING:
            yield from names(above, scopes)
    elif said == "getattr" and len(plain) > 1 and plain[1].type == "string":
        name = scopes.text(plain[1]).strip("\"'")
        yield scopes.attribute(node.start_byte, scopes.text(plain[0]), name)
        plain = plain[2:]
    if said in _HOLDING or said == "getattr":
        for child in plain:
            yield from names(child, scopes)
