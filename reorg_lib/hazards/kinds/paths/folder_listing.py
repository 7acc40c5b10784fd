"""A listing of the Python files in a folder, made when the program runs.

`Path("shop/old").glob("*.py")` and `os.listdir` return what lies there at that moment. Modules that
leave are missing and modules that arrive are added, and nothing fails. Check what the program does
with the list.

Breaks:
    run.py:
        from pathlib import Path
        FILES = list(Path("shop/old").glob("*.py"))
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    run.py:
        from pathlib import Path
        FILES = list(Path("shop/old").glob("*.json"))
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, changes, hazard
from reorg_lib.hazards.reading.folder_expressions import folder_value
from reorg_lib.hazards.reading.moved_paths import MovedPaths, moved_paths
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.model import Hazard

KIND = "folder-listing"
_OF_A_PATH = {"glob", "rglob", "iterdir"}
_OF_THE_SYSTEM = {"listdir", "scandir", "walk"}


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the listings of a folder that has other modules after the moves."""
    words = [f"{name}(".encode() for name in (*_OF_A_PATH, "iglob", *_OF_THE_SYSTEM)]
    places = moved_paths(context)
    for code in context.python_files(*words):
        for call in code.calls_of(*_OF_A_PATH, "iglob", *_OF_THE_SYSTEM):
            found = _listed(call, code, context, places)
            if found is not None:
                yield from _judge(call, found, code, context, places)


def _listed(
    call: Call, code: Code, context: HazardContext, places: MovedPaths
) -> tuple[str, str, bool] | None:
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
        inner = code.call_of(given)
        if inner is None or not inner.name.endswith("join") or not inner.arguments:
            return None
        pattern = code.literal(inner.arguments[-1]) or "*"
        folder_node = folder_value(inner.arguments[0], code, context, places)
        return (folder_node, pattern, False) if folder_node is not None else None
    found = folder_value(node, code, context, places)
    if found is None:
        return None
    inside, _, name = pattern.rpartition("/")
    return found, name, last in ("rglob", "walk") or "*" in inside


def _spelled(
    folder: str, pattern: str, deep: bool, places: MovedPaths
) -> tuple[str, str, bool] | None:
    known = places.resolve(folder) if folder else None
    return (known, pattern, deep) if known is not None else None


def _judge(
    call: Call, found: tuple[str, str, bool], code: Code, context: HazardContext, places: MovedPaths
) -> Iterator[Hazard]:
    folder, pattern, deep = found
    after = places.after(folder)
    before = {path for path in context.new_paths if _matches(path, folder, pattern, deep)}
    lost = sorted(
        path
        for path in before
        if (new := context.new_paths[path]) is None
        or after is None
        or not _matches(new, after, pattern, deep)
        or (not deep and posixpath.basename(new) != posixpath.basename(path))
    )
    come = sorted(
        path
        for path, new in context.new_paths.items()
        if new and path not in before and after and _matches(new, after, pattern, deep)
    )
    lost = [path for path in lost if not path.endswith("__init__.py")]
    if lost or come:
        yield hazard(
            KIND,
            code.path,
            code.line(call.node),
            f"`{code.text(call.node)[:80]}` lists what lies in {folder or 'the repository'}/ when "
            f"it runs: {changes(lost, come)} after the moves; check what the program does "
            "with the list",
        )


def _matches(path: str, folder: str, pattern: str, deep: bool) -> bool:
    start = f"{folder}/" if folder else ""
    if not path.startswith(start) or not path.endswith(".py"):
        return False
    inner = path[len(start) :]
    return (deep or "/" not in inner) and fnmatch.fnmatchcase(posixpath.basename(path), pattern)
