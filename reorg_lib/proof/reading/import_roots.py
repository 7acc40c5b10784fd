"""The folders, besides the source root, at which imports start, as the proof finds them.

A folder counts if an absolute import names a file below it, or if a relative import is in a package
outside the source root. The survey has its own search for the same folders.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Protocol


class Line(Protocol):
    """An import, as far as it is needed here: its dots, and the dotted name after them."""

    @property
    def level(self) -> int: ...
    @property
    def base(self) -> str: ...


class Imports(Protocol):
    """A file, as far as it is needed here: its imports."""

    @property
    def imports(self) -> Collection[Line]: ...


def other_roots(
    files: Collection[str], readings: Mapping[str, Imports], source_root: str
) -> tuple[str, ...]:
    """Return the other folders at which imports start, the deepest first."""
    main = "" if source_root == "." else source_root + "/"
    known = {
        path[len(main) :].split("/")[0].removesuffix(".py") for path in files if _in(path, main)
    }
    known |= sys.stdlib_module_names
    homes: dict[str, set[str]] = defaultdict(set)
    folders = {""}
    for path in files:
        parts = path.removesuffix(".py").split("/")
        folders |= {"/".join(parts[:at]) for at in range(1, len(parts))}
        for at, part in enumerate(parts):
            homes[part].add("/".join(parts[:at]))
    found: set[str] = set()
    fits: dict[str, list[str]] = {}
    for path, reading in readings.items():
        for line in reading.imports:
            first = line.base.partition(".")[0]
            if line.level and not _in(path, main):
                found |= set(_above(path, files))
            elif not line.level and first not in known:
                name = line.base
                if name not in fits:
                    fits[name] = [h for h in homes.get(first, ()) if _fits(name, h, files, folders)]
                fitting = fits[name]
                around = [home for home in fitting if not home or path.startswith(f"{home}/")]
                found |= {max(around, key=len)} if around else set(fitting[: len(fitting) == 1])
    found -= {main.rstrip("/")}
    return tuple(sorted((home or "." for home in found), key=_depth))


def _fits(name: str, home: str, files: Collection[str], folders: Collection[str]) -> bool:
    prefix = f"{home}/" if home else ""
    place = prefix + name.replace(".", "/")
    is_package = f"{prefix}{name.partition('.')[0]}/__init__.py" in files
    return (
        f"{prefix}__init__.py" not in files
        and (is_package or (not home and "." in name))
        and (f"{place}.py" in files or place in folders)
    )


def _above(path: str, files: Collection[str]) -> Iterator[str]:
    folder, _, _ = path.rpartition("/")
    if f"{folder}/__init__.py" in files:
        while folder and f"{folder}/__init__.py" in files:
            folder = folder.rpartition("/")[0]
        yield folder


def _in(path: str, main: str) -> bool:
    return path.startswith(main)


def _depth(root: str) -> tuple[int, str]:
    return (0 if root == "." else -1 - root.count("/"), root)
