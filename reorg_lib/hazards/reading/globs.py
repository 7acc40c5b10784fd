"""Patterns of paths, as settings files and `.gitignore` write them, as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.moved_paths import (
    is_prose,
)

_NO_SETTINGS = (".py", ".pyi", ".ipynb", ".lock", ".js", ".ts", ".tsx", ".css", ".csv", ".sql")


def settings_files(context: HazardContext) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the files that may hold patterns of other files or modules."""
    for path, content in context.texts():
        if not (path.endswith(_NO_SETTINGS) or is_prose(path)):
            yield path, content


def glob_regex(pattern: str) -> re.Pattern[str]:
    """A pattern that matches a folder matches everything in it."""
    return re.compile(glob(pattern.rstrip("/")) + "(?:/.*)?")


def glob(pattern: str) -> str:
    said = []
    for piece in re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]*\])", pattern):
        said.append(
            {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece)
            or (piece if piece[:1] == "[" else re.escape(piece))
        )
    return "".join(said)
