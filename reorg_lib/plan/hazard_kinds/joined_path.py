"""Paths that Python code puts together from pieces, and that lead to a file which moves.

Valid (told):   `os.path.join(here, "shop", "version.py")`    `Path("shop") / "orders.py"`
                `Path(__file__).parent / "worker.py"`         `run(["python", "a.py"], cwd="shop")`
Invalid (not):  `"shop/version.py"` in one piece is renamed as text; `tmp_path / "orders.py"` is a
                file of the test's own,.

No piece alone names the file, so no rewrite finds it. The fix names the new place from the same
folder, in the author's own spelling.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.folder_meant import folder_of
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard
from reorg_lib.plan.hazard_kinds.places import Places, places_of

KIND = "joined-path"
_OF_PACKAGE = re.compile(r"\bfiles\(|__path__")  # the kind `package-data` tells these
_JOINS = ("join", "joinpath", "Path", "PurePath", "PosixPath", "WindowsPath")
_DIRECTORIES = ("cwd", "chdir", "directory", "working_dir", "workdir")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the joined paths that lead to a file at its old place."""
    moved: dict[str, list[str]] = defaultdict(list)
    for path, target in ground.fate.items():
        if target is not None and target != path:
            moved[posixpath.basename(path)].append(path)
    if not moved:
        return
    places = places_of(ground)
    for code in ground.python(*(name.encode() for name in moved)):
        for node in code.nodes("string"):
            said = code.literal(node)
            if said and posixpath.basename(said) in moved:
                joined = _joined(node, code)
                yield from _told(joined, code, ground, places) if joined else ()


@dataclass(frozen=True, slots=True)
class _Joined:
    """`base` joined with the literals `pieces`; `sign` stands between them. No base: None."""

    base: Node | None
    pieces: tuple[Node, ...]
    sign: str

    def tail(self, code: Code) -> str:
        return "/".join((code.literal(piece) or "").strip("/") for piece in self.pieces)


def _joined(node: Node, code: Code) -> _Joined | None:
    """Return what a literal is joined with on its left; None where it ends no joined path."""
    parent = node.parent
    if parent is None:
        return None
    if parent.type == "binary_operator" and parent.child_by_field_name("right") == node:
        sign = parent.child_by_field_name("operator")
        return _divided(parent, code) if sign is not None and sign.type == "/" else None
    call = _call_around(parent, code)
    if call is None:
        return None
    if call.name.rpartition(".")[2] in _JOINS and node in call.arguments:
        at = call.arguments.index(node)
        if at != len(call.arguments) - 1:
            return None
        start = at
        while start and call.arguments[start - 1].type == "string":
            start -= 1
        base = call.arguments[start - 1] if start else None
        if base is None and call.name.endswith(".joinpath"):
            function = call.node.child_by_field_name("function")
            base = function.child_by_field_name("object") if function is not None else None
        return _Joined(base, call.arguments[start:], ", ")
    for keyword in _DIRECTORIES:
        if keyword in call.keywords and node != call.keywords[keyword]:
            return _Joined(call.keywords[keyword], (node,), "")
    return None


# base / "shop" / "orders.py"
def _divided(node: Node, code: Code) -> _Joined | None:
    pieces: list[Node] = []
    inner: Node | None = node
    while inner is not None and inner.type == "binary_operator":
        right = inner.child_by_field_name("right")
        if right is None or right.type != "string":
            break
        pieces.insert(0, right)
        inner = inner.child_by_field_name("left")
    return _Joined(inner, tuple(pieces), " / ")


def _call_around(node: Node, code: Code) -> Call | None:
    """The call that a literal is given to, also in a list of words."""
    outer = node.parent if node.type in ("list", "tuple") else node
    if outer is None or outer.type != "argument_list":
        return None
    return next((call for call in code.calls if call.node == outer.parent), None)


def _told(joined: _Joined, code: Code, ground: Ground, places: Places) -> Iterator[Hazard]:
    tail = joined.tail(code)
    folder, landing = _base(joined, code, ground, places)
    if folder is None:
        path, landing = places.spelled(tail) if "/" in tail else None, None
        folder = path.removesuffix(tail).rstrip("/") if path else None
    else:
        path = posixpath.normpath(posixpath.join(folder, tail))
    target = ground.fate.get(path) if path else None
    if path is None or folder is None or target in (None, path):
        return
    landing = folder if landing is None else landing
    wanted = posixpath.relpath(target or "", landing or ".")
    if wanted == tail:
        return
    first, last = joined.pieces[0], joined.pieces[-1]
    typed = landing == folder and ".." not in wanted and not _is_renamed(joined, code, places)
    yield hazard(
        KIND,
        code.path,
        code.line(last),
        f'"{tail}" is put together with {_shown(folder)} to the path of {path}, which moves to '
        f"{target}: name the new place",
        span=(first.start_byte, last.end_byte),
        fix=_spelled(wanted, joined, code) if typed else None,
    )


def _base(
    joined: _Joined, code: Code, ground: Ground, places: Places
) -> tuple[str | None, str | None]:
    """The folder that the base is, before and after the moves; None where that is not known."""
    if joined.base is None or _OF_PACKAGE.search(code.text(joined.base)):
        return None, None
    folder = folder_of(joined.base, code, ground, places)
    if folder is not None:
        written = (code.literal(string) or "" for string in code.strings(joined.base))
        is_renamed = any("/" in text for text in written)
        return folder, places.after(folder) if is_renamed else folder
    climbs = _climbs(joined.base, code, ground)
    target = ground.fate.get(code.path)
    if climbs is None or target is None:
        return None, None
    return _above(code.path, climbs), _above(target, climbs)


def _climbs(node: Node, code: Code, ground: Ground) -> int | None:
    module = ground.files.get(code.path)
    value = code.constant(code.text(node)) if node.type == "identifier" else node
    for anchor in module.syntax.anchors if module is not None and value is not None else ():
        if value and (anchor.start, anchor.end) == (value.start_byte, value.end_byte):
            return anchor.climbs
    return None


def _above(path: str, climbs: int) -> str:
    return "/".join(path.split("/")[:-climbs]) if climbs else path


def _is_renamed(joined: _Joined, code: Code, places: Places) -> bool:
    """Whether a piece is renamed as a text, because it is the whole path of a folder."""
    said = [code.literal(piece) or "" for piece in joined.pieces]
    known = [path for text in said if "/" in text and (path := places.spelled(text.strip("/")))]
    return any(places.after(path) not in (None, path) for path in known)


def _spelled(wanted: str, joined: _Joined, code: Code) -> str | None:
    """The pieces of the new path as the old ones are written; None where they are not plain."""
    first = code.text(joined.pieces[0])
    quote = first[:1]
    if quote not in ("'", '"') or first.startswith(quote * 3):
        return None
    if not joined.sign or "/" in (code.literal(joined.pieces[-1]) or ""):
        return f"{quote}{wanted}{quote}" if len(joined.pieces) == 1 else None
    return joined.sign.join(f"{quote}{piece}{quote}" for piece in wanted.split("/"))


def _shown(folder: str) -> str:
    return f"{folder}/" if folder else "the repository's root"
