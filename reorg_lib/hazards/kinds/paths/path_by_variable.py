"""A path or module name that a variable of a settings file or script completes.

`$(SRC)/orders.py` and `python -m shop.$name` are no whole path or name, so they are not renamed.
The fix types the new end where the variable has one value.

Breaks:
    Makefile:
        SRC = shop
        run: ; python $(SRC)/orders.py
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
    fix: /sales/orders.py

Safe:
    Makefile:
        run: ; python shop/orders.py
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.moved_paths import (
    MovedPaths,
    is_remark,
    line_of,
    moved_paths,
)
from reorg_lib.hazards.reading.settings_texts import SettingsText, settings_texts
from reorg_lib.model import Hazard, Severity

KIND = "path-by-variable"
_VARIABLE = re.compile(
    r"(?:\$\((\w+)\)|\$\{\{\s*(?:env\.)?(\w+)\s*\}\}|\$\{(\w+)\}|\$(\w+)|\{\{\s*(\w+)\s*\}\}|%(\w+)%)"
    r"(?P<tail>[/.\\][\w./\\-]*\w)"
)
_ASSIGNED = (
    r"^[ \t]*(?:export |set |ENV |ARG |- )?[\"']?{name}[\"']?[ \t]*(?::=|\?=|=|:|[ \t])[ \t]*"
    r"[\"']?([\w./-]+)"
)
_OPEN = r"[./\\](?:\$[\w({{]|%[.\w]|\{{)"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the paths and module names that a variable completes."""
    places = moved_paths(context)
    open_ends = _open_ends(context)
    for text in settings_texts(context):
        yield from _by_variable(text, context, places)
        yield from _in_a_loop(text, context, open_ends)


# SRC = shop          python $(SRC)/orders.py          python -m $(SRC).orders
def _by_variable(
    text: SettingsText, context: HazardContext, places: MovedPaths
) -> Iterator[Hazard]:
    for match in _VARIABLE.finditer(text.said):
        name = next(group for group in match.groups()[:6] if group)
        assigned = re.compile(_ASSIGNED.format(name=re.escape(name)), re.M)
        values = set(assigned.findall(text.said))
        if len(values) != 1 or is_remark(text.content, match.start()):
            continue
        value, tail = values.pop().rstrip("/"), match["tail"].replace("\\", "/")
        if tail.startswith("."):
            value = value.replace("/", ".")
            new = context.module_after(value + tail)
            start = context.module_after(value) or value
        else:
            known = places.resolve(value.removeprefix("./") + tail)
            new = places.after(known) if known else value + tail
            new = new and known and _as_written(new, known, value.removeprefix("./") + tail)
            start = places.after(value) or value if "/" in value else value
        if known_after := (new if new not in (None, value + tail, start + tail) else None):
            short = known_after[len(start) :] if known_after.startswith(start + tail[0]) else None
            yield text.tell(
                KIND,
                match,
                f"`{match[0]}` is {value}{tail}, which becomes {known_after}: write the new path",
                group="tail",
                fix=short,
            )


def _as_written(new: str, known: str, written: str) -> str:
    """The new path without the part that was left out at the start of the old one."""
    return new.removeprefix(known.removesuffix(written))


# for m in orders users; do python -m shop.$m; done
def _in_a_loop(
    text: SettingsText, context: HazardContext, ends: Mapping[str, tuple[str, ...]]
) -> Iterator[Hazard]:
    for written, leaves in ends.items():
        if written not in text.said:
            continue
        pattern = re.compile(rf"(?<![\w./-]){re.escape(written)}" + _OPEN.format())
        for match in pattern.finditer(text.said):
            named = [leaf for leaf in leaves if re.search(rf"(?<![\w.]){leaf}(?!\w)", text.said)]
            if is_remark(text.content, match.start()):
                continue
            yield hazard(
                KIND,
                text.path,
                line_of(text.content, match.start()),
                f"`{match[0]}` is completed when it runs, and {listed(named or leaves)} "
                f"{'leave' if len(named or leaves) > 1 else 'leaves'} {written}: write the "
                "new place of each",
                Severity.BLOCK if named else Severity.NOTE,
            )
            break


def _open_ends(context: HazardContext) -> Mapping[str, tuple[str, ...]]:
    """Package, dotted and as a folder → the last names of the modules that leave it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, module in context.modules.items():
        if not module.is_package:
            continue
        start = len(name) + 1
        leaves = tuple(sorted(s[start:] for s in context.displaced(name) if "." not in s[start:]))
        if leaves:
            found[name] = found[context.folder_of(name)] = leaves
    return found
