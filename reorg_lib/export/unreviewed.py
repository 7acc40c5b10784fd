"""What a file that nobody reviewed must not say once the modules have moved.

Owns the texts and expressions that the script gives to `git grep`. They can miss an import that
is spelled in an odd way, and never take a new name for an old one. Must not know the shell.
"""

from __future__ import annotations

import re

from reorg_lib.model import ChangeSet

_NO_WORD = "[^A-Za-z0-9_]"


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


def old_imports(changeset: ChangeSet) -> list[str]:
    """Return expressions for imports on one line that name a moved module by its package."""
    lines = []
    for package, names in _moved_out_of(changeset):
        any_name = "|".join(names)
        lines += [
            f"{_from(package)}[[:space:]]+import[[:space:](](.*{_NO_WORD})?({any_name})({_NO_WORD}|$)",
            f"{_from_relative(package)}[.]({any_name}){_NO_WORD}",
        ]
    return lines


def old_imports_in_brackets(changeset: ChangeSet) -> list[str]:
    """Return two expressions that both match in a file that does so over several lines."""
    packages = [package for package, _ in _moved_out_of(changeset)]
    names = sorted({name for _, names in _moved_out_of(changeset) for name in names})
    if not packages:
        return []
    opening = "|".join(_from(package) for package in packages)
    return [
        f"({opening})[[:space:]]+import[[:space:]]*[(][[:space:]]*(#.*)?$",
        f"^[[:space:]]+({'|'.join(names)})[[:space:]]*(,|#|as[[:space:]]|$)",
    ]


def _moved_out_of(changeset: ChangeSet) -> list[tuple[str, list[str]]]:
    """Return each package that modules leave, with their names in it."""
    packages: dict[str, set[str]] = {}
    for renaming in changeset.modules:
        package, _, name = renaming.old.rpartition(".")
        if package:
            packages.setdefault(package, set()).add(name)
    return [(package, sorted(names)) for package, names in sorted(packages.items())]


def _from(package: str) -> str:
    absolute = f"from[[:space:]]+{package.replace('.', '[.]')}"
    return f"({absolute}|{_from_relative(package)})"


def _from_relative(package: str) -> str:
    return f"from[[:space:]]+[.]+([A-Za-z0-9_.]*[.])?{package.rpartition('.')[2]}"
