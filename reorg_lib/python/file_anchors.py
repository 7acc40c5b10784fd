"""Uses of `__file__`, and by how many folders each goes up.

Understood are `Path(__file__)` with `.parent`, `os.path` functions, and plain string operations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tree_sitter import Node

from reorg_lib.model import FileAnchor

_SAME = frozenset({"abspath", "realpath", "normpath", "fspath", "str", "Path", "PurePath"})
_AS_WRITTEN = frozenset({"fspath", "str", "Path", "PurePath", "expanduser", "as_posix", "absolute"})
_SAME_METHODS = frozenset({"resolve", "absolute", "expanduser", "as_posix"})
_SEPARATORS = frozenset({'"/"', "'/'", "os.sep", "os.path.sep", "sep"})
_DOTS = frozenset({'"."', "'.'"})
_FILE = re.compile(rb"\b__file__\b")
_SPELLED = re.compile(rb"__file__|__spec__|getfile|getsourcefile")
_OTHERWISE = re.compile(rb"\bgetfile\b|\bgetsourcefile\b|\b__spec__\b|\b__file__\b")
_OWN_FILE = re.compile(
    r"(?:inspect\.)?get(?:source)?file\((?:inspect\.)?currentframe\(\)\)"
    r"|(?:inspect\.)?get(?:source)?file\(sys\.modules\[__name__\]\)"
    r"|sys\.modules\[__name__\]\.__file__|__spec__\.origin"
)
_UPWARDS = re.compile(r"\.\.(?:/\.\.)*/?")

_Text = Callable[[Node], str]


@dataclass(frozen=True, slots=True)
class _Reach:
    """An expression whose value is a path `climbs` folders above the file (None: unknown).

    `open_end` is True while the path ends with `".."`; a `.parent` would remove that part again.
    """

    node: Node
    climbs: int | None
    open_end: bool = False


def find_anchors(root: Node, content: bytes, text: _Text) -> tuple[FileAnchor, ...]:
    """Return each use of `__file__` with the longest expression that is understood.

    A variable that holds the file's path is followed: after `here = Path(__file__)`, the
    expression `here.parent` is an anchor too. `other.__file__` is the path of another module and
    is left out.
    """
    if not _SPELLED.search(content):
        return ()
    reaches: list[_Reach] = []
    for node in (*_identifiers(root, content, _FILE), *_otherwise(root, content, text)):
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


# inspect.getfile(inspect.currentframe())        sys.modules[__name__].__file__
def _otherwise(root: Node, content: bytes, text: _Text) -> Iterator[Node]:
    """Yield the expressions that have the same value as `__file__`."""
    for match in _OTHERWISE.finditer(content):
        node = root.named_descendant_for_byte_range(match.start(), match.end())
        while node is not None and node.type in ("identifier", "attribute", "call"):
            if _OWN_FILE.fullmatch("".join(text(node).split())):
                yield node
                break
            node = node.parent


def _is_attribute(node: Node) -> bool:
    parent = node.parent
    return (
        parent is not None
        and parent.type in ("attribute", "keyword_argument")
        and node in (parent.child_by_field_name("attribute"), parent.child_by_field_name("name"))
    )


def _assigned_name(reach: _Reach) -> Node | None:
    """Return `here` of `here = Path(__file__)`: a variable that holds the file's path."""
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
    """Extend the expression outwards as long as its value can be determined."""
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
        right = parent.child_by_field_name("right")
        return _through_join(reach, reach.climbs, parent, [right] if right else [], text)
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
        return _through_join(reach, climbs, call, given[1:], text)
    if len(given) > 1:
        return None
    if name == "dirname":
        return _Reach(call, None if reach.open_end else climbs + 1)
    return _Reach(call, climbs, reach.open_end and name in _AS_WRITTEN) if name in _SAME else None


def _through_attribute(reach: _Reach, climbs: int, attribute: Node, text: _Text) -> _Reach | None:
    name = attribute.child_by_field_name("attribute")
    outer = attribute.parent
    if name is None or outer is None:
        return None
    word = text(name)
    if word == "parent":
        return _Reach(attribute, None if reach.open_end else climbs + 1)
    if word == "parents":
        index = outer.child_by_field_name("subscript") if outer.type == "subscript" else None
        known = index is not None and index.type == "integer" and text(index).isdecimal()
        if index is None or not known or reach.open_end:
            return _Reach(attribute if index is None else outer, None)
        return _Reach(outer, climbs + int(text(index)) + 1)
    if outer.type == "call" and word in _SAME_METHODS:
        return _Reach(outer, climbs, reach.open_end and word in _AS_WRITTEN)
    if outer.type == "call" and word == "joinpath":
        arguments = outer.child_by_field_name("arguments")
        given = arguments.named_children if arguments is not None else []
        return _through_join(reach, climbs, outer, given, text)
    if outer.type == "call" and ("partition" in word or "split" in word):
        return _through_cut(climbs, outer, word, text)
    return None


# abspath(__file__).rsplit("/", 2)[0]        __file__.rpartition(os.sep)[0]
def _through_cut(climbs: int, call: Node, word: str, text: _Text) -> _Reach | None:
    whole = call.parent
    arguments = call.child_by_field_name("arguments")
    given = [text(node) for node in arguments.named_children] if arguments is not None else []
    if whole is not None and whole.type == "subscript" and given:
        index = whole.child_by_field_name("subscript")
        steps = given[1].rpartition("=")[2].strip() if len(given) == 2 else ""
        is_head = index is not None and text(index) == "0"
        if is_head and given[0] in _DOTS and (word, steps) in (("rsplit", "1"), ("rpartition", "")):
            return _Reach(whole, climbs)  # the path without its suffix
        if is_head and given[0] in _SEPARATORS:
            if word == "rsplit" and steps.isdecimal():
                return _Reach(whole, climbs + int(steps))
            if word == "rpartition" and len(given) == 1:
                return _Reach(whole, climbs + 1)
    return _Reach(call, None) if climbs == 0 else None


def _through_join(
    reach: _Reach, climbs: int, whole: Node, parts: list[Node], text: _Text
) -> _Reach | None:
    """Count the `..` at the start of a join; the parts after them make no difference."""
    # dirname(__file__), "..", "../x"        here / ".." / "x"
    steps = 0
    ends = False
    for part in parts:
        said = text(part).strip("rbfuRBFU\"'")
        match = _UPWARDS.match(said) if part.type == "string" else None
        if match is None or (len(said) > match.end() and not match.group().endswith("/")):
            break
        steps += match.group().count("..")
        ends = match.end() == len(said)
        if not ends:
            break
    return _Reach(whole, climbs + steps, ends) if steps else None
