"""A data file that the distribution no longer contains.

`MANIFEST.in` and the table `package-data` of setuptools ship files by pattern. A data file whose
new place matches no pattern is missing after an installation. Add a row or a line for it.

Breaks:
    MANIFEST.in:
        recursive-include shop/old *.json
    shop/old/rows.json, shop/old/db.py
    move shop/old/rows.json to shop/pg/rows.json

Safe:
    MANIFEST.in:
        recursive-include shop *.json
    shop/old/rows.json, shop/old/db.py
    move shop/old/rows.json to shop/pg/rows.json
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.globs import glob, glob_regex
from reorg_lib.hazards.reading.moved_paths import (
    MovedPaths,
    line_of,
    moved_paths,
)
from reorg_lib.model import Hazard

KIND = "shipped-data"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the data files that no pattern of the distribution matches at the new place."""
    for path, content in context.texts():
        if posixpath.basename(path) == "pyproject.toml":
            yield from _shipped(path, content, context)
        if posixpath.basename(path) == "MANIFEST.in":
            yield from _in_manifest(path, content, context, moved_paths(context))


# [tool.setuptools.package-data]
def _shipped(path: str, content: bytes, context: HazardContext) -> Iterator[Hazard]:
    try:
        tools = tomllib.loads(content.decode()).get("tool", {})
        table = tools.get("setuptools", {}).get("package-data", {})
        rows = [(str(k), str(p)) for k, patterns in table.items() for p in patterns]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError):
        return
    before: set[str] = set()
    after: set[str] = set()
    for package, pattern in rows:
        new = context.module_after(package)
        for file, target in context.new_paths.items():
            if not file.endswith(".py") and target is not None:
                if _ships(package, pattern, file, context):
                    before.add(file)
                if new is not None and _ships(new, pattern, target, context):
                    after.add(file)
    line = line_of(content, max(content.find(b"package-data"), 0))
    yield from _unshipped(path, line, "row of package-data", before - after, context)


# recursive-include shop/infra/old *.json        graft shop/infra/old
def _in_manifest(
    path: str, content: bytes, context: HazardContext, places: MovedPaths
) -> Iterator[Hazard]:
    """Data that a source distribution leaves out, because its line names the folder it was in."""
    base = f"{posixpath.dirname(path)}/" if "/" in path else ""
    data = {
        f: new for f, new in context.new_paths.items() if new is not None and not f.endswith(".py")
    }
    lost: dict[str, int] = {}
    found: set[str] = set()
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        for pattern in _included(line.split()):
            literal = base + re.split(r"/?[^/]*[*?\[]", pattern)[0]
            moved = places.after(literal) or literal
            old, new = (
                glob_regex(base + pattern),
                glob_regex(moved + (base + pattern)[len(literal) :]),
            )
            lost |= {file: lost.get(file, number) for file in data if old.fullmatch(file)}
            found |= {file for file, target in data.items() if new.fullmatch(target)}
    for number in sorted({lost[file] for file in lost.keys() - found}):
        files = {file for file in lost.keys() - found if lost[file] == number}
        yield from _unshipped(path, number, "line", files, context)


def _included(words: list[str]) -> list[str]:
    match words:
        case ["include", *patterns]:
            return patterns
        case ["global-include", *patterns]:
            return [f"**/{pattern}" for pattern in patterns]
        case ["recursive-include", folder, *patterns]:
            return [f"{folder.rstrip('/')}/**/{pattern}" for pattern in patterns]
        case ["graft", folder]:
            return [f"{folder.rstrip('/')}/**"]
    return []


def _unshipped(
    path: str, line: int, what: str, files: set[str], context: HazardContext
) -> Iterator[Hazard]:
    if lost := sorted(files):
        yield hazard(
            KIND,
            path,
            line,
            f"{listed(lost)} would no longer be shipped: no {what} matches the new place "
            f"({listed(str(context.new_paths[file]) for file in lost)}); add one",
        )


def _ships(package: str, pattern: str, file: str, context: HazardContext) -> bool:
    root = "" if context.survey.source_root == "." else context.survey.source_root + "/"
    if package in ("", "*"):
        return re.fullmatch(rf"{re.escape(root)}.+/" + glob(pattern), file) is not None
    folder = re.escape(root + package.replace(".", "/") + "/")
    return re.fullmatch(folder + glob(pattern), file) is not None
