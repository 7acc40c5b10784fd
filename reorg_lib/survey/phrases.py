"""Parts of the sentences in findings: folders, lists and counts."""

from __future__ import annotations

from collections.abc import Mapping

_SHOWN = 3
"""Names that a sentence lists before it counts the rest."""


def counted(places: Mapping[str, int]) -> str:
    """Return each folder with its number of modules, the largest number first."""
    ranked = sorted(places.items(), key=by_count)
    first, count = ranked[0]
    rest = [f"{named(folder)} ({n})" for folder, n in ranked[1:]]
    return f"{named(first)} ({count} {plural('module', count)}) and {', '.join(rest)}"


def named(folder: str) -> str:
    """Return the name of a folder for a sentence."""
    return f"{folder}/" if folder else "the package's own folder"


def listed(names: list[str]) -> str:
    """Return the first names, and how many more there are."""
    shown = names if len(names) <= _SHOWN + 1 else [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def plural(noun: str, count: int) -> str:
    """Return the noun in singular or plural, as `count` needs it."""
    return noun if count == 1 else f"{noun}s"


def by_count(item: tuple[str | None, int]) -> tuple[int, str]:
    """Sort by number, the highest first, then by name."""
    return (-item[1], item[0] or "")
