"""Uses of `__file__`, and how many folders each climbs.

Owns the reading of `Path(__file__)` and `os.path` arithmetic. Must not know where the file lies
or what a move would do to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tree_sitter import Node

from reorg_lib.model import FileAnchor

_SAME = frozenset({"abspath", "realpath", "normpath", "fspath", "str", "Path", "PurePath"})
_SAME_METHODS = frozenset({"resolve", "absolute", "expanduser", "as_posix"})
_FILE = re.compile(rb"\b__file__\b")

_Text = Callable[[Node], str]


@dataclass(frozen=True, slots=True)
class _Reach:
    """An expression that yields a path `climbs` folders above the file (None: unknown)."""

    node: Node
    climbs: int | None


def find_anchors(root: Node, content: bytes, text: _Text) -> tuple[FileAnchor, ...]:
    """Return each use of `__file__` with the longest expression that is understood.

    A plain name for the file itself is followed: after `here = Path(__file__)` the expression
    `here.parent` is an anchor too. `other.__file__` speaks of another module and is left out.
    """
    if b"__file__" not in content:
        return ()
    reaches: list[_Reach] = []
    for node in _identifiers(root, content, _FILE):
        reach = _climb(_Reach(node, 0), text)
        reaches.append(reach)
        name = _assigned_name(reach)
        if name is not None:
            reaches.extend(_through_name(root, content, name, text))
    return tuple(sorted(_anchor(reach, text) for reach in reaches))


def _anchor(reach: _Reach, text: _Text) -> FileAnchor:
    node = reach.node
    return FileAnchor(
        node.start_point.row + 1, node.start_byte, node.end_byte, reach.climbs, text(node)
    )


def _identifiers(root: Node, content: bytes, pattern: re.Pattern[bytes]) -> Iterator[Node]:
    for match in pattern.finditer(content):
        node = root.named_descendant_for_byte_range(match.start(), match.end())
        if node is None or node.type != "identifier" or _is_attribute(node):
            continue
        if (node.start_byte, node.end_byte) == match.span():
            yield node


def _is_attribute(node: Node) -> bool:
    parent = node.parent
    return (
        parent is not None
        and parent.type in ("attribute", "keyword_argument")
        and node in (parent.child_by_field_name("attribute"), parent.child_by_field_name("name"))
    )


def _assigned_name(reach: _Reach) -> Node | None:
    """Return `here` of `here = Path(__file__)`: a name for the file itself."""
    parent = reach.node.parent
    if reach.climbs != 0 or parent is None or parent.type != "assignment":
        return None
    left = parent.child_by_field_name("left")
    return left if left is not None and left.type == "identifier" else None


def _through_name(root: Node, content: bytes, name: Node, text: _Text) -> Iterator[_Reach]:
    pattern = re.compile(rb"\b%s\b" % re.escape(content[name.start_byte : name.end_byte]))
    for use in _identifiers(root, content, pattern):
        reach = _climb(_Reach(use, 0), text)
        if reach.climbs != 0:
            yield reach


def _climb(reach: _Reach, text: _Text) -> _Reach:
    """Widen the expression as long as its value can be read off."""
    while reach.climbs is not None:
        wider = _step(reach, text)
        if wider is None:
            break
        reach = wider
    return reach


def _step(reach: _Reach, text: _Text) -> _Reach | None:
    parent = reach.node.parent
    if parent is None or reach.climbs is None:
        return None
    if parent.type == "parenthesized_expression":
        return replace(reach, node=parent)
    if parent.type == "argument_list":
        return _through_call(reach, reach.climbs, parent, text)
    if parent.type == "attribute":
        return _through_attribute(reach, reach.climbs, parent, text)
    if parent.type == "binary_operator" and parent.child_by_field_name("left") == reach.node:
        return _through_join(reach, parent, parent.child_by_field_name("right"), text)
    return None


def _through_call(reach: _Reach, climbs: int, arguments: Node, text: _Text) -> _Reach | None:
    # os.path.dirname(<reach>)    Path(<reach>)    os.path.join(<reach>, "..")
    call = arguments.parent
    function = call.child_by_field_name("function") if call is not None else None
    given = arguments.named_children
    if call is None or function is None or not given or given[0] != reach.node:
        return None
    name = text(function).rpartition(".")[2].strip()
    if name == "join" and len(given) > 1:
        return _through_join(reach, call, given[1], text)
    if len(given) > 1:
        return None
    if name == "dirname":
        return _Reach(call, climbs + 1)
    return _Reach(call, climbs) if name in _SAME else None


def _through_attribute(reach: _Reach, climbs: int, attribute: Node, text: _Text) -> _Reach | None:
    name = attribute.child_by_field_name("attribute")
    outer = attribute.parent
    if name is None or outer is None:
        return None
    word = text(name)
    if word == "parent":
        return _Reach(attribute, climbs + 1)
    if word == "parents":
        index = outer.child_by_field_name("subscript") if outer.type == "subscript" else None
        if index is None or index.type != "integer" or not text(index).isdecimal():
            return _Reach(attribute if index is None else outer, None)
        return _Reach(outer, climbs + int(text(index)) + 1)
    if outer.type == "call" and word in _SAME_METHODS:
        return _Reach(outer, climbs)
    if outer.type == "call" and word == "joinpath":
        arguments = outer.child_by_field_name("arguments")
        given = arguments.named_children if arguments is not None else []
        return _through_join(reach, outer, given[0] if given else None, text)
    if outer.type == "call" and climbs == 0 and ("partition" in word or "split" in word):
        return _Reach(outer, None)  # __file__.rsplit("/", 2)
    return None


def _through_join(reach: _Reach, whole: Node, part: Node | None, text: _Text) -> _Reach | None:
    """A step up hidden in a join is only lost where nothing else of the expression climbs."""
    # Path(__file__) / ".."
    if part is None or reach.climbs != 0 or not text(part).strip("rbfu\"'").startswith(".."):
        return None
    return _Reach(whole, None)
