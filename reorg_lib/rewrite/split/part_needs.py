"""What the parts of a split need from each other, and an order in which they can be imported.

It finds the imports between parts and those that are only for type checkers, and refuses a cycle.
"""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reorg_lib.errors import RewriteError
from reorg_lib.rewrite.split.annotations import Hint
from reorg_lib.rewrite.split.placement import Placement
from reorg_lib.rewrite.split.units import SplitSource


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A statement of the part `user` reads `name`, which the part `owner` defines."""

    user: str
    owner: str
    line: int
    name: str
    late: bool
    hint: Hint


def find_needs(source: SplitSource, placement: Placement) -> tuple[Need, ...]:
    """Return each use of a name across parts, sorted."""
    found = set()
    for unit in source.code():
        part = placement.part_of[unit.start]
        for use in unit.names.uses:
            owner = placement.owner.get(use.name, part)
            if owner != part:
                found.add(Need(part, owner, use.line, use.name, use.late, use.hint))
    return tuple(sorted(found))


def order_parts(
    source: SplitSource,
    placement: Placement,
    needs: Sequence[Need],
    where: str,
    *,
    asked: str = "",
) -> tuple[str, ...]:
    """Return the parts, each after those that it imports, otherwise by their first statement.

    If two parts need each other, and one of them in annotations only, it comes first: its imports
    from a later part are only for type checkers (`is_for_checkers`).

    Args:
        asked: a place of the repository that looks up annotations, "" if there is none.

    Raises:
        RewriteError: two parts would import each other.
    """
    first: dict[str, int] = {}
    for unit in source.code():
        first.setdefault(placement.part_of[unit.start], unit.start)
    real = [need for need in needs if need.hint is not Hint.NEVER]
    if not asked:
        real = [need for need in real if need.hint is Hint.NONE]
    checks_types = not any("TYPE_CHECKING" in unit.claims for unit in source.code())
    order = _order(first, needs) or (_order(first, real) if checks_types else None)
    if order is None:
        raise _cycle(_ring(first, real if checks_types else needs), needs, where, asked)
    return order


def is_for_checkers(need: Need, order: Sequence[str]) -> bool:
    """Return whether a need is met by an import under `TYPE_CHECKING`."""
    return order.index(need.owner) > order.index(need.user)


def _order(first: Mapping[str, int], needs: Iterable[Need]) -> tuple[str, ...] | None:
    sorter = graphlib.TopologicalSorter(graph_of(first, needs))
    try:
        sorter.prepare()
    except graphlib.CycleError:
        return None
    order: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=lambda part: first[part])
        order.append(ready.pop(0))
        sorter.done(order[-1])
    return tuple(order)


def graph_of(first: Mapping[str, int], needs: Iterable[Need]) -> dict[str, set[str]]:
    """Return the imports that the needs of parts make: user → owners."""
    graph: dict[str, set[str]] = {part: set() for part in first}
    for need in needs:
        graph[need.user].add(need.owner)
    return graph


def _ring(first: Mapping[str, int], needs: Iterable[Need]) -> list[str]:
    """Return a cycle of parts, each before the one that it needs."""
    try:
        graphlib.TopologicalSorter(graph_of(first, needs)).prepare()
    except graphlib.CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _cycle(ring: Sequence[str], needs: Sequence[Need], where: str, asked: str) -> RewriteError:
    reasons = []
    for user, owner in pairwise(ring):
        between = [need for need in needs if (need.user, need.owner) == (user, owner)]
        for need in between[:3]:
            when = "in a function" if need.late else "at import time"
            if need.hint:
                when = "in an annotation" + (f", and {asked} looks them up" if asked else "")
            reasons.append(
                f"{where}:{need.line}: {user} needs `{need.name}` of {need.owner}, {when}"
            )
    path = " → ".join(ring)
    return RewriteError(
        f"the parts would import each other, {path}; put what binds them in one part:",
        tuple(sorted(reasons)),
    )
