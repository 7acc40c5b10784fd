"""Names in texts that mean nothing after the moves.

A module or folder with one new place is renamed wherever it is named. One whose modules go to
several places, or away, has no new name: in settings and in code that is a reference which breaks,
in prose a sentence which people have to write anew.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.model import Hazard, NameClass, Reference
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed, note
from reorg_lib.plan.hazard_kinds.listing import several
from reorg_lib.plan.hazard_kinds.places import (
    Places,
    is_prose,
    is_remark,
    joined,
    places_of,
)

KIND = "lost-name"
_MORE = re.compile(rb"(?:/[\w.\x80-\xff-]+)+")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield one hazard for each line of code or settings, one note for each file of prose."""
    places = places_of(ground)
    judge = ground.judge
    prose: dict[str, list[Reference]] = defaultdict(list)
    broken: dict[tuple[str, int], list[Reference]] = defaultdict(list)
    for reference in ground.survey.references:
        if not _is_lost(reference, ground, places) or ground.fate.get(reference.path) is None:
            continue
        view = judge.view(reference.path, ground.contents.get(reference.path, b""))
        mean = view.path if "/" in reference.text else view.dotted
        if mean(reference.start, reference.end).kind is not NameClass.MODULE:
            continue
        if _is_read_by_people(reference, ground):
            prose[reference.path].append(reference)
        else:
            broken[reference.path, reference.line].append(reference)
    for (path, line), found in broken.items():
        names = joined(reference.text for reference in found)
        new = _successors(found[0], ground) if len(found) == 1 else ()
        span = (found[0].start, found[0].end)
        fix = several(path, ground.contents[path], span, new, keep=False)
        yield hazard(
            KIND,
            path,
            line,
            f"{names} is named here and has no one successor: its modules go to several places "
            + (f"({listed(new)}); name them all" if fix else "or away; say which is meant"),
            span=(fix.start, fix.end) if fix is not None else (0, 0),
            fix=fix.text if fix is not None else None,
        )
    for path, found in prose.items():
        names = joined(reference.text for reference in found)
        yield note(
            KIND,
            path,
            found[0].line,
            f"the text names {names}, which {'have' if len(found) > 1 else 'has'} no one "
            "successor; write it anew after the moves",
        )


def _successors(reference: Reference, ground: Ground) -> tuple[str, ...]:
    """The modules, or files, that a package or folder has become, each by its new name."""
    if "/" not in reference.text:
        below = ground.below(reference.module)
        return tuple(sorted(new for name in below if (new := ground.names[name])))
    text = reference.text.rstrip("/")
    whole = next((p for p in ground.fate if p == text or p.startswith(f"{text}/")), None)
    if whole is None:
        return ()
    found = {new for old, new in ground.fate.items() if new and old.startswith(f"{text}/")}
    return tuple(sorted(found))


def _is_lost(reference: Reference, ground: Ground, places: Places) -> bool:
    if "/" not in reference.text:
        return reference.module in ground.names and ground.names[reference.module] is None
    # shop/old/rows.json is the file's own path, not one of the folder that the survey knows
    rest = _MORE.match(ground.contents.get(reference.path, b""), reference.end)
    words = reference.text + (rest.group().decode(errors="replace") if rest else "")
    path = None
    while path is None and len(words) >= len(reference.text):
        path = places.spelled(words.rstrip("./"))
        words = words.rpartition("/")[0]
    return path is not None and places.after(path) is None


def _is_read_by_people(reference: Reference, ground: Ground) -> bool:
    if reference.path.endswith(".py"):
        return ground.code(reference.path).string_at(reference.start) is None
    content = ground.contents.get(reference.path, b"")
    return is_prose(reference.path) or is_remark(content, reference.start)
