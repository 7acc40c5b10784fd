"""What a file that nobody reviewed must not say once the modules have moved.

Owns the names that the script looks for, as text and in imports. Must not know the shell, nor how
an import is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.model import ChangeSet


def old_names(changeset: ChangeSet) -> list[str]:
    """Return the old names to look for; one that begins with another one is found with it."""
    root = changeset.scope.source_root
    names: list[str] = []
    for renamings in (changeset.modules, changeset.paths):
        found = {renaming.old.removeprefix(f"{root}/") for renaming in renamings}
        for name in sorted(name for name in found if name.isprintable()):
            if not (names and re.match(re.escape(names[-1]) + r"\W", name)):
                names.append(name)
    return names


def old_modules(changeset: ChangeSet) -> list[str]:
    """Return the modules that no import may name any more: renamed ones, and deleted ones."""
    renamed = {renaming.old for renaming in changeset.modules}
    deleted = {
        name
        for path, name in _sources(changeset)
        if not path.endswith("/__init__.py") and name not in _names_after(changeset)
    }
    return sorted(name for name in renamed | deleted if _is_importable(name))


def gone_packages(changeset: ChangeSet) -> list[str]:
    """Return the packages that lose their `__init__.py` and everything else that is known."""
    after = _names_after(changeset)
    return sorted(
        name
        for path, name in _sources(changeset)
        if path.endswith("/__init__.py")
        and _is_importable(name)
        and not any(f"{new}.".startswith(f"{name}.") for new in after)
    )


def _is_importable(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _sources(changeset: ChangeSet) -> Iterator[tuple[str, str]]:
    """Yield path and dotted name of each Python file below the source root that leaves."""
    for change in changeset.changes:
        if change.source and change.source != change.target and change.source.endswith(".py"):
            name = _dotted(changeset, change.source)
            if name:
                yield change.source, name


def _names_after(changeset: ChangeSet) -> set[str]:
    paths = (path for path in changeset.results() if path.endswith(".py"))
    return {name for name in (_dotted(changeset, path) for path in paths) if name}


def _dotted(changeset: ChangeSet, path: str) -> str | None:
    root = changeset.scope.source_root
    prefix = "" if root == "." else f"{root}/"
    if not path.startswith(prefix):
        return None
    return path.removeprefix(prefix).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
