"""The commits that the script makes, one by one: who made them, what each passes."""

from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.errors import PlanError
from reorg_lib.export.deliver import deliver, planned_changes
from reorg_lib.git import Repository, open_repository
from reorg_lib.model import Decision, Move, Plan, Scope, Split
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.proof.tools.test_runs import run_tests
from reorg_lib.script.render import render_script
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository, git
from tests.scripts import Case

FILES = {
    "check.py": "import shop.app\n\nprint(shop.app.A, shop.app.B, shop.app.Store)\n",
    "shop/__init__.py": "",
    "shop/app.py": "from shop.infra.data.store import Store\n"
    "from shop.infra.data.tables import A, B\n",
    "shop/infra/__init__.py": "",
    "shop/infra/data/__init__.py": "",
    "shop/infra/data/store.py": "class Store:\n    pass\n",
    "shop/infra/data/tables.py": "A = dict(a=1)\n\nB = dict(b=2)\n",
}
SPLIT = Split(
    "shop/infra/data/tables.py",
    "shop/infra/postgres/tables",
    Decision.APPROVED,
    parts=(("a.py", ("A",)), ("b.py", ("B",))),
)
MOVE = Move("shop/infra/data/store.py", "shop/infra/postgres/store.py", Decision.APPROVED, "SQL")
CHECK = f"{shlex.quote(sys.executable)} -B check.py"


def prepared(make_repository: MakeRepository, *commands: str) -> tuple[Case, Repository, Plan]:
    root = make_repository(FILES)
    git(root, "config", "user.name", "M. Aintainer")
    git(root, "config", "user.email", "m@example.org")
    repository = open_repository(root)
    plan = Plan(Scope("shop.infra", ".", repository.commit, commands), (MOVE, SPLIT))
    changeset = planned_changes(repository, take_survey(repository, "shop.infra"), plan)
    script = root.parent / "reorganize.sh"
    script.write_text(render_script(changeset))
    return Case(root, script, changeset), repository, plan


def test_moves_and_splits_are_two_commits_of_whoever_runs_it(
    make_repository: MakeRepository,
) -> None:
    case, _, _ = prepared(make_repository, "echo '# formatted' >> shop/app.py", "touch new.txt")
    done = case.run("--commit")
    assert done.returncode == 0, done.stderr
    assert "then type: echo '# formatted' >> shop/app.py && touch new.txt" in done.stdout
    assert "formatted" not in (case.root / "shop/app.py").read_text()
    log = git(case.root, "log", "--format=%an <%ae> %cn: %s", "--reverse").splitlines()[1:]
    assert [line.partition(": ")[0] for line in log] == [
        "M. Aintainer <m@example.org> M. Aintainer"
    ] * 2
    assert [line.partition(": ")[2] for line in log] == [
        "Give the modules of shop.infra their new places",
        "Split modules into packages of the same name",
    ]


def test_without_a_formatter_none_is_named(make_repository: MakeRepository) -> None:
    case, _, _ = prepared(make_repository)
    assert "then type" not in case.run("--commit").stdout


def test_an_export_never_runs_the_formatter(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    _, repository, plan = prepared(make_repository, f"touch {shlex.quote(str(tmp_path))}/ran")
    survey = take_survey(repository, "shop.infra")
    deliver(repository, survey, plan, tmp_path / "out", witness=False, test_commands=(CHECK,))
    assert not (tmp_path / "ran").exists()


def test_the_tests_run_at_each_commit(make_repository: MakeRepository) -> None:
    case, repository, _ = prepared(make_repository)
    whole = "test ! -e shop/infra/postgres/tables/a.py"
    script = case.script.read_text()
    before, moved, split = run_tests(repository, script, (CHECK, whole), ".")
    assert before == moved == {f"1: {CHECK}": "passed", f"2: {whole}": "passed"}
    assert split == {f"1: {CHECK}": "passed", f"2: {whole}": "exit 1"}


def test_a_plan_keeps_its_commands_and_refuses_what_cannot_be_seen(tmp_path: Path) -> None:
    plan = Plan(Scope("shop.infra", ".", "0" * 40, ("ruff format .", "ruff check --fix .")))
    save_plan(tmp_path / "plan.toml", plan)
    assert load_plan(tmp_path / "plan.toml") == plan
    text = (tmp_path / "plan.toml").read_text().replace("ruff format .", "ruff\\nrm x")
    (tmp_path / "plan.toml").write_text(text)
    with pytest.raises(PlanError, match="one line"):
        load_plan(tmp_path / "plan.toml")


def test_the_script_for_branches_is_written_where_there_are_any(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    case, repository, plan = prepared(make_repository)
    survey = take_survey(repository, "shop.infra")
    out = tmp_path / "out"
    deliver(repository, survey, plan, out, witness=False, branches=True)
    assert (out / "update-branch.sh").stat().st_mode & 0o111
    deliver(repository, survey, plan, out, witness=False)
    assert not (out / "update-branch.sh").exists()
    git(case.root, "checkout", "-q", "-b", "topic")
    (case.root / "late.py").write_text("from shop.infra.data.store import Store\nStore()\n")
    git(case.root, "add", "late.py")
    git(case.root, "commit", "-q", "-m", "late")
    git(case.root, "checkout", "-q", "main")
    deliver(repository, survey, plan, out, witness=False)
    assert case.run("--commit").returncode == 0
    git(case.root, "checkout", "-q", "topic")
    git(case.root, "merge", "-q", "--no-edit", "main")
    script = out / "update-branch.sh"
    done = replace(case, script=script).run()
    assert (done.returncode, done.stderr) == (0, "")
    subprocess.run([sys.executable, "-B", "late.py"], cwd=case.root, check=True)
    assert "infra.data" not in (case.root / "late.py").read_text()
