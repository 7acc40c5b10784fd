"""Old names in files that a branch brings along after the move.

Owns the rules of `--rewrite-only`: a name is renamed only where it stands alone, in whatever file,
and all names at once. Must not know which files there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reorg_lib.model import ChangeSet, Renaming

_EDGE = "A-Za-z0-9_"


def without_doubles(changeset: ChangeSet) -> ChangeSet:
    """Return the changes without the renamings whose old name means something after the moves.

    That is so when it is also a new name or begins one: chains, exchanges, a module that becomes
    a package.
    """
    return replace(
        changeset,
        modules=_chosen(changeset.modules, ".", double=False),
        paths=_chosen(changeset.paths, "/", double=False),
    )


def only_doubles(changeset: ChangeSet) -> ChangeSet:
    """Return the changes with nothing but those renamings, and with no deletion."""
    return replace(
        changeset,
        modules=_chosen(changeset.modules, ".", double=True),
        paths=_chosen(changeset.paths, "/", double=True),
        changes=(),
    )


def names_with_two_meanings(changeset: ChangeSet) -> list[str]:
    """Return the old names that mean something else after the moves, sorted."""
    doubles = only_doubles(changeset)
    return sorted(r.old for r in (*doubles.modules, *doubles.paths) if r.old.isprintable())


def plain_names(changeset: ChangeSet) -> list[str]:
    """Return the new names that begin with such an old name, and are none themselves."""
    doubles = only_doubles(changeset)
    names: set[str] = set()
    for separator, kind, all_of_kind in (
        (".", doubles.modules, changeset.modules),
        ("/", doubles.paths, changeset.paths),
    ):
        old = {renaming.old for renaming in kind}
        names |= {
            renaming.new
            for renaming in all_of_kind
            if renaming.new not in old
            and any(renaming.new.startswith(name + separator) for name in old)
        }
    return sorted(name for name in names if name.isprintable())


def double_rules(changeset: ChangeSet) -> str:
    """Return the sed script (for `sed -n`) that keeps lines with such an old name.

    One that is only the beginning of a new name does not count.
    """
    doubles = only_doubles(changeset)
    lines = ["h", "s/$/ /"]
    for name in plain_names(changeset):
        line = f"s,{_pattern(name)}\\([^{_EDGE}]\\),\\1,g"
        lines += [line, line]
    blank = "[[:space:]]"
    for renaming in doubles.modules:  # `from … import` is read as what it is, elsewhere
        lines.append(f"s,from{blank}{blank}*{_pattern(renaming.old)}{blank}{blank}*import,,")
    for renaming in (*doubles.modules, *doubles.paths):
        if renaming.old.isprintable():
            lines.append(f"\\,{_pattern(_below(changeset, renaming.old))}[^{_EDGE}],b keep")
    return "\n".join([*lines, "d", ":keep", "g", "p"])


def stale_rules(changeset: ChangeSet) -> list[str]:
    """Return the sed script: old names become marks, longer ones first, and marks new names.

    Each line has a space put around it, so that a name at its edge has a neighbour as well.
    """
    clear = without_doubles(changeset)
    pairs: dict[str, tuple[str, str]] = {}
    for renaming in clear.modules:
        pairs[renaming.old] = (renaming.new, f"{_EDGE}./-")
    root = changeset.scope.source_root
    for renaming in clear.paths:
        pairs[renaming.old] = (renaming.new, f"{_EDGE}/-")
        old, new = (name.removeprefix(f"{root}/") for name in (renaming.old, renaming.new))
        if old != renaming.old and new != renaming.new:
            pairs.setdefault(old, (new, f"{_EDGE}/-"))
    names = sorted(
        (name for name in pairs if name.isascii() and name.isprintable()),
        key=lambda name: (-len(name), name),
    )
    if not names:
        return []
    lines = ["s/^/ /", "s/$/ /"]
    for number, name in enumerate(names):
        before = pairs[name][1]
        mark = f"{{{{reorganize-{number}}}}}"
        line = f"s,\\([^{before}]\\){_pattern(name)}\\([^{_EDGE}-]\\),\\1{mark}\\2,g"
        lines += [line, line]
    for number, name in enumerate(names):
        lines.append(f"s,{{{{reorganize-{number}}}}},{_typed(pairs[name][0])},g")
    return [*lines, "s/^ //", "s/ $//"]


def _chosen(
    renamings: tuple[Renaming, ...], separator: str, *, double: bool
) -> tuple[Renaming, ...]:
    begun = {prefix for r in renamings for prefix in _prefixes(r.new, separator)}
    return tuple(r for r in renamings if (r.old in begun) is double)


def _prefixes(name: str, separator: str) -> Iterator[str]:
    parts = name.split(separator)
    return (separator.join(parts[:count]) for count in range(1, len(parts) + 1))


def _below(changeset: ChangeSet, path: str) -> str:
    return path.removeprefix(f"{changeset.scope.source_root}/")


def _pattern(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\.*[]^$," else c for c in text)


def _typed(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\&," else c for c in text)
