"""A script that does something else than was foreseen: each point of the proof says so itself.

The script is made from a change set that is wrong in one place, rehearsed for real, and held
against the right one; what it did is what the points look at, so each has to see it on its own.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.git import open_repository
from reorg_lib.model import (
    ChangeSet,
    Hazard,
    HazardSettlement,
    Plan,
    ProofPoint,
    Scope,
    Settlement,
    Severity,
)
from reorg_lib.proof.points import prove
from reorg_lib.proof.rehearsal import rehearse
from reorg_lib.proof.tools.documentation_build import build_documentation
from reorg_lib.proof.tools.pydeps_graph import run_pydeps_on_both_sides
from reorg_lib.proof.tools.test_runs import on_both_sides, run_tests
from reorg_lib.proof.tools.type_check import find_type_checker
from reorg_lib.script.render import render_script
from tests.changesets import make_changeset
from tests.conftest import MakeRepository, git

BEFORE = {
    "app/__init__.py": "",
    "app/infra/__init__.py": "",
    "app/infra/db/__init__.py": "LIMIT = 1\n",
    "app/infra/db/engine.py": "from .keys import key\n\ndef make(): return key\n",
    "app/infra/db/keys.py": "key = 1\n",
    "app/main.py": "from app.infra.db.engine import make\n\nassert make() == 1\n",
    "app/infra/user.py": "from app.infra.db.engine import make\n\nnumber: str = 1\n",
    "README.md": "See app.infra.db.engine.\n",
}
AFTER = {
    **{path: BEFORE[path] for path in ("app/__init__.py", "app/infra/__init__.py")},
    **{path: BEFORE[path] for path in ("app/infra/db/__init__.py", "app/infra/db/keys.py")},
    "app/infra/sql/__init__.py": "",
    "app/infra/sql/engine.py": "from app.infra.db.keys import key\n\ndef make(): return key\n",
    "app/main.py": "from app.infra.sql.engine import make\n\nassert make() == 1\n",
    "app/infra/user.py": "from app.infra.sql.engine import make\n\nnumber: str = 1\n",
    "README.md": "See app.infra.sql.engine.\n",
}
BROKEN = [
    (1, "README.md", "See app.infra.sql.engine\n", "the script's bytes or mode differ"),
    (2, "app/main.py", "from app.infra.sql.engin import make\n", "does not resolve"),
    (3, "app/main.py", "\nassert 1\n", "has no counterpart"),
    (4, "app/infra/sql/engine.py", AFTER["app/infra/sql/engine.py"] + "x = 1\n", "differs beyond"),
    (5, "app/infra/sql/__init__.py", "from app.main import make\n", "import each other"),
    (6, "README.md", "See app.infra.db.engine, yes.\n", "app.infra.db.engine"),
    (8, "app/infra/user.py", "make = 1\n", "is no longer found"),
    (9, "app/main.py", AFTER["app/main.py"].replace("== 1", "== 2"), "exit 1 after"),
    (10, "app/main.py", "from app.infra.sql.engin import make\n", "app/main.py:1: Cannot find"),
    (11, "README.md", "See app.infra.sql.engin.\n", "README.md:1: no target app.infra.sql.engin"),
]
TEST = "python3 -m app.main"
DOCS = r"""sed -n 's/^See \(.*\)\.$/README.md:1: WARNING: no target \1/p' README.md"""


@pytest.mark.parametrize(
    ("number", "path", "text", "said"), BROKEN, ids=[f"point {row[0]}" for row in BROKEN]
)
def test_a_script_that_differs_fails_its_point(
    number: int, path: str, text: str, said: str, make_repository: MakeRepository
) -> None:
    root = make_repository(BEFORE)
    points = _judged(root, {**AFTER, path: text}, {number})
    failed = {point.number: " / ".join(point.failures) for point in points if not point.holds}
    assert said in failed.get(number, "the point holds")
    assert 1 in failed


def test_a_script_that_was_made_while_a_hazard_is_open(make_repository: MakeRepository) -> None:
    root = make_repository(BEFORE)
    why = "it names a module in a way that no rewrite sees"
    hazard = Hazard(
        "id", "composed-name", Severity.BLOCK, "app/main.py", 3, why, 43, 49, "assert 1"
    )
    for settled, said in [
        ((), f"app/main.py:3: {why}"),
        (
            (HazardSettlement("id", Settlement.FIX),),
            "app/main.py:3: no edit applies the fix",
        ),
        ((HazardSettlement("id", Settlement.ACCEPT, "we know"),), None),
    ]:
        points = _judged(root, AFTER, hazards=(hazard,), settled=settled)
        failed = {point.number: point.failures for point in points if not point.holds}
        assert failed == ({7: (said,)} if said else {})


def test_the_right_script_passes_every_point(make_repository: MakeRepository) -> None:
    points = _judged(make_repository(BEFORE), AFTER, {8, 9, 10, 11})
    assert [point.number for point in points] == list(range(1, 12))
    assert [point.failures for point in points] == [()] * 11
    assert [point.count for point in points[-2:]] == [1, 1]


def _judged(
    root: Path,
    made: Mapping[str, str],
    asked: Collection[int] = (),
    *,
    hazards: tuple[Hazard, ...] = (),
    settled: tuple[HazardSettlement, ...] = (),
) -> tuple[ProofPoint, ...]:
    """What the proof says of a script that makes `made`, where AFTER was foreseen."""
    repository = open_repository(root)
    commit = git(root, "rev-parse", "HEAD").strip()
    script = render_script(_changes(made, commit))
    rehearsal = rehearse(repository, script)
    tests = run_tests(repository, script, [TEST], ".") if 9 in asked else None
    plan = Plan(Scope("app.infra", ".", commit), hazards=settled)
    foreseen = replace(_changes(AFTER, commit), hazards=hazards)
    heard = run_pydeps_on_both_sides(rehearsal, foreseen) if 8 in asked else None
    types = warnings = None
    if 10 in asked:
        checker = find_type_checker(Path(sys.executable))
        types = on_both_sides(repository, script, lambda copy: checker.check(copy, "."))
    if 11 in asked:
        warnings = on_both_sides(
            repository, script, lambda copy: build_documentation(DOCS, copy, ".")
        )
    return prove(foreseen, rehearsal, plan, heard, tests, types, warnings)


def _changes(after: Mapping[str, str], commit: str) -> ChangeSet:
    moved = {"app/infra/db/engine.py": "app/infra/sql/engine.py"}
    return make_changeset(
        BEFORE,
        after,
        moved,
        modules={"app.infra.db.engine": "app.infra.sql.engine"},
        paths=moved,
        commit=commit,
        package="app.infra",
    )
