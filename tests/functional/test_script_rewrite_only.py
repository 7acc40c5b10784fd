"""`reorganize.sh --rewrite-only`, really run on branches that were cut before the move."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reorg_lib.export.stale import stale_rules
from tests.changesets import make_changeset
from tests.conftest import MakeRepository, git
from tests.scripts import SEDS, Case, make_case, shim, snapshot

LATE = (
    "import pkg.old.http\nimport pkg.old.storehouse\nfrom pkg.old.store import Store\n"
    'pkg.old.store.x(pkg.old.http, "xpkg.old.http")  # pkg/old/store.py\n'
)
LATE_AFTER = (
    "import pkg.http.http\nimport pkg.old.storehouse\nfrom pkg.postgres.store import Store\n"
    'pkg.postgres.store.x(pkg.http.http, "xpkg.old.http")  # pkg/postgres/store.py\n'
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
    start = {**snapshot(case.root), "journal": False}
    done = case.run("--rewrite-only", shims=shims)
    assert (done.returncode, done.stderr) == (0, "")
    assert (case.root / "a late/one.py").read_text() == LATE_AFTER
    crlf = LATE_AFTER.replace("\n", "\r\n").rstrip()
    assert (case.root / "crlf.py").read_bytes().decode() == crlf
    assert (case.root / "pkg/postgres/store.py").read_text().endswith("import pkg.http.http\n")
    changed = ["a late/one.py", "crlf.py", "pkg/postgres/store.py"]
    assert git(case.root, "diff", "--cached", "--name-only").splitlines() == changed
    assert git(case.root, "diff", "--name-only") == ""
    assert all(f"  {path}\n" in done.stdout for path in changed)
    undone = case.run("--undo")
    assert (undone.returncode, undone.stderr) == (0, "")
    assert snapshot(case.root) == start


def test_the_second_run_has_nothing_to_do(case: Case) -> None:
    commit(case.root, "late.py", LATE)
    merge(case.root)
    assert case.run("--rewrite-only").returncode == 0
    git(case.root, "commit", "-q", "-m", "in line")
    again = case.run("--rewrite-only")
    assert (again.returncode, again.stderr) == (0, "")
    assert "nothing to rewrite" in again.stdout


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("late.py", "import pkg.old.http\nfrom pkg.old import store\n", "late.py:2:"),
        ("late.py", "from pkg.old import (\n    a,\n    http,\n)\n", "late.py:3:"),
        ("late.txt", "x\nother/pkg/old/store.py\n", "late.txt:2:"),
        ("pkg/old/late.py", "x = 1\n", "pkg/old/late.py"),
    ],
)
def test_what_a_person_must_change_is_named_and_nothing_is_changed(
    path: str, text: str, place: str, case: Case
) -> None:
    commit(case.root, path, text)
    merge(case.root)
    start = snapshot(case.root)
    refused = case.run("--rewrite-only")
    assert refused.returncode == 1
    assert place in refused.stderr, refused.stderr
    assert "nothing was changed" in refused.stderr
    assert snapshot(case.root) == start


def test_it_refuses_before_the_merge_and_on_a_dirty_tree(case: Case) -> None:
    commit(case.root, "late.py", LATE)
    start = snapshot(case.root)
    refused = case.run("--rewrite-only")
    assert refused.returncode == 1
    assert "merge or rebase first" in refused.stderr
    assert "pkg/old/store.py" in refused.stderr
    assert snapshot(case.root) == start
    merge(case.root)
    (case.root / "late.py").write_text("edited\n")
    start = snapshot(case.root)
    refused = case.run("--rewrite-only")
    assert refused.returncode == 1
    assert "uncommitted" in refused.stderr
    assert snapshot(case.root) == start


def test_undo_keeps_what_was_changed_afterwards(case: Case) -> None:
    commit(case.root, "late.py", LATE)
    merge(case.root)
    assert case.run("--rewrite-only").returncode == 0
    (case.root / "late.py").write_text("precious\n")
    refused = case.run("--undo")
    assert refused.returncode == 1
    assert "late.py" in refused.stderr
    assert (case.root / "late.py").read_text() == "precious\n"


def test_names_that_mean_something_after_the_move_have_no_rule() -> None:
    names = {
        "pkg.a": "pkg.b",
        "pkg.b": "pkg.a",
        "pkg.t": "pkg.t.core",
        "pkg.x": "pkg.y",
        "pkg.k.r": "pkg.n.k.r",
    }
    rules = "\n".join(stale_rules(make_changeset({}, {}, modules=names)))
    assert "pkg\\.x" in rules
    assert "pkg\\.k\\.r" in rules
    assert not any(old in rules for old in ("pkg\\.a", "pkg\\.b", "pkg\\.t"))
