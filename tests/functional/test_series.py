"""The commits that the script makes, one by one: who made them, what each passes, the formatter."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from reorg_lib.errors import PlanError
from reorg_lib.export.handover import hand_over, planned_changes
from reorg_lib.export.script import render_script
from reorg_lib.export.trial import try_tests
from reorg_lib.model import Decision, Move, Plan, Scope, Split
from reorg_lib.plan.planfile import load_plan, save_plan
from reorg_lib.repository import Repository, open_repository
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository, git
from tests.scripts import Case, snapshot

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
    (("a.py", ("A",)), ("b.py", ("B",))),
    Decision.APPROVED,
)
MOVE = Move("shop/infra/data/store.py", "shop/infra/postgres/store.py", Decision.APPROVED, "SQL")
CHECK = f"{shlex.quote(sys.executable)} -B check.py"


def prepared(make_repository: MakeRepository, *commands: str) -> tuple[Case, Repository, Plan]:
    root = make_repository(FILES)
    git(root, "config", "user.name", "M. Aintainer")
    git(root, "config", "user.email", "m@example.org")
    repository = open_repository(root)
    plan = Plan(Scope("shop.infra", ".", repository.commit, commands), (MOVE,), (SPLIT,))
    changeset = planned_changes(repository, take_survey(repository, "shop.infra"), plan)
    script = root.parent / "reorganize.sh"
    script.write_text(render_script(changeset))
    return Case(root, script, changeset), repository, plan


def test_moves_splits_and_formatting_are_three_commits_of_whoever_runs_it(
    make_repository: MakeRepository,
) -> None:
    case, _, _ = prepared(make_repository, "echo '# formatted' >> shop/app.py", "touch new.txt")
    early = case.run("--format")
    assert early.returncode == 1 and "run it with --commit first" in early.stderr
    done = case.run("--commit")
    assert done.returncode == 0, done.stderr
    assert "Run it with --format now" in done.stdout
    assert "formatted" not in (case.root / "shop/app.py").read_text()
    formatted = case.run("--format")
    assert formatted.returncode == 0, formatted.stderr
    log = git(case.root, "log", "--format=%an <%ae> %cn: %s", "--reverse").splitlines()[1:]
    assert [line.partition(": ")[0] for line in log] == [
        "M. Aintainer <m@example.org> M. Aintainer"
    ] * 3
    assert [line.partition(": ")[2] for line in log] == [
        "Give the modules of shop.infra their new places",
        "Split modules into packages of the same name",
        "Format the modules of shop.infra in their new places",
    ]
    assert git(case.root, "show", "--format=", "--name-only").split() == ["shop/app.py"]
    assert git(case.root, "rev-parse", "HEAD").strip() in formatted.stdout
    assert "new.txt" not in git(case.root, "ls-files")


def test_a_formatter_that_fails_leaves_everything_as_it_was(
    make_repository: MakeRepository,
) -> None:
    case, _, _ = prepared(make_repository, "echo x >> shop/app.py; exit 3")
    assert case.run("--commit").returncode == 0
    start = snapshot(case.root)
    failed = case.run("--format")
    assert failed.returncode == 1 and "that command failed" in failed.stderr
    assert snapshot(case.root) == start


def test_without_a_formatter_there_is_nothing_to_do(make_repository: MakeRepository) -> None:
    case, _, _ = prepared(make_repository)
    assert "--format now" not in case.run("--commit").stdout
    start = snapshot(case.root)
    done = case.run("--format")
    assert done.returncode == 0 and "nothing to format" in done.stdout
    assert snapshot(case.root) == start


def test_an_export_never_runs_the_formatter(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    _, repository, plan = prepared(make_repository, f"touch {shlex.quote(str(tmp_path))}/ran")
    survey = take_survey(repository, "shop.infra")
    hand_over(repository, survey, plan, tmp_path / "out", witness=False, test_commands=(CHECK,))
    assert not (tmp_path / "ran").exists()


def test_the_tests_run_at_each_commit(make_repository: MakeRepository) -> None:
    case, repository, _ = prepared(make_repository)
    whole = "test ! -e shop/infra/postgres/tables/a.py"
    script = case.script.read_text()
    before, moved, split = try_tests(repository, script, (CHECK, whole), ".")
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
