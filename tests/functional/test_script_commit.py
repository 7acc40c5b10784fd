"""`reorganize.sh --commit`, really run: what it commits, and that a failed one comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import MakeRepository, git
from tests.scripts import AFTER, BEFORE, MOVES, Case, disk, make_case, shim, snapshot

WHO = {
    "GIT_CONFIG_COUNT": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "EMAIL": "",
}


@pytest.fixture
def case(make_repository: MakeRepository) -> Case:
    long = "".join(f"LINE_{number} = {number}\n" for number in range(30))
    before = {**BEFORE, "pkg/old/http.py": "from .store import Store\n" + long}
    after_http = "from ..postgres.store import Store\n" + long
    made = make_case(make_repository, before, {**AFTER, "pkg/http/http.py": after_http}, MOVES)
    git(made.root, "config", "user.name", "M. Aintainer")
    git(made.root, "config", "user.email", "m@example.org")
    return made


def _hook(root: Path, name: str, body: str) -> None:
    hook = root / ".git" / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{body}\n")
    hook.chmod(0o755)


def test_it_commits_what_apply_stages(case: Case) -> None:
    expected, start = case.expected(), git(case.root, "rev-parse", "HEAD")
    done = case.run("--commit", env=WHO)
    assert (done.returncode, done.stderr) == (0, "")
    assert disk(case.root) == expected
    assert git(case.root, "status", "--porcelain") == ""
    assert git(case.root, "rev-parse", "HEAD^") == start
    assert git(case.root, "rev-parse", "HEAD").strip() in done.stdout
    message = git(case.root, "log", "-1", "--format=%an <%ae> %cn%n%B")
    assert message.startswith(
        "M. Aintainer <m@example.org> M. Aintainer\nGive the modules of pkg their new places\n\n"
    )
    assert "to http/" in message
    assert "to postgres/" in message
    again = case.run("--commit", env=WHO)
    assert (again.returncode, again.stderr) == (0, "")
    assert "done already" in again.stdout


def test_git_follows_every_move(case: Case) -> None:
    assert case.run("--commit", env=WHO).returncode == 0
    for old, new in MOVES.items():
        names = git(case.root, "log", "--follow", "--format=", "--name-only", "--", new).split()
        assert names == [new, old]


def test_it_refuses_without_an_identity(case: Case) -> None:
    for key in ("user.name", "user.email"):
        value = git(case.root, "config", key).strip()
        git(case.root, "config", "--unset", key)
        start = snapshot(case.root)
        refused = case.run("--commit", env=WHO)
        assert refused.returncode == 1
        assert f"no {key.removeprefix('user.')} was given" in refused.stderr
        assert snapshot(case.root) == start
        git(case.root, "config", key, value)


def test_a_hook_that_says_no_brings_everything_back(case: Case) -> None:
    _hook(case.root, "pre-commit", "echo not today >&2; exit 1")
    start = snapshot(case.root)
    refused = case.run("--commit", env=WHO)
    assert refused.returncode == 1
    assert "not today" in refused.stderr
    assert "git commit failed" in refused.stderr
    assert "everything is put back" in refused.stderr
    assert snapshot(case.root) == start


def test_what_is_written_while_a_hook_says_no_is_kept(case: Case) -> None:
    _hook(case.root, "pre-commit", "echo precious > unrelated.py; exit 1")
    refused = case.run("--commit", env=WHO)
    assert refused.returncode == 1
    kept = refused.stdout.partition("git checkout ")[2].split()[0]
    assert git(case.root, "show", f"{kept}:unrelated.py") == "precious\n"


def test_a_hook_that_changes_the_commit_brings_everything_back(case: Case) -> None:
    _hook(case.root, "pre-commit", "git update-index --chmod=+x unrelated.py")
    start = snapshot(case.root)
    refused = case.run("--commit", env=WHO)
    assert refused.returncode == 1
    assert "a hook changed what was committed" in refused.stderr
    git(case.root, "reset", "-q")
    assert snapshot(case.root) == start


def test_hooks_run_as_git_runs_them(case: Case) -> None:
    _hook(case.root, "commit-msg", 'echo "locale=$LC_ALL $GIT_LITERAL_PATHSPECS." >> "$1"')
    assert case.run("--commit", env={**WHO, "LC_ALL": "C.UTF-8"}).returncode == 0
    assert "locale=C.UTF-8 .\n" in git(case.root, "log", "-1", "--format=%B")


def test_a_commit_without_its_end_is_taken_back(case: Case, tmp_path: Path) -> None:
    start = snapshot(case.root)
    body = 'case " $* " in *" commit "*) "$REAL" "$@"; kill -9 0 ;; esac\nexec "$REAL" "$@"'
    killed = case.run("--commit", env=WHO, shims=shim(tmp_path / "shims", "git", body))
    assert killed.returncode == -9
    assert git(case.root, "rev-parse", "HEAD") != start["git rev-parse"]
    undone = case.run("--undo")
    assert (undone.returncode, undone.stderr) == (0, "")
    assert snapshot(case.root) == start


def test_what_apply_has_staged_is_committed(case: Case) -> None:
    expected, start = case.expected(), git(case.root, "rev-parse", "HEAD")
    assert case.run("--apply").returncode == 0
    done = case.run("--commit", env=WHO)
    assert (done.returncode, done.stderr) == (0, "")
    assert disk(case.root) == expected
    assert git(case.root, "status", "--porcelain") == ""
    assert git(case.root, "rev-parse", "HEAD^") == start


@pytest.mark.parametrize("path", ["unrelated.py", "app.py"])
def test_what_was_changed_after_apply_is_not_committed(path: str, case: Case) -> None:
    assert case.run("--apply").returncode == 0
    (case.root / path).write_text("precious\n")
    start = snapshot(case.root)
    refused = case.run("--commit", env=WHO)
    assert refused.returncode == 1
    assert path in refused.stderr
    assert "commit or stash" in refused.stderr or "what changed since" in refused.stderr
    assert snapshot(case.root) == start


def test_what_is_staged_by_hand_is_not_committed(case: Case) -> None:
    assert case.run("--apply").returncode == 0
    shutil.rmtree(case.root / ".git" / "reorganize")
    start = snapshot(case.root)
    refused = case.run("--commit", env=WHO)
    assert refused.returncode == 1
    assert "commit or stash these changes first" in refused.stderr
    assert snapshot(case.root) == start
