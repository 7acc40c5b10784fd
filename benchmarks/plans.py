"""Plans for the measurements: only the moves of another plan, and fifty for Home Assistant.

The same survey gives the same plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import (
    Decision,
    Hazard,
    HazardSettlement,
    Move,
    Plan,
    Scope,
    Settlement,
    Severity,
    Survey,
)

HUBS = ("const.py", "core.py", "util/dt.py", "helpers/entity_registry.py")
_MOVES = 50


def home_assistant_plan(survey: Survey) -> Plan:
    """Return the hubs and the most imported modules of helpers/ and util/ into one new folder."""
    top = survey.package
    uses = Counter(edge.imported for edge in survey.edges)
    others = [
        module
        for module in survey.modules
        if module.blob
        and not module.is_package
        and module.path.startswith((f"{top}/helpers/", f"{top}/util/"))
        and module.path.removeprefix(f"{top}/") not in HUBS
    ]
    others.sort(key=lambda module: (-uses[module.name], module.path))
    paths = [f"{top}/{hub}" for hub in HUBS] + [module.path for module in others]
    moves = tuple(
        Move(path, f"{top}/kernel/{_flat(path, top)}", Decision.APPROVED, "for the measurement")
        for path in paths[:_MOVES]
    )
    return Plan(Scope(top, survey.source_root, survey.commit), moves)


def only_moves(plan: Plan) -> Plan:
    """Return the moves that every tool can make; a split file moves whole to its parts' place."""
    whole = tuple(
        Move(s.source, f"{s.target}/{PurePosixPath(s.source).name}", s.decision, s.reason)
        for s in plan.splits
    )
    return replace(plan, steps=(*plan.moves, *whole))


def settled(plan: Plan, survey: Survey, contents: Mapping[str, bytes]) -> Plan:
    """Return the plan with every open blocking hazard settled."""
    known = {settlement.id for settlement in plan.hazards}
    more = tuple(
        _settlement(hazard)
        for hazard in find_hazards(survey, plan, contents)
        if hazard.severity is Severity.BLOCK and hazard.id not in known
    )
    return replace(plan, hazards=plan.hazards + more)


def _settlement(hazard: Hazard) -> HazardSettlement:
    how = Settlement.ACCEPT if hazard.fix is None else Settlement.FIX
    return HazardSettlement(hazard.id, how, "for measuring")


def _flat(path: str, top: str) -> str:
    return path.removeprefix(f"{top}/").replace("/", "_")
