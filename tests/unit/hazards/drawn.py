"""What every test of a hazard needs: a small shop, a plan, and the hazards of one kind.

`shop/infra/old/` dissolves: `db` and `rows.json` go to `pg/setup/`, `tables` to `pg/`, `fs` to
`storage/`. `shop/infra/oci/` moves as a whole to `runner/oci/`, `http/` stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import Hazard, Plan, Survey
from reorg_lib.survey.reference_finder import ReferenceFinder
from tests.unit.plan.surveys import plan_of, survey_of

OLD, PG = "shop/infra/old", "shop/infra/pg"
SHOP = {
    "shop/__init__.py": "",
    "shop/app.py": "",
    "shop/infra/__init__.py": "",
    f"{OLD}/__init__.py": "",
    f"{OLD}/db.py": "",
    f"{OLD}/tables.py": "",
    f"{OLD}/fs.py": "",
    "shop/infra/oci/__init__.py": "",
    "shop/infra/oci/di.py": "",
    "shop/infra/http/__init__.py": "",
    "shop/infra/http/client.py": "",
}
MOVES = (
    f"{OLD}/db.py > {PG}/setup/db.py",
    f"{OLD}/tables.py > {PG}/tables.py",
    f"{OLD}/fs.py > shop/infra/storage/fs.py",
    "shop/infra/oci/__init__.py > shop/infra/runner/oci/__init__.py",
    "shop/infra/oci/di.py > shop/infra/runner/oci/di.py",
)


def hazards_of(
    kind: str,
    files: Mapping[str, str],
    moves: tuple[str, ...] = MOVES,
    *,
    modes: Mapping[str, str] | None = None,
    edges: tuple[str, ...] = (),
) -> tuple[Hazard, ...]:
    """Return the hazards of one kind in the shop with these files, under these moves."""
    found = find_hazards(*drawn_shop(files, moves, modes=modes, edges=edges))
    return tuple(hazard for hazard in found if hazard.kind == kind)


def drawn_shop(
    files: Mapping[str, str],
    moves: tuple[str, ...] = MOVES,
    *,
    modes: Mapping[str, str] | None = None,
    edges: tuple[str, ...] = (),
) -> tuple[Survey, Plan, Mapping[str, bytes]]:
    """Return the survey of the shop with these files, the plan of the moves, and the contents."""
    drawn = SHOP | dict(files)
    contents = {path: text.encode() for path, text in drawn.items()}
    survey = survey_of(drawn, modes=modes, edges=edges)
    finder = ReferenceFinder(survey.modules, survey.package, survey.source_root)
    syntaxes = {module.path: module.syntax for module in survey.modules}
    named = (r for p, c in contents.items() for r in finder.find(p, c, syntaxes.get(p)))
    survey = replace(survey, references=tuple(sorted(named)))
    return survey, plan_of(*moves), contents


def told(found: tuple[Hazard, ...]) -> list[tuple[str, str, str | None]]:
    """Return place, severity and fix of each hazard."""
    return [(f"{h.path}:{h.line}", h.severity.value, h.fix) for h in found]
