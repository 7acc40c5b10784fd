"""A path that code joins from pieces and that leads to a file which moves.

No piece alone is the path of the file, so no rewrite finds it, and the file is missing after the
move. The fix names the new place from the same folder, written in the same way.

Breaks:
    run.py:
        import os
        FILE = os.path.join("shop", "orders.py")
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
    fix: "shop", "sales", "orders.py"

Safe:
    run.py:
        FILE = "shop/orders.py"
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.folder_expressions import folder_value
from reorg_lib.hazards.reading.moved_paths import MovedPaths, moved_paths
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.model import Hazard

KIND = "joined-path"
_OF_PACKAGE = re.compile(r"\bfiles\(|__path__")  # the kind `package-data` reports these
_ENDS = re.compile(rb"[\"'/]([\w.-]+)[\"']")  # how a text ends that may end a path
_JOINS = ("join", "joinpath", "Path", "PurePath", "PosixPath", "WindowsPath")
_DIRECTORIES = ("cwd", "chdir", "directory", "working_dir", "workdir")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the joined paths that lead to a file or folder at its old place."""
    places = moved_paths(context)
    moved = {posixpath.basename(p).encode() for p, new in places.new_paths.items() if new != p}
    if not moved:
        return
    for path, content in context.texts():
        if not path.endswith(".py") or moved.isdisjoint(_ENDS.findall(content)):
            continue
        code = context.code(path)
        for node in code.nodes("string"):
            joined = _joined(node, code) if code.literal(node) else _in_f_string(node, code)
            if joined and posixpath.basename(joined.tail(code)).encode() in moved:
                yield from _told(joined, code, context, places)


@dataclass(frozen=True, slots=True)
class _Joined:
    """`base` joined with the literals `pieces`, with `sign` between them. No base: None."""

    base: Node | None
    pieces: tuple[Node, ...]
    sign: str
    up: int = 0

    def tail(self, code: Code) -> str:
        said = (code.literal(piece) or code.text(piece) for piece in self.pieces)
        return "/".join(word.strip("/") for word in said)


def _joined(node: Node, code: Code) -> _Joined | None:
    """Return what a literal is joined with on its left; None if it does not end a joined path."""
    parent = node.parent
    if parent is None:
        return None
    if parent.type == "binary_operator" and parent.child_by_field_name("right") == node:
        sign = parent.child_by_field_name("operator")
        if sign is not None and sign.type == "+" and (code.literal(node) or "").startswith("/"):
            return _Joined(parent.child_by_field_name("left"), (node,), "+")
        return _divided(parent, code) if sign is not None and sign.type == "/" else None
    call = code.call_around(parent if parent.type in ("list", "tuple") else node)
    if call is None:
        return None
    function = call.node.child_by_field_name("function")
    on = function.child_by_field_name("object") if function is not None else None
    if call.name.endswith(".with_name") and on is not None:
        return _Joined(on, (node,), ", ", up=1)
    if node in call.arguments and node == call.arguments[-1]:
        start = len(call.arguments) - 1
        while start and call.arguments[start - 1].type == "string":
            start -= 1
        pieces = call.arguments[start:]
        if call.name.rpartition(".")[2] in _JOINS:
            base = call.arguments[start - 1] if start else None
            return _Joined(
                on if base is None and call.name.endswith(".joinpath") else base, pieces, ", "
            )
        if len(pieces) > 1:  # read("shop", "version.py")
            return _Joined(None, pieces, ", ")
    for keyword in _DIRECTORIES:
        if keyword in call.keywords and node != call.keywords[keyword]:
            return _Joined(call.keywords[keyword], (node,), "")
    return None


# f"{HERE}/worker.py"
def _in_f_string(node: Node, code: Code) -> _Joined | None:
    match node.named_children:
        case [_, base, last, _] | [base, last] if base.type == "interpolation":
            pass
        case _:
            return None
    if last.type != "string_content" or not code.text(last).startswith("/"):
        return None
    return _Joined(base.named_children[0], (last,), "f") if base.named_children else None


# base / "shop" / "orders.py"
def _divided(node: Node, code: Code) -> _Joined | None:
    outer = node.parent
    if outer is not None and outer.type == "binary_operator":
        right = outer.child_by_field_name("right")
        if right is not None and right.type == "string" and right != node:
            return None  # the path goes on
    pieces: list[Node] = []
    inner: Node | None = node
    while inner is not None and inner.type == "binary_operator":
        right = inner.child_by_field_name("right")
        if right is None or right.type != "string":
            break
        pieces.insert(0, right)
        inner = inner.child_by_field_name("left")
    return _Joined(inner, tuple(pieces), " / ")


def _told(
    joined: _Joined, code: Code, context: HazardContext, places: MovedPaths
) -> Iterator[Hazard]:
    tail = joined.tail(code)
    folder, landing = _base(joined, code, context, places)
    if folder is None:
        path, landing = places.resolve(tail) if "/" in tail else None, None
        folder = path.removesuffix(tail).rstrip("/") if path else None
    else:
        path = posixpath.normpath(posixpath.join(folder, tail))
    if path is None or folder is None or path not in places.new_paths:
        return
    if len(joined.pieces) == 1 and (joined.base is None or places.resolve(tail) == path):
        return  # the whole path in one text, which is renamed
    target = places.after(path)
    if target == path or (target is None and path in context.new_paths):
        return
    landing = folder if landing is None else landing
    wanted = posixpath.relpath(target or "..", landing or ".")
    if wanted == tail:
        return
    first, last = joined.pieces[0], joined.pieces[-1]
    typed = landing == folder and ".." not in wanted and not _is_renamed(joined, code, places)
    yield hazard(
        KIND,
        code.path,
        code.line(last),
        f'"{tail}" is joined with {_shown(folder)} to the path of {path}, which moves to '
        f"{target}: write the new path",
        span=(first.start_byte, last.end_byte),
        fix=_spelled(wanted, joined, code) if typed else None,
    )


def _base(
    joined: _Joined, code: Code, context: HazardContext, places: MovedPaths
) -> tuple[str | None, str | None]:
    """The folder of the base, before and after the moves; None if that is not known."""
    if joined.base is None or _OF_PACKAGE.search(code.text(joined.base)):
        return None, None
    folder = folder_value(joined.base, code, context, places)
    if folder is not None and not joined.up:
        written = (code.literal(string) or "" for string in code.strings(joined.base))
        is_renamed = any("/" in text for text in written)
        return folder, places.after(folder) if is_renamed else folder
    climbs = _climbs(joined.base, code, context)
    target = context.new_paths.get(code.path)
    if climbs is None or target is None:
        return None, None
    climbs += joined.up
    return _above(code.path, climbs), _above(target, climbs)


def _climbs(node: Node, code: Code, context: HazardContext) -> int | None:
    module = context.files.get(code.path)
    value = code.constant(code.text(node)) if node.type == "identifier" else node
    for anchor in module.syntax.anchors if module is not None and value is not None else ():
        if value and (anchor.start, anchor.end) == (value.start_byte, value.end_byte):
            return anchor.climbs
    return None


def _above(path: str, climbs: int) -> str:
    return "/".join(path.split("/")[:-climbs]) if climbs else path


def _is_renamed(joined: _Joined, code: Code, places: MovedPaths) -> bool:
    """Whether a piece is renamed as a text, because it is the whole path of a folder."""
    said = [code.literal(piece) or "" for piece in joined.pieces]
    known = [path for text in said if "/" in text and (path := places.resolve(text.strip("/")))]
    return any(places.after(path) not in (None, path) for path in known)


def _spelled(wanted: str, joined: _Joined, code: Code) -> str | None:
    """The pieces of the new path in the form of the old ones; None if they are not plain."""
    if joined.sign == "f":
        return f"/{wanted}"
    first = code.text(joined.pieces[0])
    quote = first[:1]
    if quote not in ("'", '"') or first.startswith(quote * 3):
        return None
    if joined.sign == "+":
        return f"{quote}/{wanted}{quote}"
    if joined.up and "/" in wanted:
        return None  # with_name takes one name
    if not joined.sign or "/" in (code.literal(joined.pieces[-1]) or ""):
        return f"{quote}{wanted}{quote}" if len(joined.pieces) == 1 else None
    return joined.sign.join(f"{quote}{piece}{quote}" for piece in wanted.split("/"))


def _shown(folder: str) -> str:
    return f"{folder}/" if folder else "the repository's root"
