"""Folders that are listed when the program runs.

`Path("shop/infra/old").glob("*.py")`, `os.listdir(old.__path__[0])`: the answer is what lies there
on that day. Modules that leave are not in it any more, those that come are, and nothing fails.
"""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Iterator

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.folder_meant import folder_of
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.plan.hazard_kinds.places import Places, places_of

KIND = "folder-listing"
_OF_A_PATH = {"glob", "rglob", "iterdir"}
_OF_THE_SYSTEM = {"listdir", "scandir", "walk"}


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the listings of a folder in which other modules lie after the moves."""
    words = [f"{name}(".encode() for name in (*_OF_A_PATH, "iglob", *_OF_THE_SYSTEM)]
    places = places_of(ground)
    for code in ground.python(*words):
        for call in code.calls_of(*_OF_A_PATH, "iglob", *_OF_THE_SYSTEM):
            found = _listed(call, code, ground, places)
            if found is not None:
                yield from _judge(call, found, code, ground, places)


def _listed(call: Call, code: Code, ground: Ground, places: Places) -> tuple[str, str, bool] | None:
    """What is listed: the folder, a pattern of names, and whether it goes into folders."""
    last = call.name.rpartition(".")[2]
    function = call.node.child_by_field_name("function")
    on = function.child_by_field_name("object") if function is not None else None
    given = call.arguments[0] if call.arguments else None
    pattern, node = "*", given
    if last in _OF_A_PATH and not (on is not None and code.text(on) == "glob"):
        node, pattern = on, code.literal(given) or "*"
    elif last in ("glob", "iglob"):
        said = code.literal(given)
        if said is not None:
            folder, _, pattern = said.rpartition("/")
            return _spelled(folder.partition("*")[0].rstrip("/"), pattern, "*" in folder, places)
        inner = next((c for c in code.calls if c.node == given), None)
        if inner is None or not inner.name.endswith("join") or not inner.arguments:
            return None
        pattern = code.literal(inner.arguments[-1]) or "*"
        folder_node = folder_of(inner.arguments[0], code, ground, places)
        return (folder_node, pattern, False) if folder_node is not None else None
    found = folder_of(node, code, ground, places)
    if found is None:
        return None
    inside, _, name = pattern.rpartition("/")
    return found, name, last in ("rglob", "walk") or "*" in inside


def _spelled(folder: str, pattern: str, deep: bool, places: Places) -> tuple[str, str, bool] | None:
    known = places.spelled(folder) if folder else None
    return (known, pattern, deep) if known is not None else None


def _judge(
    call: Call, found: tuple[str, str, bool], code: Code, ground: Ground, places: Places
) -> Iterator[Hazard]:
    folder, pattern, deep = found
    after = places.after(folder)
    before = {path for path in ground.fate if _matches(path, folder, pattern, deep)}
    lost = sorted(
        path
        for path in before
        if (new := ground.fate[path]) is None
        or after is None
        or not _matches(new, after, pattern, deep)
        or (not deep and posixpath.basename(new) != posixpath.basename(path))
    )
    come = sorted(
        path
        for path, new in ground.fate.items()
        if new and path not in before and after and _matches(new, after, pattern, deep)
    )
    lost = [path for path in lost if not path.endswith("__init__.py")]
    changes = [f"{listed(lost)} no longer"] if lost else []
    changes += [f"{listed(come)} as well"] if come else []
    if changes:
        yield hazard(
            KIND,
            code.path,
            code.line(call.node),
            f"`{code.text(call.node)[:80]}` lists what lies in {folder or 'the repository'}/ when "
            f"it runs: {', and '.join(changes)} after the moves; see what it does with them",
        )


def _matches(path: str, folder: str, pattern: str, deep: bool) -> bool:
    start = f"{folder}/" if folder else ""
    if not path.startswith(start) or not path.endswith(".py"):
        return False
    inner = path[len(start) :]
    return (deep or "/" not in inner) and fnmatch.fnmatchcase(posixpath.basename(path), pattern)
