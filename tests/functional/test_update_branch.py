"""`update-branch.sh`, really run on branches that were cut before the move."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.script.branch_renames import new_names
from reorg_lib.script.update_branch import render_update
from tests.changesets import make_changeset
from tests.conftest import MakeRepository, git
from tests.scripts import BEFORE, SEDS, Case, make_case, shim, snapshot

LATE = (
    "import pkg.old.http\nimport pkg.older.store\nfrom pkg.old.store import Store\n"
    'pkg.old.store.x(pkg.old.http, "xpkg.old.http pkg.older")  # pkg/old/store.py\n'
)
LATE_AFTER = (
    "import pkg.http.http\nimport pkg.older.store\nfrom pkg.postgres.store import Store\n"
    'pkg.postgres.store.x(pkg.http.http, "xpkg.old.http pkg.older")  # pkg/postgres/store.py\n'
)


def commit(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode())
    git(root, "add", "-f", "--", path)
    git(root, "commit", "-q", "-m", "on the branch")


@pytest.fixture
def case(make_repository: MakeRepository) -> Case:
    """The branch `late` was cut before the move, which is committed on `main`."""
    made = make_case(make_repository)
    git(made.root, "config", "user.name", "M. Aintainer")
    git(made.root, "config", "user.email", "m@example.org")
    git(made.root, "branch", "late")
    assert made.run("--commit").returncode == 0
    git(made.root, "checkout", "-q", "late")
    return made


def update(
    case: Case, *arguments: str, shims: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the script as the owner of a branch does."""
    script = case.script.with_name("update-branch.sh")
    script.write_text(render_update(case.changeset))
    return replace(case, script=script).run(*arguments, shims=shims)


def merge(root: Path) -> None:
    git(root, "-c", "merge.directoryRenames=false", "merge", "-q", "--no-edit", "main")


@pytest.mark.parametrize("name", SEDS)
def test_it_rewrites_what_a_branch_brought_along(name: str, case: Case, tmp_path: Path) -> None:
    program, *arguments = SEDS[name]
    where = shutil.which(program)
    if not where:
        pytest.skip(f"{program} is not installed")
    shims = shim(tmp_path / "shims", "sed", " ".join(["exec", where, *arguments, '"$@"']))
    commit(case.root, "a late/one.py", LATE)
    commit(case.root, "crlf.py", LATE.replace("\n", "\r\n").rstrip())
    merge(case.root)
    moved = "class Store:\n    pass\n\n\nimport pkg.old.http\n"
    commit(case.root, "pkg/postgres/store.py", moved)
    start = snapshot(case.root)
    done = update(case, shims=shims)
    assert (done.returncode, done.stderr) == (0, "")
    assert (case.root / "a late/one.py").read_text() == LATE_AFTER
    crlf = LATE_AFTER.replace("\n", "\r\n").rstrip()
    assert (case.root / "crlf.py").read_bytes().decode() == crlf
    assert (case.root / "pkg/postgres/store.py").read_text().endswith("import pkg.http.http\n")
    changed = ["a late/one.py", "crlf.py", "pkg/postgres/store.py"]
    assert git(case.root, "diff", "--cached", "--name-only").splitlines() == changed
    assert git(case.root, "diff", "--name-only") == ""
    assert all(f"  {path}\n" in done.stdout for path in changed)
    git(case.root, "reset", "-q", "--hard")
    assert snapshot(case.root) == start


def test_the_second_run_has_nothing_to_do(case: Case) -> None:
    commit(case.root, "late.py", LATE)
    merge(case.root)
    assert update(case).returncode == 0
    git(case.root, "commit", "-q", "-m", "in line")
    again = update(case)
    assert (again.returncode, again.stderr) == (0, "")
    assert "nothing to rename" in again.stdout


@pytest.mark.parametrize(
    ("path", "text", "places"),
    [
        ("late.py", "import os\nfrom pkg.old import store\n", ["late.py:2:"]),
        ("late.py", "from pkg.old import (\n    a,\n    http,\n)\n", ["late.py:1:"]),
        ("late.py", "x = 1\nfrom pkg.old import \\\n    http\n", ["late.py:2:"]),
        ("late.py", "import pkg.old.unused\n", ["late.py:1:"]),
        ("late.py", "x = 'pkg.old.httpx'\n", ["late.py:1:"]),
        ("pkg/late.py", "from .old.store import Store\n", ["pkg/late.py:1:"]),
        ("pkg/n/late.py", "def f():\n    from ..old import http as h\n", ["pkg/n/late.py:2:"]),
        ("late.txt", "x\nother/pkg/old/store.py\n", ["late.txt:2:"]),
        ("pkg/old/late.py", "x = 1\n", ["pkg/old/late.py"]),
        ("notes.txt", BEFORE["notes.txt"] + "see pkg.old.http\n", ["notes.txt:2:"]),
    ],
)
def test_what_a_person_must_change_is_listed_and_the_rest_rewritten(
    path: str, text: str, places: list[str], case: Case
) -> None:
    commit(case.root, path, text)
    commit(case.root, "rest.py", "import pkg.old.http\n")
    merge(case.root)
    for _ in range(2):
        done = update(case)
        assert done.returncode == 1
        listed = done.stderr.splitlines()
        assert listed[-1].startswith("update-branch.sh: these are for you")
        assert len(listed) == len(places) + 1
        assert all(place in line for place, line in zip(places, listed[:-1], strict=True)), listed
        assert (case.root / path).read_bytes() == text.encode()
        assert (case.root / "rest.py").read_text() == "import pkg.http.http\n"
        git(case.root, "commit", "-q", "--allow-empty", "-m", "the rest")
    again = update(case)
    assert again.returncode == 1
    assert "nothing to rename" in again.stdout
    assert again.stderr.splitlines() == listed


def test_what_was_looked_at_in_the_review_is_not_listed_again(case: Case) -> None:
    commit(case.root, "notes.txt", "at first\n" + BEFORE["notes.txt"])
    merge(case.root)
    done = update(case)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing to rename" in done.stdout


def test_new_relative_imports_in_a_moved_file_are_listed(case: Case) -> None:
    merge(case.root)
    moved = case.root / "pkg/http/http.py"
    moved.write_text("from ..postgres.store import Store\nfrom . import http\nfrom . import no\n")
    git(case.root, "commit", "-q", "-a", "-m", "resolved")
    done = update(case)
    assert done.returncode == 1
    assert done.stderr.splitlines()[:-1] == [
        "  pkg/http/http.py:2:from . import http",
        "  pkg/http/http.py:3:from . import no",
    ]


def test_names_that_are_old_and_new_are_listed(make_repository: MakeRepository) -> None:
    before = {
        "pkg/__init__.py": "",
        "pkg/a.py": "a = 1\n",
        "pkg/b.py": "b = 2\n",
        "pkg/t.py": "t = 3\n",
        "pkg/x.py": "x = 4\n",
    }
    moves = {
        "pkg/a.py": "pkg/b.py",
        "pkg/b.py": "pkg/a.py",
        "pkg/t.py": "pkg/t/core.py",
        "pkg/x.py": "pkg/y.py",
    }
    after = {moves.get(path, path): text for path, text in before.items()}
    after["pkg/t/__init__.py"] = ""
    modules = {old[:-3].replace("/", "."): new[:-3].replace("/", ".") for old, new in moves.items()}
    case = make_case(make_repository, before, after, moves, modules=modules, left=())
    git(case.root, "config", "user.name", "M. Aintainer")
    git(case.root, "config", "user.email", "m@example.org")
    git(case.root, "branch", "late")
    assert case.run("--commit").returncode == 0
    git(case.root, "checkout", "-q", "late")
    text = (
        "import pkg.a\n"
        "from pkg import b\n"
        "import pkg.t.core\n"
        "from pkg.t import core\n"
        "from pkg.t import t\n"
        "import pkg.x  # pkg/b.py\n"
        "import pkg.t.core2, pkg.ab\n"
    )
    commit(case.root, "late.py", text)
    commit(case.root, "pkg/late.py", "from . import a\nfrom .t.core import t\nfrom .y import x\n")
    merge(case.root)
    done = update(case)
    assert (done.returncode, (case.root / "late.py").read_text()) == (
        1,
        text.replace("pkg.x", "pkg.y"),
    )
    listed = [line.strip() for line in done.stderr.splitlines()[:-1]]
    lines = text.replace("pkg.x", "pkg.y").splitlines()
    assert listed == [
        *(f"late.py:{number}:{lines[number - 1]}" for number in (1, 2, 4, 5, 6, 7)),
        "pkg/late.py:1:from . import a",
        "pkg/late.py:2:from .t.core import t",
    ]


def test_it_refuses_before_the_merge_and_on_a_dirty_tree(case: Case) -> None:
    commit(case.root, "late.py", LATE)
    start = snapshot(case.root)
    refused = update(case)
    assert refused.returncode == 1
    assert "merge or rebase first" in refused.stderr
    assert snapshot(case.root) == start
    merge(case.root)
    (case.root / "late.py").write_text("edited\n")
    start = snapshot(case.root)
    refused = update(case)
    assert refused.returncode == 1
    assert "commit or stash" in refused.stderr
    assert snapshot(case.root) == start


def test_names_that_mean_something_after_the_move_have_no_rule() -> None:
    names = {
        "pkg.a": "pkg.b",
        "pkg.b": "pkg.a",
        "pkg.t": "pkg.t.core",
        "pkg.x": "pkg.y",
        "pkg.k.r": "pkg.n.k.r",
    }
    found = new_names(make_changeset({}, {}, modules=names))
    assert found == [("pkg.k.r", "pkg.n.k.r"), ("pkg.x", "pkg.y")]


def test_the_script_is_short_and_clean(case: Case) -> None:
    script = render_update(case.changeset)
    assert script == render_update(case.changeset)
    assert len(script.splitlines()) - len(new_names(case.changeset)) <= 120 + 15
    (case.root.parent / "u.sh").write_text(script)
    found = subprocess.run(
        [Path(sys.executable).parent / "shellcheck", case.root.parent / "u.sh"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""
