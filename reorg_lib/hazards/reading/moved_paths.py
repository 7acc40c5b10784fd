"""Folders before and after: what a path in a text means after the moves.

Git does not track folders, so this says where one goes when all of its files go to one place, and
which paths a text can mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reorg_lib.hazards.reading.cached_readings import once
from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.plan.outcome import folders, folders_of, home_of

_PROSE = (".md", ".rst", ".txt", ".adoc", ".html", ".svg", ".po")
_NO_SETTINGS = ("AUTHORS", "CHANGELOG", "CHANGES", "COPYING", "LICENSE", "NOTICE", "README")


@dataclass(frozen=True, slots=True)
class MovedPaths:
    """Where files and folders go. Make one with `moved_paths`."""

    new_paths: Mapping[str, str | None]
    prefixes: tuple[str, ...]

    def after(self, path: str) -> str | None:
        """Return the new place of a file or folder: its single new path, itself, or None."""
        return self.new_paths.get(path, path)

    def resolve(self, written: str) -> str | None:
        """Return the tracked path that a text means; the text may leave out the first folders."""
        for prefix in self.prefixes:
            if prefix + written in self.new_paths:
                return prefix + written
        return None


@once
def moved_paths(context: HazardContext) -> MovedPaths:
    """Return the new place of every tracked file and of every folder with tracked files."""
    below: dict[str, list[str]] = defaultdict(list)
    for path in context.new_paths:
        for folder in folders(path):
            below[folder].append(path)
    kept = folders_of(context.files_after)
    homes: dict[str, str | None] = dict(context.new_paths)
    for folder, paths in below.items():
        after = ((path, context.new_paths[path]) for path in paths)
        went = {home_of(folder, path, new) for path, new in after if new}
        one = went.pop() if len(went) == 1 else None
        homes[folder] = one if one else folder if folder in kept else None
    return MovedPaths(homes, context.plan.scope.path_prefixes)


def is_prose(path: str) -> bool:
    """Return whether a file is read by people and not by a program."""
    return path.lower().endswith(_PROSE) or path.rpartition("/")[2] in _NO_SETTINGS


def is_remark(content: bytes, offset: int) -> bool:
    """Return whether a place in a settings file comes after a comment sign on its line."""
    start = content.rfind(b"\n", 0, offset) + 1
    return re.match(rb"\s*(?:#|;|//|--)|.*\s#\s", content[start:offset]) is not None


def line_of(content: bytes, offset: int) -> int:
    """Return the line of an offset, from 1."""
    return content.count(b"\n", 0, offset) + 1


def joined(words: Iterable[str]) -> str:
    """Return words in quotes, each once, in order."""
    return ", ".join(f"`{word}`" for word in dict.fromkeys(words))
