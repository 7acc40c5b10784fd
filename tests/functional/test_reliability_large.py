"""Loads: a repository of 50,000 files, a plan of 2,000 moves, the reference project's branches."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reorg_lib.export.branch_impact import assess_branches
from reorg_lib.export.deliver import planned_changes
from reorg_lib.git import open_repository
from reorg_lib.model import Decision, Move, Plan, Scope
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.script.render import render_script
from reorg_lib.survey import take_survey
from scripts.open_branches import git, really_merge
from tests.conftest import MakeRepository
from tests.functional.test_impact import on_branch

PLAN = Path(__file__).parents[2] / "docs" / "real-project" / "plan.toml"
MODULES = 2000
_IN_A_FOLDER = 50


def module(number: int) -> str:
    return f"data{number // _IN_A_FOLDER}/m{number}.py"


def large(files: int) -> dict[str, str | bytes]:
    """2,000 modules in folders of 50, each importing another one, and text files around them."""
    drawn: dict[str, str | bytes] = {"shop/__init__.py": "", "shop/infra/__init__.py": ""}
    for number in range(MODULES):
        other = (number * 7 + 1) % MODULES
        folder = f"shop/infra/data{other // _IN_A_FOLDER}".replace("/", ".")
        drawn[f"shop/infra/data{number // _IN_A_FOLDER}/__init__.py"] = ""
        drawn[f"shop/infra/{module(number)}"] = (
            f"from {folder}.m{other} import VALUE as V\n\nVALUE = {number}\n"
        )
    for number in range(files - len(drawn)):
        drawn[f"assets/d{number // 200}/f{number}.txt"] = f"asset {number}\n"
    return drawn


def planned(root: Path, count: int) -> Plan:
    scope = Scope("shop.infra", ".", open_repository(root).commit)
    moves = (
        Move(
            f"shop/infra/{module(number)}",
            f"shop/infra/postgres/{module(number)}".replace("data", "part"),
            Decision.APPROVED,
        )
        for number in range(count)
    )
    return Plan(scope, tuple(moves))


@pytest.mark.nightly
@pytest.mark.parametrize(("files", "moves"), [(50_000, 50), (2_100, MODULES)])
def test_a_large_load_is_exported_and_the_script_carries_it(
    files: int, moves: int, make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(large(files))
    plan = planned(root, moves)
    save_plan(tmp_path / "plan.toml", plan)
    export = [sys.executable, "-m", "reorg_lib", "export", str(root), "--no-witness"]
    places = ["--plan", str(tmp_path / "plan.toml"), "--out", str(tmp_path / "out")]
    done = subprocess.run([*export, *places], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"{moves} moves" in done.stdout
    script = ["bash", str(tmp_path / "out" / "reorganize.sh")]
    for mode in ("--apply", "--undo"):
        ran = subprocess.run([*script, mode], cwd=root, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.nightly
def test_branches_of_a_large_repository(make_repository: MakeRepository) -> None:
    root = make_repository(large(50_000))
    for number in range(5):
        text = f"from shop.infra.data0.m{number} import VALUE\n"
        on_branch(root, f"topic{number}", {f"late{number}.py": text})
    repository = open_repository(root)
    changeset = planned_changes(
        repository, take_survey(repository, "shop.infra"), planned(root, 50)
    )
    found = assess_branches(repository, changeset)
    assert [one.remedy for one in found] == ["renames all"] * 5


@pytest.mark.nightly
def test_the_branches_of_the_reference_project_are_foretold(tmp_path: Path) -> None:
    clone = os.environ.get("REORG_REFERENCE_CLONE")
    if not clone:
        pytest.skip("REORG_REFERENCE_CLONE names no clone of the reference project")
    plan = load_plan(PLAN)
    git(tmp_path, "clone", "-q", "--no-checkout", clone, str(tmp_path / "clone"))
    repository = open_repository(tmp_path / "clone", plan.scope.commit)
    changeset = planned_changes(repository, take_survey(repository, plan.scope.package), plan)
    impacts = assess_branches(repository, changeset)
    assert len(impacts) > 20
    script = tmp_path / "reorganize.sh"
    script.write_text(render_script(changeset))
    verdicts = list(really_merge(tmp_path / "clone", script, plan.scope.commit, impacts))
    assert {verdict.branch: verdict.wrong for verdict in verdicts if verdict.wrong} == {}
