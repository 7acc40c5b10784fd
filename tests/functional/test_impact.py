"""`reorg impact` on branches made for it, each really merged before and after the script."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from reorg_lib.cli import commands
from reorg_lib.errors import NotARepository, PlanError, ToolError
from reorg_lib.export.branch_impact import BranchImpact, Conflict, advise, assess_branches
from reorg_lib.git import Repository, open_repository
from reorg_lib.model import ChangeSet, Decision, Move, Plan, Scope, Split
from reorg_lib.plan.plan_file import save_plan
from reorg_lib.proof.leftover_names import LeftoverNames
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.script.render import render_script
from reorg_lib.script.update_branch import render_update
from reorg_lib.survey import take_survey
from reorg_lib.views.tables.impact import impact_details, impact_table
from reorg_lib.workbench import Workbench
from scripts.open_branches import really_merge, run
from tests.conftest import MakeRepository, git
from tests.scripts import shim

BODY = "".join(f"\n\ndef step_{n}():\n    return {n}\n" for n in range(8))
STORE = f"class Store:\n    pass\n{BODY}"
ORDERS = f"from .store import Store\n{BODY}\n\nORDERS = Store\n"
IMPORTS = "from shop.infra.data.orders import ORDERS\nfrom shop.infra.data.store import Store\n"
APP = f"import os\n\n{IMPORTS}{BODY}"
TABLES = "from builtins import dict as Table\n\nA = Table()\n\nB = Table()\n"
FILES = {
    "README.md": "The shop.\n",
    "shop/__init__.py": "",
    "shop/app.py": APP,
    "shop/infra/__init__.py": "",
    "shop/infra/data/__init__.py": "",
    "shop/infra/data/orders.py": ORDERS,
    "shop/infra/data/store.py": STORE,
    "shop/infra/data/tables.py": TABLES,
}
MOVES = {
    "shop/infra/data/orders.py": "shop/infra/postgres/query/orders.py",
    "shop/infra/data/store.py": "shop/infra/postgres/store.py",
}
SPLIT = Split(
    "shop/infra/data/tables.py",
    "shop/infra/postgres/tables",
    Decision.APPROVED,
    parts=(("a.py", ("A",)), ("b.py", ("B",))),
)


def on_branch(root: Path, name: str, files: Mapping[str, str | None]) -> None:
    """Commit files (None: gone) on a new branch that starts where `main` is."""
    git(root, "checkout", "-q", "-b", name, "main")
    for path, text in files.items():
        if text is None:
            git(root, "rm", "-q", "--", path)
            continue
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
        git(root, "add", "--", path)
    git(root, "commit", "-q", "-m", name)
    git(root, "checkout", "-q", "main")


def changes(root: Path, *, splits: tuple[Split, ...] = ()) -> tuple[Repository, ChangeSet, Plan]:
    repository = open_repository(root)
    scope = Scope("shop.infra", ".", repository.commit)
    moves = tuple(Move(old, new, Decision.APPROVED) for old, new in MOVES.items())
    if not splits:
        old, new = SPLIT.source, "shop/infra/postgres/tables.py"
        moves = (*moves, Move(old, new, Decision.APPROVED))
    plan = Plan(scope, (*moves, *splits))
    survey = take_survey(repository, "shop.infra")
    return repository, build_changeset(repository, survey, plan), plan


def everything(root: Path) -> dict[str, bytes]:
    """All bytes below a folder, git's own included."""
    return {
        str(Path(folder, name)): Path(folder, name).read_bytes()
        for folder, _, names in os.walk(root)
        for name in names
    }


Foretell = Callable[[Mapping[str, str | None]], BranchImpact]


@pytest.fixture
def foretell(make_repository: MakeRepository, tmp_path: Path) -> Foretell:
    """Return what says of a branch what merging it gives, after it was merged for real, too."""

    def foretell_and_merge(
        files: Mapping[str, str | None], splits: tuple[Split, ...] = ()
    ) -> BranchImpact:
        root = make_repository(FILES)
        on_branch(root, "topic", files)
        repository, changeset, _ = changes(root, splits=splits)
        was = everything(root)
        (found,) = assess_branches(repository, changeset)
        assert everything(root) == was
        script = tmp_path / "reorganize.sh"
        script.write_text(render_script(changeset))
        script.with_name("update-branch.sh").write_text(render_update(changeset))
        (verdict,) = really_merge(root, script, repository.commit, (found,))
        assert verdict.wrong == ()
        return found

    return foretell_and_merge


def test_a_user_of_a_moved_module_merges_and_is_renamed(foretell: Foretell) -> None:
    late = "import shop.infra.data.store\nfrom shop.infra.data.orders import ORDERS\n"
    found = foretell({"late.py": late, "docs/late.md": "See shop/infra/data/store.py.\n"})
    assert (found.today, found.added) == ((), ())
    assert [(p.path, p.line, p.renamed) for p in found.places] == [
        ("docs/late.md", 1, True),
        ("late.py", 1, True),
        ("late.py", 2, True),
    ]
    assert found.remedy == "renames all"


def test_an_edit_of_a_moved_module_follows_it(foretell: Foretell) -> None:
    found = foretell({"shop/infra/data/store.py": STORE.replace("return 5", "return 55")})
    assert (found.today, found.added, found.places) == ((), (), ())
    assert found.remedy == "not needed"


def test_import_lines_that_both_change_are_resolved_by_rule(foretell: Foretell) -> None:
    text = APP.replace("data.store import Store", "data.store import Store, step_1")
    found = foretell({"shop/app.py": text})
    assert found.added == (Conflict("shop/app.py", "import lines", mechanical=True),)
    assert found.by_hand == () and found.left == ()
    assert found.remedy == "renames all"
    assert advise([found]) == (
        "Merge the moves now: no branch that merges today would need manual work. 1 branch needs no"
        " more than `git merge -X ours` and `bash update-branch.sh`."
    )


def test_a_new_module_in_a_folder_that_moved_needs_a_person(foretell: Foretell) -> None:
    found = foretell({"shop/infra/data/late.py": "x = 1\n"})
    assert [c.kind for c in found.by_hand] == ["new file in a folder that moved"]
    assert advise([found]).startswith("Merge the moves after topic")


def test_a_module_that_the_branch_moves_itself(foretell: Foretell) -> None:
    found = foretell({"shop/infra/data/store.py": None, "shop/infra/db/store.py": STORE})
    assert "rename/rename" in {c.kind for c in found.by_hand}


def test_a_module_that_the_branch_deletes(foretell: Foretell) -> None:
    app = APP.replace("from shop.infra.data.orders import ORDERS\n", "")
    found = foretell({"shop/infra/data/orders.py": None, "shop/app.py": app})
    kinds = {c.path: c.kind for c in found.added}
    assert kinds["shop/infra/postgres/query/orders.py"] == "rename/delete"


def test_a_relative_import_that_no_rule_knows_is_left_to_a_person(foretell: Foretell) -> None:
    text = ORDERS.replace("return 7", "from . import tables\n    return tables")
    found = foretell({"shop/infra/data/orders.py": text})
    assert [(p.path, p.text, p.renamed) for p in found.left] == [
        ("shop/infra/postgres/query/orders.py", "from . import tables", False)
    ]
    assert list(impact_details([found])) == [
        "topic needs a person's hand:",
        "  shop/infra/postgres/query/orders.py:33: from . import tables",
    ]


def test_an_edit_of_what_is_split(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository(FILES)
    edited = TABLES.replace("B = Table()", "B = Table(b=1)")
    on_branch(root, "topic", {"shop/infra/data/tables.py": edited})
    repository, changeset, _ = changes(root, splits=(SPLIT,))
    (found,) = assess_branches(repository, changeset)
    assert {c.kind for c in found.by_hand} <= {"split/edit", "rename/edit"} and found.added
    script = tmp_path / "reorganize.sh"
    script.write_text(render_script(changeset))
    script.with_name("update-branch.sh").write_text(render_update(changeset))
    (verdict,) = really_merge(root, script, repository.commit, (found,))
    assert verdict.wrong == ()


OUTCOME = "import shop.test_late as t; t.check()"


@pytest.mark.parametrize(
    "files",
    [
        {"shop/late.py": "import shop.infra.data.store as store\n"},
        {
            "shop/app.py": APP.replace("import Store", "import Store, step_1"),
            "shop/late.py": "from shop.app import Store, step_1, ORDERS\n",
        },
        {
            "shop/infra/data/store.py": STORE.replace("return 5", "return 6"),
            "shop/late.py": "from shop.infra.data.store import step_5\nassert step_5() == 6\n",
        },
        {
            "README.md": None,
            "shop/late.py": "from shop.infra.data.orders import (\n    ORDERS,\n)\n",
        },
    ],
    ids=["a new user", "an edited import", "an edited module", "a deleted file"],
)
def test_what_a_branch_is_told_to_do_keeps_its_tests_and_no_old_name(
    files: dict[str, str | None], make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(FILES)
    check = "def check():\n    import shop.late\n    print('checked', shop.late.__name__)\n"
    on_branch(root, "topic", {**files, "shop/test_late.py": check})
    repository, changeset, _ = changes(root)
    script = tmp_path / "reorganize.sh"
    script.write_text(render_script(changeset))
    git(root, "checkout", "-q", "topic")
    before = run(root, sys.executable, "-B", "-c", OUTCOME).stdout
    git(root, "checkout", "-q", "main")
    run(root, "bash", str(script), "--commit")
    git(root, "checkout", "-q", "topic")
    git(root, "merge", "-q", "--no-edit", repository.commit)
    git(root, "merge", "-q", "--no-edit", "-X", "ours", "main")
    update = tmp_path / "update-branch.sh"
    update.write_text(render_update(changeset))
    run(root, "bash", str(update))
    assert run(root, sys.executable, "-B", "-c", OUTCOME).stdout == before == "checked shop.late\n"
    after = {p: (root / p).read_bytes() for p in git(root, "ls-files").splitlines()}
    search = LeftoverNames(changeset)
    assert {
        path: [*search.find(text)] for path, text in after.items() if [*search.find(text)]
    } == {}


def test_all_kinds_of_branches_at_once(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository(FILES)
    on_branch(root, "clean", {"README.md": "A shop.\n"})
    on_branch(root, "broken", {"shop/app.py": APP.replace("import os", "import re")})
    git(root, "checkout", "-q", "--orphan", "stranger")
    git(root, "commit", "-q", "-m", "stranger")
    git(root, "checkout", "-q", "main")
    git(root, "branch", "merged")
    (root / "shop/app.py").write_text(APP.replace("import os", "import sys"))
    git(root, "commit", "-q", "-a", "-m", "on main")
    git(root, "update-ref", "refs/remotes/origin/clean", "clean")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/clean")
    repository, changeset, _ = changes(root)
    was = everything(root)
    found = assess_branches(repository, changeset)
    assert everything(root) == was
    assert [one.names for one in found] == [("broken",), ("clean", "origin/clean"), ("stranger",)]
    broken, clean, stranger = found
    assert broken.today == (Conflict("shop/app.py", "contents"),) and not broken.added
    assert (clean.today, clean.added, clean.places, clean.related) == ((), (), (), True)
    assert not stranger.related
    assert advise(found, repository.default_branch()) == (
        "Merge the moves now: no branch that merges today would need manual work."
        " 2 branches do not merge today either: no reason to wait."
    )
    table = impact_table(found)
    assert list(table["conflicts_today"]) == [1, 0, -1]
    (named,) = assess_branches(repository, changeset, ["broken"])
    assert named == broken
    with pytest.raises(NotARepository, match="no branch nowhere"):
        assess_branches(repository, changeset, ["nowhere"])
    script = tmp_path / "reorganize.sh"
    script.write_text(render_script(changeset))
    script.with_name("update-branch.sh").write_text(render_update(changeset))
    verdicts = list(really_merge(root, script, repository.commit, found))
    assert [verdict.wrong for verdict in verdicts] == [(), (), ()]


def test_the_command_says_it_in_a_table_and_as_json(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(FILES)
    on_branch(root, "topic", {"late.py": "import shop.infra.data.store\n"})
    save_plan(tmp_path / "plan.toml", changes(root)[2])
    verb = ["impact", str(root), "--plan", str(tmp_path / "plan.toml")]
    told = CliRunner().invoke(commands, [*verb, "topic"])
    assert told.exit_code == 0, told.output
    assert "renames all" in told.output and "Merge the moves now" in told.output
    as_json = CliRunner().invoke(commands, [*verb, "--json", "-"])
    (record,) = json.loads(as_json.output)
    assert record["names"] == ["topic"]
    assert record["places"][0] | {"text": ""} == {
        "path": "late.py",
        "line": 1,
        "text": "",
        "renamed": True,
    }


def test_a_shallow_clone_says_what_has_no_common_ancestor(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(FILES)
    on_branch(root, "old", {"README.md": "An old shop.\n"})
    for number in range(3):
        git(root, "commit", "-q", "--allow-empty", "-m", f"{number}")
    on_branch(root, "new", {"late.py": "import shop.infra.data.store\n"})
    clone = tmp_path / "clone"
    git(root, "clone", "-q", "--depth", "2", "--no-single-branch", root.as_uri(), str(clone))
    repository, changeset, _ = changes(clone)
    found = {one.names[0]: one for one in assess_branches(repository, changeset)}
    assert not found["origin/old"].related
    assert found["origin/new"].remedy == "renames all"


def test_nothing_that_the_repository_configures_runs(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    trap = f"touch {tmp_path}/trapped; false"
    text = APP.replace("data.store import Store", "data.store import Store, step_1")
    root = make_repository({**FILES, ".gitattributes": "*.py merge=trap filter=trap\n"})
    on_branch(root, "topic", {"shop/app.py": text})
    for key in ("merge.trap.driver", "filter.trap.smudge", "filter.trap.clean", "core.fsmonitor"):
        git(root, "config", key, trap)
    (tmp_path / "trapped").unlink(missing_ok=True)
    repository, changeset, _ = changes(root)
    (found,) = assess_branches(repository, changeset)
    assert [c.kind for c in found.added] == ["import lines"]
    assert not (tmp_path / "trapped").exists()


def test_attributes_count_as_in_a_checkout(make_repository: MakeRepository) -> None:
    root = make_repository({**FILES, ".gitattributes": "*.txt merge=union\n", "log.txt": "0\n"})
    on_branch(root, "topic", {"log.txt": "0\n1\n"})
    (root / "log.txt").write_text("0\n2\n")
    git(root, "commit", "-q", "-a", "-m", "on main")
    repository, changeset, _ = changes(root)
    (found,) = assess_branches(repository, changeset)
    assert found.today == ()


def test_an_old_git_is_told_apart(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, changeset, _ = changes(make_repository(FILES))
    body = 'case "$*" in *version*) echo "git version 2.34.1" ;; *) exec "$REAL" "$@" ;; esac'
    shims = shim(tmp_path / "shims", "git", body)
    monkeypatch.setenv("PATH", f"{shims}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ToolError, match=r"git 2\.34\.1 cannot merge in memory.*2\.38"):
        assess_branches(repository, changeset)


def test_without_an_approved_step_there_is_nothing_to_say(make_repository: MakeRepository) -> None:
    repository, changeset, _ = changes(make_repository(FILES))
    with pytest.raises(PlanError, match="no step"):
        assess_branches(repository, replace(changeset, changes=()))


def test_the_workbench_shows_the_same_as_a_table(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(FILES)
    on_branch(root, "easy", {"late.py": "import shop.infra.data.store\n"})
    on_branch(root, "hard", {"shop/infra/data/late.py": "x = 1\n"})
    save_plan(tmp_path / "plan.toml", changes(root)[2])
    bench = Workbench.open(root, "shop.infra", tmp_path / "plan.toml", tmp_path / "out")
    table = bench.impact()
    assert list(table["branch"]) == ["hard", "easy"]
    assert list(table["by_hand"]) == [1, 0] and list(table["old_names"]) == [0, 1]
    assert "new file in a folder that moved" in table["places"][0]
    assert list(bench.impact("easy")["update_branch"]) == ["renames all"]
