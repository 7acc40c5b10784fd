"""The browser code of the widgets, as files of this package.

The files of one widget become one ES module: those of `static/shared/` and those of its own folder,
one after the other. All share one scope, so each name is defined once.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("static")


def static_path(name: str) -> Path:
    """Return the path of a file that ships with the package."""
    return _FOLDER / name


def module_text(widget: str) -> str:
    """Return the ES module of a widget, named like its folder, as one text."""
    parts = [path for folder in ("shared", widget) for path in sorted(_parts(folder))]
    return "\n".join(path.read_text(encoding="utf-8") for path in parts)


def _parts(folder: str) -> list[Path]:
    return list((_FOLDER / folder).glob("*.js"))
