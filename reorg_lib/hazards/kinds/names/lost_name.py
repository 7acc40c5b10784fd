"""A name of a package or folder that has no single successor.

A package whose modules go to several places, or away, has no new name. In settings and code the old
name means nothing after the moves; the fix lists all successors where the place can hold a list. In
prose it is a note, and people rewrite the sentence.

Breaks:
    shop/app.py:
        from importlib import import_module
        old = import_module("shop.old")
    shop/old/db.py:
        URL = ""
    shop/old/fs.py:
        ROOT = ""
    move shop/old/db.py to shop/pg/db.py
    move shop/old/fs.py to shop/storage/fs.py

Noted:
    README.md:
        The package `shop.old` reads and writes.
    shop/old/db.py:
        URL = ""
    shop/old/fs.py:
        ROOT = ""
    move shop/old/db.py to shop/pg/db.py
    move shop/old/fs.py to shop/storage/fs.py

Safe:
    shop/app.py:
        from importlib import import_module
        old = import_module("shop.old")
    shop/old/db.py:
        URL = ""
    shop/old/fs.py:
        ROOT = ""
    move shop/old to shop/pg
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed, note
from reorg_lib.hazards.reading.list_items import expand_name
from reorg_lib.hazards.reading.moved_paths import (
    MovedPaths,
    is_prose,
    is_remark,
    joined,
    moved_paths,
)
from reorg_lib.model import Hazard, NameClass, Reference

KIND = "lost-name"
_MORE = re.compile(rb"(?:/[\w.\x80-\xff-]+)+")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield one hazard for each line of code or settings, one note for each file of prose."""
    places = moved_paths(context)
    judge = context.judge
    prose: dict[str, list[Reference]] = defaultdict(list)
    broken: dict[tuple[str, int], list[Reference]] = defaultdict(list)
    for reference in context.survey.references:
        if (
            not _is_lost(reference, context, places)
            or context.new_paths.get(reference.path) is None
        ):
            continue
        view = judge.view(reference.path, context.contents.get(reference.path, b""))
        mean = view.path if "/" in reference.text else view.dotted
        if mean(reference.start, reference.end).kind is not NameClass.MODULE:
            continue
        if _is_read_by_people(reference, context):
            prose[reference.path].append(reference)
        else:
            broken[reference.path, reference.line].append(reference)
    for (path, line), found in broken.items():
        names = joined(reference.text for reference in found)
        new = _successors(found[0], context) if len(found) == 1 else ()
        span = (found[0].start, found[0].end)
        fix = expand_name(path, context.contents[path], span, new, keep=False)
        yield hazard(
            KIND,
            path,
            line,
            f"{names} is named here and has no single successor: its modules go to several places "
            + (f"({listed(new)}); name them all" if fix else "or away; name the one that is meant"),
            span=(fix.start, fix.end) if fix is not None else (0, 0),
            fix=fix.text if fix is not None else None,
        )
    for path, found in prose.items():
        names = joined(reference.text for reference in found)
        yield note(
            KIND,
            path,
            found[0].line,
            f"the text names {names}, which {'have' if len(found) > 1 else 'has'} no single "
            "successor; rewrite the sentence after the moves",
        )


def _successors(reference: Reference, context: HazardContext) -> tuple[str, ...]:
    """The modules, or files, that a package or folder has become, by their new names."""
    if "/" not in reference.text:
        below = context.modules_below(reference.module)
        return tuple(sorted(new for name in below if (new := context.new_names[name])))
    text = reference.text.rstrip("/")
    whole = next((p for p in context.new_paths if p == text or p.startswith(f"{text}/")), None)
    if whole is None:
        return ()
    found = {new for old, new in context.new_paths.items() if new and old.startswith(f"{text}/")}
    return tuple(sorted(found))


def _is_lost(reference: Reference, context: HazardContext, places: MovedPaths) -> bool:
    if "/" not in reference.text:
        return reference.module in context.new_names and context.new_names[reference.module] is None
    # shop/old/rows.json is the file's own path, not one of the folder that the survey knows
    rest = _MORE.match(context.contents.get(reference.path, b""), reference.end)
    words = reference.text + (rest.group().decode(errors="replace") if rest else "")
    path = None
    while path is None and len(words) >= len(reference.text):
        path = places.resolve(words.rstrip("./"))
        words = words.rpartition("/")[0]
    return path is not None and places.after(path) is None


def _is_read_by_people(reference: Reference, context: HazardContext) -> bool:
    if reference.path.endswith(".py"):
        return context.code(reference.path).string_at(reference.start) is None
    content = context.contents.get(reference.path, b"")
    return is_prose(reference.path) or is_remark(content, reference.start)
