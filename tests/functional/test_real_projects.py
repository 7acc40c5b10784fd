"""The recipe of `make real-projects`, on a benchmark as small as can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reorg_lib.plan.plan_file import load_plan
from scripts import real_projects
from tests.conftest import MakeRepository

TEST = """
import os


def test_it_moved():
    assert not os.path.exists("../mini/a.py")
    assert "from mini.b import A" in open("../mini/use.py").read()


def test_it_says_more():
    assert os.path.exists("../mini/c.py")
"""
PLAN = """schema = 1
[scope]
package = "mini"
source_root = "."
commit = "0000000000000000000000000000000000000000"
[[move]]
source = "mini/a.py"
target = "mini/b.py"
decision = "approved"
reason = "the task asks for it"
"""
FALSE_ALARM = """
[[hazard]]
id = "name-taken-apart:mini/use.py:3"
resolution = "accept"
note = "false alarm: it is only a test"
"""


def test_a_task_is_carried_out_and_its_tests_are_counted(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = "repositories/mini_refactor/mini"
    use = "from mini.a import A\n\nprint(A.__module__.split('.')[1])\n"
    make_repository(
        {
            f"{inside}/__init__.py": "",
            f"{inside}/a.py": "class A: ...\n",
            f"{inside}/use.py": use.replace("\\\n", "\n"),
            "tests/mini_refactor/a-to-b-test.py": TEST,
        }
    ).rename(tmp_path / "RefactorBench")
    plans = tmp_path / "plans"
    plans.mkdir()
    monkeypatch.setattr(real_projects, "PLANS", plans)
    words = ["--clones", str(tmp_path), "--work", str(tmp_path / "work")]
    (plans / "mini-a-to-b.toml").write_text(PLAN, "utf-8")
    done = CliRunner().invoke(real_projects.main, words)
    assert "stopped by hazards: name-taken-apart:mini/use.py:3" in done.output
    (plans / "mini-a-to-b.toml").write_text(PLAN + FALSE_ALARM, "utf-8")
    done = CliRunner().invoke(real_projects.main, words)
    assert "1 moves, 1 blocking hazards, 1 of them false alarms" in done.output
    assert "1 failure, 1 passed of 2 (test_it_says_more)" in done.output
    assert "1 tasks, 1 moves, 1 false blocking hazards" in done.output


@pytest.mark.parametrize("path", sorted(real_projects.PLANS.glob("*.toml")), ids=lambda p: p.stem)
def test_each_plan_can_be_read(path: Path) -> None:
    plan = load_plan(path)
    assert plan.approved().moves
    assert all(said.note for said in plan.hazards)
