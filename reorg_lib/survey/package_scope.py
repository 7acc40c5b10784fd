"""The search for the package to survey, and for the folder that is on `sys.path`.

It uses paths, and the absolute names in import statements.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reorg_lib.errors import PackageNotFound
from reorg_lib.model import Syntax
from reorg_lib.python.dotted_names import is_importable

_TESTS = frozenset({"test", "tests"})


@dataclass(frozen=True, slots=True)
class PackageScope:
    """The package's dotted name and the folder that contains its first part ("." for the root)."""

    package: str
    source_root: str


def find_scope(
    syntaxes: Mapping[str, Syntax], package: str | None, usual: Collection[str]
) -> PackageScope:
    """Find the package among the Python files, given as path → syntax.

    `package` is a dotted name (`app.infrastructure`), a folder (`server/app/infrastructure`), or
    None for the one package with a `usual` name. Of several folders that end in the dotted name,
    the one nearest to the root is taken.

    Raises:
        PackageNotFound: none fits, or several do; the text says what to give instead.
    """
    folders = _folders(syntaxes)
    if package is None:
        folder = _usual_folder(folders, syntaxes, usual)
        return _split(folder, "", syntaxes)
    if "/" in package:
        folder = package.strip("/").removeprefix("./")
        if folder not in folders:
            raise PackageNotFound(
                f"there is no tracked Python file under {folder}/; give a folder as git lists it, "
                "or a dotted name such as app.infrastructure"
            )
        return _split(folder, "", syntaxes)
    if not all(is_importable(part) for part in package.split(".")):
        raise PackageNotFound(f"{package!r} is no dotted name; give one such as app.infrastructure")
    return _split(_named_folder(folders, package), package, syntaxes)


def _folders(paths: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for path in paths:
        while path := path.rpartition("/")[0]:
            found.add(path)
    return frozenset(found)


def _named_folder(folders: frozenset[str], package: str) -> str:
    ending = "/" + package.replace(".", "/")
    fitting = sorted((f.count("/"), f) for f in folders if f"/{f}".endswith(ending))
    if not fitting:
        last = package.rpartition(".")[2]
        near = sorted(f for f in folders if f.rpartition("/")[2] == last)
        hint = f" (did you mean {', '.join(near[:5])}?)" if near else ""
        raise PackageNotFound(
            f"there is no tracked package {package}{hint}; give its dotted name, starting at the "
            "folder that is on sys.path, and commit its files first"
        )
    nearest = [folder for depth, folder in fitting if depth == fitting[0][0]]
    if len(nearest) > 1:
        raise PackageNotFound(
            f"{package} may be any of {', '.join(nearest)}; give the folder itself, "
            f"as in --package {nearest[0]}"
        )
    return nearest[0]


def _usual_folder(
    folders: frozenset[str], syntaxes: Mapping[str, Syntax], usual: Collection[str]
) -> str:
    named = sorted(
        folder
        for folder in folders
        if folder.rpartition("/")[2] in usual and not _TESTS & set(folder.split("/"))
    )
    outer = [f for f in named if not any(f.startswith(f"{other}/") for other in named)]
    if not outer:
        there = _outermost_packages(folders, syntaxes)
        listed = "".join(f"\n  --package {name}" for name in there)
        choices = f"; there are{listed}" if there else ", as in --package app.infrastructure"
        raise PackageNotFound(
            f"no tracked package is named {', '.join(sorted(usual))}; "
            f"say which one to survey{choices}"
        )
    if len(outer) > 1:
        names = [_split(folder, "", syntaxes).package for folder in outer]
        given = outer if len(set(names)) < len(names) else names
        listed = "\n".join(f"  --package {name}" for name in given)
        around = os.path.commonpath([name.replace(".", "/") for name in names]).replace("/", ".")
        if around and given is names:
            listed += f"\nor, for all of them at once,\n  --package {around}"
        raise PackageNotFound(f"there are several such packages; give one of\n{listed}")
    return outer[0]


def _outermost_packages(folders: frozenset[str], syntaxes: Mapping[str, Syntax]) -> list[str]:
    """Return the dotted names of the outermost packages, the largest first, at most ten."""
    outer = [
        folder
        for folder in sorted(folders)
        if f"{folder}/__init__.py" in syntaxes
        and f"{folder.rpartition('/')[0]}/__init__.py" not in syntaxes
        and _TESTS.isdisjoint(folder.split("/"))
    ]
    size = {o: sum(path.startswith(f"{o}/") for path in syntaxes) for o in outer}
    ranked = sorted(outer, key=lambda folder: (-size[folder], folder))
    return [_split(folder, "", syntaxes).package for folder in ranked[:10]]


def _split(folder: str, given: str, syntaxes: Mapping[str, Syntax]) -> PackageScope:
    """Split a folder into source root and package name, at the place where importers do."""
    parts = folder.split("/")
    least = given.count(".") + 1 if given else 1
    splits = [".".join(parts[-size:]) for size in range(least, len(parts) + 1)]
    splits = [name for name in splits if all(map(is_importable, name.split(".")))]
    said = Counter[str]()
    for syntax in syntaxes.values():
        for statement in syntax.imports:
            names = [statement.module] if statement.is_from else [n.name for n in statement.names]
            for name in names if not statement.level else ():
                said.update(s for s in splits if f"{name}.".startswith(f"{s}."))
    fallback = given or _by_init_files(parts, syntaxes)
    best = max(splits, key=lambda s: (said[s], s == fallback), default=fallback)
    root = "/".join(parts[: len(parts) - best.count(".") - 1])
    return PackageScope(best, root or ".")


def _by_init_files(parts: list[str], syntaxes: Mapping[str, Syntax]) -> str:
    top = len(parts) - 1
    while top and "/".join([*parts[:top], "__init__.py"]) in syntaxes:
        top -= 1
    return ".".join(parts[top:])
