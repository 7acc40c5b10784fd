"""What the approved moves would break although every import is rewritten correctly.

Owns the list of the kinds and the order of what they find; each kind's rule has a module of its
own in `kinds`. Must not know how a hazard is settled or fixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages

from reorg_lib.hazards import kinds
from reorg_lib.hazards.reading.context import hazard_context
from reorg_lib.model import Hazard, Plan, Survey
from reorg_lib.plan.companions import with_companions

KINDS = tuple(
    import_module(found.name)
    for found in walk_packages(kinds.__path__, f"{kinds.__name__}.")
    if not found.ispkg
)
"""The modules of all kinds; each has its id, `KIND`, and a function `find`."""


def find_hazards(survey: Survey, plan: Plan, contents: Mapping[str, bytes]) -> tuple[Hazard, ...]:
    """Return the hazards of the approved steps of a valid plan, sorted by path and place.

    A blocking one stops the export until the plan settles it; a note is only reported.

    Args:
        contents: path → bytes of the tracked files (`Repository.contents_by_path`).
    """
    context = hazard_context(survey, with_companions(survey, plan), contents)
    found = _with_distinct_ids([hazard for kind in KINDS for hazard in kind.find(context)])
    return tuple(sorted(found, key=lambda hazard: (hazard.path, hazard.start, hazard.id)))


def _with_distinct_ids(found: Iterable[Hazard]) -> Iterator[Hazard]:
    """Give hazards of one kind on one line different ids."""
    known = list(dict.fromkeys(found))
    times = Counter(hazard.id for hazard in known)
    seen: Counter[str] = Counter()
    for hazard in known:
        seen[hazard.id] += 1
        if times[hazard.id] > 1:
            place = hazard.start or seen[hazard.id]
            hazard = replace(hazard, id=f"{hazard.id}:{place}")
        yield hazard
