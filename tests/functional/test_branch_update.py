"""`reorg update-branch`: a branch that was cut before the moves, updated by the real rewriter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reorg_lib.cli import main
from reorg_lib.export.deliver import planned_changes
from reorg_lib.git import open_repository
from reorg_lib.model import Decision, Move, Plan, Scope
from reorg_lib.plan.plan_file import save_plan
from reorg_lib.script.render import render_script
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository, git

FILES = {
    "check.py": "from shop.infra.data.store import Store\n\nprint(Store.__name__)\n",
    "shop/__init__.py": "",
    "shop/infra/__init__.py": "",
    "shop/infra/data/__init__.py": "",
    "shop/infra/data/keys.py": "KEY = 1\n",
    "shop/infra/data/store.py": "from .keys import KEY\n\n\nclass Store:\n    key = KEY\n",
}
MOVE = Move("shop/infra/data/store.py", "shop/infra/sql/store.py", Decision.APPROVED, "SQL")
LATE = (
    "from shop.infra.data import (\n    keys,\n    store as s,\n)\n\nprint(s.Store.key, keys.KEY)\n"
)


@pytest.fixture
def root(make_repository: MakeRepository) -> Path:
    """A repository whose main has the moves, with a branch that was cut before them."""
    root = make_repository(FILES)
    git(root, "config", "user.name", "M. Aintainer")
    git(root, "config", "user.email", "m@example.org")
    git(root, "checkout", "-q", "-b", "topic")
    (root / "late.py").write_text(LATE)
    (root / "shop/infra/data/extra.py").write_text("from .store import Store\n\nE = Store\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "on the branch")
    git(root, "checkout", "-q", "main")
    repository = open_repository(root)
    plan = Plan(Scope("shop.infra", ".", repository.commit), (MOVE,))
    save_plan(root.parent / "plan.toml", plan)
    changeset = planned_changes(repository, take_survey(repository, "shop.infra"), plan)
    script = root.parent / "reorganize.sh"
    script.write_text(render_script(changeset))
    subprocess.run(["bash", str(script), "--commit"], cwd=root, check=True, capture_output=True)
    return root


def update(root: Path) -> int:
    plan = str(root.parent / "plan.toml")
    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(SystemExit) as ended,
    ):
        patch.setattr(sys, "argv", ["reorg", "update-branch", str(root), "--plan", plan, "topic"])
        main()
    return int(ended.value.code or 0)


def test_the_branch_gets_the_moves_and_its_own_lines_are_rewritten(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = (git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD", "topic"))
    assert update(root) == 0
    said = capsys.readouterr().out
    assert "git merge --ff-only topic-updated" in said
    assert "shop/infra/data/extra.py is new on the branch" in said
    assert (git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD", "topic")) == start
    parents = git(root, "log", "-1", "--format=%P %an", "topic-updated").split(" ", 2)
    assert parents[:2] == git(root, "rev-parse", "topic", "main").split()
    assert parents[2] == "M. Aintainer\n"
    git(root, "checkout", "-q", "topic")
    git(root, "merge", "-q", "--ff-only", "topic-updated")
    assert not (root / "shop/infra/data/store.py").exists()
    for program, printed in (("late.py", "1 1\n"), ("check.py", "Store\n")):
        ran = subprocess.run([sys.executable, program], cwd=root, capture_output=True, text=True)
        assert (ran.stdout, ran.stderr) == (printed, "")
    extra = [sys.executable, "-c", "import shop.infra.data.extra as e; print(e.E.key)"]
    assert subprocess.run(extra, cwd=root, capture_output=True, text=True).stdout == "1\n"


def test_a_second_time_the_branch_is_there_already(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update(root) == 0
    assert update(root) == 1
    assert "a branch topic-updated already exists" in capsys.readouterr().err


def test_conflicts_are_settled_by_a_person(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "checkout", "-q", "main")
    (root / "check.py").write_text("print('ours')\n")
    git(root, "commit", "-q", "-a", "-m", "after the moves")
    git(root, "checkout", "-q", "topic")
    (root / "check.py").write_text("print('theirs')\n")
    git(root, "commit", "-q", "-a", "-m", "on the branch, too")
    assert update(root) == 0  # what came after the moves is merged later, as always
    git(root, "branch", "-D", "topic-updated")
    git(root, "checkout", "-q", "main")
    git(root, "reset", "-q", "--hard", "HEAD~1")
    (root / "check.py").write_text("print('amended')\n")
    git(root, "commit", "-q", "-a", "--amend", "--no-edit")
    assert update(root) == 1
    said = capsys.readouterr().err
    assert "check.py" in said and "resolve the conflicts" in said


def test_without_the_moves_it_says_what_to_fetch(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "checkout", "-q", "topic")
    git(root, "branch", "-D", "main")
    assert update(root) == 1
    assert "first fetch the branch with the moves" in capsys.readouterr().err
