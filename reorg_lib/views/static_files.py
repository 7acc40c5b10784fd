"""The browser's halves of the widgets, as files of this package.

Owns how several of them become one ES module: they are read one after the other, so that a part can
use what an earlier one defines. Must not know what is in them.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("static")


def static_path(name: str) -> Path:
    """Return where a file that ships with the package lies."""
    return _FOLDER / name


def module_text(*names: str) -> str:
    """Return the parts of an ES module, of which the last one exports, as one text."""
    return "\n".join(static_path(name).read_text(encoding="utf-8") for name in names)
