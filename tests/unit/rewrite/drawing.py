"""Trees drawn as text: a line `== path` starts a file, everything below it is its content."""

from __future__ import annotations


def files(drawing: str) -> dict[str, str]:
    """Return path → content; a file drawn twice is drawn wrong."""
    found: dict[str, str] = {}
    path = None
    for line in drawing.lstrip("\n").splitlines(keepends=True):
        if line.startswith("== "):
            path = line[3:].strip()
            assert path not in found, path
            found[path] = ""
        else:
            assert path is not None, line
            found[path] += line
    return found
