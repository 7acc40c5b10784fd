"""The old names that a branch from before the moves may contain, for `update-branch.sh`.

Some of them are replaced wherever they stand alone; for the others the script only searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.model import ChangeSet, Renaming

_PLAIN = re.compile(r"[\w./-]+", re.ASCII)


def new_names(changeset: ChangeSet) -> list[tuple[str, str]]:
    """Return (old, new) of each unambiguous name, longer ones first.

    A single word is never unambiguous. No new name begins with one of the old names, so they can
    be replaced in any order.
    """
    pairs = {r.old: r.new for r in _clear(changeset.modules, ".")}
    for renaming in _clear(changeset.paths, "/"):
        pairs[renaming.old] = renaming.new
        old, new = _below(changeset, renaming.old), _below(changeset, renaming.new)
        if old != renaming.old and new != renaming.new and "/" in old:
            pairs.setdefault(old, new)
    fit = [(old, new) for old, new in pairs.items() if _is_fit(old) and _PLAIN.fullmatch(new)]
    return sorted(fit, key=lambda pair: (-len(pair[0]), pair))


def names_for_a_person(changeset: ChangeSet) -> list[str]:
    """Return the old names that no rule can replace, such as those of deleted modules, sorted."""
    renamed = {old for old, _ in new_names(changeset)}
    before = {c.source for c in changeset.changes if c.source and c.source != c.target}
    after = {name for path in changeset.results() if (name := _dotted(changeset, path))}
    packages = {name[:at] for name in after for at, letter in enumerate(name) if letter == "."}
    gone = {name for path in before if (name := _dotted(changeset, path))} - after - packages
    gone |= {r.old for r in changeset.modules}
    gone |= {_below(changeset, r.old) for r in changeset.paths if "/" in r.old}
    return sorted(name for name in gone - renamed if name.isprintable())


def names_with_two_meanings(changeset: ChangeSet) -> list[str]:
    """Return the old names that mean another module after the moves, sorted.

    Such a name is also a new name or the beginning of one, as with a chain of moves, an exchange,
    or a module that becomes a package.
    """
    double = [r.old for r in _double(changeset.modules, ".")]
    double += [r.old for r in _double(changeset.paths, "/")]
    return sorted(name for name in double if name.isprintable())


def names_of_one_meaning(changeset: ChangeSet) -> list[str]:
    """Return the unambiguous new names that begin with a name with two meanings."""
    names: set[str] = set()
    for separator, renamings in ((".", changeset.modules), ("/", changeset.paths)):
        old = {renaming.old for renaming in _double(renamings, separator)}
        names |= {
            renaming.new
            for renaming in renamings
            if renaming.new not in old
            and any(renaming.new.startswith(name + separator) for name in old)
        }
    return sorted(name for name in names if name.isprintable())


def _clear(renamings: tuple[Renaming, ...], separator: str) -> list[Renaming]:
    double = {*_double(renamings, separator)}
    return [renaming for renaming in renamings if renaming not in double]


def _double(renamings: tuple[Renaming, ...], separator: str) -> list[Renaming]:
    begun = {prefix for r in renamings for prefix in _prefixes(r.new, separator)}
    return [renaming for renaming in renamings if renaming.old in begun]


def _prefixes(name: str, separator: str) -> Iterator[str]:
    """Yield the prefixes of a name; `a/b` is also a prefix of `a/b.py`."""
    parts = name.split(separator)
    yield from (separator.join(parts[:count]) for count in range(1, len(parts) + 1))
    if separator == "/":
        yield name.removesuffix(".py")


def _is_fit(name: str) -> bool:
    return ("." in name or "/" in name) and _PLAIN.fullmatch(name) is not None


def _below(changeset: ChangeSet, path: str) -> str:
    return path.removeprefix(f"{changeset.scope.source_root}/")


def _dotted(changeset: ChangeSet, path: str) -> str | None:
    """Return the module name of a Python file; None for other files."""
    root = changeset.scope.source_root
    prefix = "" if root == "." else f"{root}/"
    if not path.startswith(prefix) or not path.endswith(".py"):
        return None
    name = path.removeprefix(prefix).removesuffix(".py").removesuffix("/__init__")
    return name.replace("/", ".") if name.replace("/", "").isidentifier() else None
