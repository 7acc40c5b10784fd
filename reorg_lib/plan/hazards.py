"""What the approved moves would break that no import rewrite can see.

Owns the list of the kinds and the order of what they find; each kind's rule has a module of its
own in `hazard_kinds`. Must not know how a hazard is settled or fixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from reorg_lib.model import Hazard, Plan, Survey
from reorg_lib.plan.companions import with_companions
from reorg_lib.plan.hazard_kinds import (
    code_in_text,
    collected_tests,
    composed_name,
    discovery,
    dynamic_import,
    extension_module,
    file_anchor,
    folder_listing,
    found_by_place,
    identity,
    import_order,
    import_time,
    joined_path,
    link,
    lost_fixtures,
    lost_name,
    name_prefix,
    package_data,
    package_elsewhere,
    package_value,
    pattern,
    relative_listing,
    replaced_name,
    run_package,
    same_name,
    script_path,
    shadowed_import,
    shared_name,
    sibling_import,
    silent_name,
    web_folders,
    words_in_settings,
)
from reorg_lib.plan.hazard_kinds.ground import Ground, ground_of

_KINDS: tuple[Callable[[Ground], Iterator[Hazard]], ...] = (
    file_anchor.find,
    dynamic_import.find,
    composed_name.find,
    code_in_text.find,
    discovery.find,
    folder_listing.find,
    package_data.find,
    web_folders.find,
    package_value.find,
    package_elsewhere.find,
    lost_name.find,
    pattern.find,
    relative_listing.find,
    link.find,
    script_path.find,
    found_by_place.find,
    collected_tests.find,
    extension_module.find,
    shadowed_import.find,
    run_package.find,
    lost_fixtures.find,
    name_prefix.find,
    joined_path.find,
    words_in_settings.find,
    silent_name.find,
    sibling_import.find,
    identity.find,
    import_time.find,
    import_order.find,
    same_name.find,
    shared_name.find,
    replaced_name.find,
)


def find_hazards(survey: Survey, plan: Plan, contents: Mapping[str, bytes]) -> tuple[Hazard, ...]:
    """Return the hazards of the approved steps of a valid plan, sorted by path and place.

    A blocking one stops the export until the plan settles it; a note is only told.

    Args:
        contents: path → bytes of the tracked files (`Repository.contents_by_path`).
    """
    ground = ground_of(survey, with_companions(survey, plan), contents)
    found = _told_apart([hazard for find in _KINDS for hazard in find(ground)])
    return tuple(sorted(found, key=lambda hazard: (hazard.path, hazard.start, hazard.id)))


def _told_apart(found: Iterable[Hazard]) -> Iterator[Hazard]:
    """Give those of one kind on one line ids of their own."""
    known = list(dict.fromkeys(found))
    times = Counter(hazard.id for hazard in known)
    seen: Counter[str] = Counter()
    for hazard in known:
        seen[hazard.id] += 1
        if times[hazard.id] > 1:
            place = hazard.start or seen[hazard.id]
            hazard = replace(hazard, id=f"{hazard.id}:{place}")
        yield hazard
