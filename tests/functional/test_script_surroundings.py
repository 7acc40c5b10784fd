"""`reorganize.sh` where it may find itself: odd folders, settings of git, things beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import MakeRepository, git
from tests.scripts import AFTER, BEFORE, MOVES, Case, disk, make_case, snapshot

LONG = "".join(f"LINE_{number} = {number}\n" for number in range(30))


@pytest.fixture
def case(make_repository: MakeRepository) -> Case:
    before = {**BEFORE, "pkg/old/http.py": BEFORE["pkg/old/http.py"] + LONG}
    after = {**AFTER, "pkg/http/http.py": AFTER["pkg/http/http.py"] + LONG}
    made = make_case(make_repository, before, after)
    git(made.root, "config", "user.name", "M. Aintainer")
    git(made.root, "config", "user.email", "m@example.org")
    return made


def assert_whole_round(case: Case, env: dict[str, str] | None = None) -> None:
    """Check, apply, undo and commit, all as they should be."""
    start, expected = snapshot(case.root), case.expected()
    for mode in ("--check", "--apply", "--undo"):
        done = case.run(mode, env=env)
        assert (done.returncode, done.stderr) == (0, ""), mode
        assert (disk(case.root) == expected) is (mode == "--apply")
        assert (snapshot(case.root) == start) is (mode != "--apply")
    done = case.run("--commit", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert disk(case.root) == expected
    assert git(case.root, "status", "--porcelain", "-uno") == ""


@pytest.mark.parametrize(
    "name", ["with space", 'quo\'te "d"', "$(touch owned) `touch owned`", "größe", "-rf", "a\nb"]
)
def test_the_repository_lies_in_an_odd_folder(name: str, case: Case) -> None:
    folder = case.root.parent / "outer" / name
    folder.mkdir(parents=True)
    root = folder / "server"
    case.root.rename(root)
    script = folder / "reorganize.sh"
    script.write_bytes(case.script.read_bytes())
    assert_whole_round(replace(case, root=root, script=script))
    assert not list(case.root.parent.rglob("owned"))


def test_the_temporary_folder_has_an_odd_name(case: Case, tmp_path: Path) -> None:
    odd = tmp_path / "it's $(temporary) *"
    odd.mkdir()
    assert_whole_round(case, {"TMPDIR": str(odd)})
    assert list(odd.iterdir()) == []


def test_a_linked_worktree_commits_on_its_own_branch(case: Case) -> None:
    other = case.root.parent / "other tree"
    git(case.root, "worktree", "add", "-q", "-b", "side", str(other))
    start = git(case.root, "rev-parse", "main")
    before = disk(case.root)
    assert case.run("--commit", cwd=other).returncode == 0
    assert git(case.root, "rev-parse", "side~1", "main") == start * 2
    assert (disk(case.root), git(case.root, "status", "--porcelain")) == (before, "")


def test_a_submodule_beside_it(case: Case, make_repository: MakeRepository) -> None:
    other = make_repository({"pkg/old/store.py": "import pkg.old.store\n"})
    add = ["submodule", "--quiet", "add", str(other), "vendored"]
    git(case.root, "-c", "protocol.file.allow=always", *add)
    git(case.root, "commit", "-q", "-m", "a submodule")
    (case.root / "vendored/pkg/old/store.py").write_text("edited\n")
    (case.root / "vendored/new.py").write_text("import pkg.old.store\n")
    inside = git(case.root / "vendored", "status", "--porcelain")
    for mode in ("--check", "--apply", "--undo", "--commit"):
        done = case.run(mode)
        assert (done.returncode, done.stderr) == (0, ""), mode
        assert git(case.root / "vendored", "status", "--porcelain") == inside
        assert (case.root / "vendored/pkg/old/store.py").read_text() == "edited\n"
    assert "vendored" not in git(case.root, "show", "--format=", "--name-only", "HEAD")


@pytest.mark.parametrize("setting", ["true", "input"])
def test_files_with_both_line_ends(setting: str, make_repository: MakeRepository) -> None:
    before = {**BEFORE, "crlf.py": "import os\r\nimport pkg.old.store\r\n", "crlf.txt": "a\r\n"}
    after = {**AFTER, "crlf.py": "import os\r\nimport pkg.postgres.store\r\n", "crlf.txt": "a\r\n"}
    case = make_case(make_repository, before, after)
    (case.root / ".git/info/attributes").unlink()
    git(case.root, "config", "core.autocrlf", setting)
    git(case.root, "config", "user.name", "M. Aintainer")
    git(case.root, "config", "user.email", "m@example.org")
    git(case.root, "rm", "-q", "-r", "--cached", ".")
    git(case.root, "reset", "-q", "--hard")
    assert git(case.root, "status", "--porcelain") == ""
    start = snapshot(case.root)
    for mode in ("--check", "--apply", "--undo", "--commit"):
        done = case.run(mode)
        assert (done.returncode, done.stderr) == (0, ""), mode
        assert git(case.root, "diff", "--name-only") == ""
        if mode == "--undo":
            assert snapshot(case.root) == start
    for path, (_, content) in case.changeset.results().items():
        assert git(case.root, "cat-file", "-p", f"HEAD:{path}").encode() == content.replace(
            b"\r\n", b"\n"
        ), path
        ids = git(case.root, "rev-parse", f"HEAD:{path}")
        typed = git(case.root, "hash-object", "--no-filters", "--", path)
        assert (ids == typed) is (setting == "input" or b"\r\n" in content or not content), path


def test_case_only_names_where_git_ignores_case(make_repository: MakeRepository) -> None:
    before = {"pkg/Store.py": LONG, "pkg/Old/x.py": "x = 1\n" * 9, "use.py": "import pkg.Store\n"}
    after = {"pkg/store.py": LONG, "pkg/old/x.py": "x = 1\n" * 9, "use.py": "import pkg.store\n"}
    moves = {"pkg/Store.py": "pkg/store.py", "pkg/Old/x.py": "pkg/old/x.py"}
    modules = {"pkg.Store": "pkg.store", "pkg.Old.x": "pkg.old.x"}
    case = make_case(make_repository, before, after, moves, modules=modules, left=())
    git(case.root, "config", "core.ignorecase", "true")
    git(case.root, "config", "user.name", "M. Aintainer")
    git(case.root, "config", "user.email", "m@example.org")
    assert_whole_round(case)
    assert set(git(case.root, "ls-files").split()) == set(after)


def test_variables_that_point_git_elsewhere(case: Case, make_repository: MakeRepository) -> None:
    other = make_repository({"a.py": "a\n"})
    before = snapshot(other)
    env = {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git/index"),
        "GIT_OBJECT_DIRECTORY": str(other / ".git/objects"),
        "GIT_PREFIX": "pkg/",
    }
    assert_whole_round(case, env)
    assert snapshot(other) == before


def test_a_detached_head(case: Case) -> None:
    git(case.root, "checkout", "-q", "--detach")
    start = git(case.root, "rev-parse", "main")
    assert_whole_round(case)
    assert git(case.root, "rev-parse", "main", "HEAD~1") == start * 2


def test_signing_that_cannot_sign_brings_everything_back(case: Case, tmp_path: Path) -> None:
    git(case.root, "config", "commit.gpgsign", "true")
    git(case.root, "config", "gpg.program", str(tmp_path / "no such program"))
    start = snapshot(case.root)
    refused = case.run("--commit")
    assert refused.returncode == 1
    assert "git commit failed" in refused.stderr
    assert "put back" in refused.stderr
    assert snapshot(case.root) == start


def test_a_checkout_that_git_does_not_trust(case: Case) -> None:
    start = snapshot(case.root)
    for mode in ("--check", "--apply", "--undo"):
        refused = case.run(mode, env={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
        assert refused.returncode == 1
        assert "safe.directory" in refused.stderr
        assert "cd into the checkout" in refused.stderr
    assert snapshot(case.root) == start


def test_every_move_is_a_rename_in_git_show(case: Case) -> None:
    assert case.run("--commit").returncode == 0
    shown = git(case.root, "show", "-M", "--stat", "--name-status", "--format=", "HEAD")
    renamed = [line.split("\t")[1:] for line in shown.splitlines() if line.startswith("R")]
    assert all([old, new] in renamed for old, new in MOVES.items())
    for old, new in MOVES.items():
        log = git(case.root, "log", "--follow", "--format=", "--name-only", "--", new)
        assert log.split() == [new, old]


def test_blame_looks_past_the_commit(case: Case) -> None:
    start = git(case.root, "rev-parse", "HEAD~1").strip()
    done = case.run("--commit")
    ids = [line for line in done.stdout.splitlines() if len(line) == 40]
    (case.root / ".git-blame-ignore-revs").write_text("\n".join([*ids, ""]))
    blamed = git(
        case.root, "blame", "-s", "--ignore-revs-file", ".git-blame-ignore-revs", "-l", "run.sh"
    )
    assert blamed.lstrip("^").startswith(start[:39])


def test_modes_run_twice_say_that_they_are_done(case: Case) -> None:
    for mode, words in (("--apply", "done already"), ("--undo", "nothing to undo")):
        assert case.run(mode).returncode == 0
        again = case.run(mode)
        assert (again.returncode, again.stderr) == (0, "")
        assert words in again.stdout
    for words in ("done; git status", "done already"):
        assert words in case.run("--commit").stdout
    assert "done already" in case.run("--check").stdout
