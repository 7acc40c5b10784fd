"""Old names in files that a branch brings along after the move.

Owns the rules of `--rewrite-only`: a name is renamed only where it stands alone, in whatever file,
and all names at once. Must not know which files there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reorg_lib.model import ChangeSet, Renaming

_EDGE = "A-Za-z0-9_"


def without_ambiguous(changeset: ChangeSet) -> ChangeSet:
    """Return the changes without the renamings whose old name means something after the move.

    That is so when it is also a new name or begins one: chains, exchanges, a module that becomes
    a package.
    """
    return replace(
        changeset,
        modules=_clear(changeset.modules, "."),
        paths=_clear(changeset.paths, "/"),
    )


def without_lookalikes(changeset: ChangeSet) -> ChangeSet:
    """Return the changes, also without the modules that keep their last two names.

    A relative import of one looks the same before and after.
    """
    tails = {_tail(renaming.new) for renaming in changeset.modules}
    clear = without_ambiguous(changeset)
    return replace(clear, modules=tuple(r for r in clear.modules if _tail(r.old) not in tails))


def stale_rules(changeset: ChangeSet) -> list[str]:
    """Return the sed script: old names become marks, longer ones first, and marks new names.

    Each line has a space put around it, so that a name at its edge has a neighbour as well.
    """
    clear = without_ambiguous(changeset)
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


def _clear(renamings: Iterable[Renaming], separator: str) -> tuple[Renaming, ...]:
    renamings = tuple(renamings)
    news = [renaming.new + separator for renaming in renamings]
    return tuple(r for r in renamings if not any(new.startswith(r.old + separator) for new in news))


def _tail(name: str) -> tuple[str, ...]:
    return tuple(name.split(".")[-2:])


def _pattern(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\.*[]^$," else c for c in text)


def _typed(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\&," else c for c in text)
