"""The test file that a project keeps: it checks the layout and needs only Python.

The text that is the same for every project is in `test_layout.py.in`; the tables come from the
layout rule.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from importlib import resources
from pathlib import PurePosixPath

from reorg_lib.guardrails.layout_rule import LayoutRule

_WIDTH = 80


def layout_test(rule: LayoutRule, path: str) -> bytes:
    """Return the text of the test file at `path`, which is relative to the repository's root."""
    template = resources.files(__package__).joinpath("test_layout.py.in").read_text("utf-8")
    homes = [(home.folder, home.libraries) for home in rule.homes if home.libraries]
    values = {
        "PACKAGE": rule.package,
        "WAY": _way(path, rule.folder),
        "CONTEXTS": _words(rule.contexts),
        "HOMES": _table(f"{_text(folder)}: {_words(names, 8)}," for folder, names in homes),
        "WIRING": _words(rule.wiring),
        "ACCEPTED": _table(f"({_text(place)}, {_text(what)})," for place, what in rule.accepted),
    }
    for word, value in values.items():
        template = template.replace(f"@{word}@", value)
    return template.encode()


def _way(path: str, folder: str) -> str:
    """Return the path expression from the test file to the package: up, then down."""
    above, wanted = PurePosixPath(path).parent.parts, PurePosixPath(folder).parts
    same = 0
    while same < min(len(above), len(wanted)) and above[same] == wanted[same]:
        same += 1
    down = "".join(f" / {_text(part)}" for part in wanted[same:])
    return f".parents[{len(above) - same}]{down}"


def _words(names: Iterable[str], indent: int = 4) -> str:
    """Return names as an expression that a formatter does not break into one line per name."""
    lines = textwrap.wrap(" ".join(names), _WIDTH, break_long_words=False, break_on_hyphens=False)
    if len(lines) < 2:
        return f"{_text(' '.join(lines))}.split()"
    inner = "".join(f"\n{' ' * indent}{_text(line + ' ' * (line != lines[-1]))}" for line in lines)
    return f"({inner}\n{' ' * (indent - 4)}).split()"


def _table(rows: Iterable[str]) -> str:
    lines = "".join(f"\n    {row}" for row in rows)
    return f"{lines}\n" if lines else ""


def _text(text: str) -> str:
    return json.dumps(text)
