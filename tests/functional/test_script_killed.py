"""Every mode that changes something, killed at each of its steps: `--undo` leads back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import MakeRepository, git
from tests.functional.test_script_splits import make_split_case
from tests.scripts import Case, make_case, shim, snapshot

PROGRAMS = ("git", "mv", "mkdir", "rmdir", "rm", "sed", "cat")

# Each call of a program is counted; the one that the file `fatal` names brings death by SIGKILL:
# to the whole process group (a power cut), or to the script alone, whose children live on.
COUNTING = """
here=${0%/*}
printf x >> "$here/count"
count=$(<"$here/count")
read -r fatal when whom < "$here/fatal"
if [ "${#count}" -ge "$fatal" ]; then
  victim=0
  if [ "$whom" = script ]; then victim=$(<"$here/pid"); fi
  if [ "$when" = before ]; then kill -9 -- "$victim"; exec "$REAL" "$@"; fi
  "$REAL" "$@"
  status=$?
  kill -9 -- "$victim"
  exit "$status"
fi
exec "$REAL" "$@"
"""
NEVER = 10_000


@pytest.fixture
def shims(tmp_path: Path) -> Path:
    folder = tmp_path / "shims"
    for program in PROGRAMS:
        shim(folder, program, COUNTING)
    return folder


def run(case: Case, shims: Path, mode: str, fatal: str) -> tuple[int, int]:
    """Run the script, to be killed at a call; return its exit status and the calls it made."""
    (shims / "count").write_text("")
    (shims / "fatal").write_text(fatal + "\n")
    starter = case.script.parent / "start.sh"
    starter.write_text(f"echo $$ > '{shims}/pid'; exec bash '{case.script}' {mode}")
    done = Case(case.root, starter, case.changeset).run(shims=shims)
    return done.returncode, len((shims / "count").read_text())


MOMENTS = ["before group", "after group", "before script", "after script"]
WAYS = [
    ("plain", "--apply"),
    ("plain", "--undo"),
    ("plain", "--commit"),
    ("split", "--apply"),
    ("split", "--undo"),
    ("split", "--commit"),
]


@pytest.mark.nightly
@pytest.mark.parametrize("when", MOMENTS)
@pytest.mark.parametrize(("kind", "mode"), WAYS)
def test_killed_at_every_moment(
    kind: str, mode: str, when: str, make_repository: MakeRepository, shims: Path
) -> None:
    kill_and_undo(make_kind(kind, make_repository), shims, mode, when, step=1)


@pytest.mark.parametrize(
    ("kind", "mode", "when", "step"),
    [
        ("plain", "--apply", "after group", 11),
        ("plain", "--apply", "before script", 17),
        ("plain", "--undo", "after group", 11),
        ("split", "--commit", "after group", 19),
        ("split", "--commit", "before script", 37),
    ],
)
def test_killed_at_some_moments(
    kind: str, mode: str, when: str, step: int, make_repository: MakeRepository, shims: Path
) -> None:
    kill_and_undo(make_kind(kind, make_repository), shims, mode, when, step)


def make_kind(kind: str, make_repository: MakeRepository) -> Case:
    """Make a repository that has, beside the case, all that must not be touched."""
    case = make_split_case(make_repository) if kind == "split" else make_case(make_repository)
    root = case.root
    git(root, "config", "user.name", "M. Aintainer")
    git(root, "config", "user.email", "m@example.org")
    git(root, "branch", "other")
    (root / "stashed.txt").write_text("stashed\n")
    git(root, "add", "stashed.txt")
    git(root, "stash", "-q")
    (root / "untracked.txt").write_text("mine\n")
    (root / "pkg" / "old").mkdir(exist_ok=True)
    (root / "pkg" / "old" / "untracked.py").write_text("import pkg.old.store\n")
    return case


def kill_and_undo(case: Case, shims: Path, mode: str, when: str, step: int) -> None:
    """Kill a run at every `step`th call, the last ones first, and look whether undo leads back.

    Once it has come to its end, `--commit` is not undone: then the commits are whole.
    """
    start = snapshot(case.root)
    head = start["git rev-parse"]
    if mode == "--undo":
        assert case.run("--apply").returncode == 0
    status, calls = run(case, shims, mode, f"{NEVER} {when}")
    assert status == 0
    assert calls > (10 if mode == "--undo" else 45)
    end = snapshot(case.root)
    if mode == "--commit":
        git(case.root, "reset", "-q", "--hard", str(head).strip())
        shutil.rmtree(case.root / ".git" / "reorganize")
    elif mode != "--undo":
        assert case.run("--undo").returncode == 0
    assert snapshot(case.root) == start
    finished = 0
    for fatal in range(calls, 0, -step):
        if mode == "--undo":
            assert case.run("--apply").returncode == 0, fatal
        status, _ = run(case, shims, mode, f"{fatal} {when}")
        assert status == -9, fatal
        undone = case.run("--undo")
        if mode == "--commit" and undone.returncode:
            assert "use git revert" in undone.stderr, fatal
            assert "done already" in case.run("--commit").stdout, fatal
            assert git(case.root, "status", "--porcelain", "-uno") == "", fatal
            assert without_ids(snapshot(case.root)) == without_ids(end), fatal
            finished += 1
            git(case.root, "reset", "-q", "--hard", str(head).strip())
            shutil.rmtree(case.root / ".git" / "reorganize")
        else:
            assert (undone.returncode, undone.stderr) == (0, ""), fatal
        assert snapshot(case.root) == start, fatal
    assert finished < 5, "only the last steps lie after the end"


def without_ids(found: dict[str, object]) -> dict[str, object]:
    """Leave out the id of the new commit, in which the time is; other branches stay in."""
    refs = [r for r in str(found["git for-each-ref"]).splitlines() if "refs/heads/main" not in r]
    return {**found, "git rev-parse": "", "git for-each-ref": refs}


@pytest.mark.parametrize("lock", ["index.lock", "HEAD.lock", "refs/heads/main.lock"])
def test_a_lock_that_died_with_us_is_cleared_away(
    lock: str, make_repository: MakeRepository
) -> None:
    case = make_case(make_repository)
    start = snapshot(case.root)
    assert case.run("--apply").returncode == 0
    journal = case.root / ".git" / "reorganize"
    (journal / "done").unlink()
    (case.root / ".git" / lock).write_text("")
    assert case.run("--undo").returncode == 0
    assert snapshot(case.root) == start
    assert not (case.root / ".git" / lock).exists()


@pytest.mark.nightly
@pytest.mark.parametrize(("kind", "mode"), WAYS)
def test_killed_after_some_time(kind: str, mode: str, make_repository: MakeRepository) -> None:
    """The same by the clock, so that git itself dies in the middle of what it does."""
    case = make_kind(kind, make_repository)
    start = snapshot(case.root)
    head = str(start["git rev-parse"]).strip()
    began = time.monotonic()
    assert case.run("--check" if mode == "--undo" else mode).returncode == 0
    took = time.monotonic() - began
    if mode == "--commit":
        git(case.root, "reset", "-q", "--hard", head)
    else:
        case.run("--undo")
    for moment in range(40):
        if mode == "--undo":
            assert case.run("--apply").returncode == 0, moment
        running = subprocess.Popen(
            ["bash", case.script, mode],
            cwd=case.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(took * moment / 40)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        undone = case.run("--undo")
        if mode == "--commit" and "use git revert" in undone.stderr:
            assert "done already" in case.run("--commit").stdout, moment
            git(case.root, "reset", "-q", "--hard", head)
            shutil.rmtree(case.root / ".git" / "reorganize")
        else:
            assert (undone.returncode, undone.stderr) == (0, ""), moment
        assert snapshot(case.root) == start, moment


def test_a_lock_of_someone_else_stays(make_repository: MakeRepository) -> None:
    case = make_case(make_repository)
    assert case.run("--apply").returncode == 0
    lock = case.root / ".git" / "index.lock"
    lock.write_text("")
    start = snapshot(case.root)
    refused = case.run("--undo")
    assert refused.returncode == 1
    assert "Another git process" in refused.stderr
    assert lock.exists()
    assert snapshot(case.root) == start


def test_after_a_kill_nothing_but_undo_is_done(
    make_repository: MakeRepository, shims: Path
) -> None:
    case = make_case(make_repository)
    _, calls = run(case, shims, "--apply", f"{NEVER} before group")
    case.run("--undo")
    status, _ = run(case, shims, "--apply", f"{calls - 1} before group")
    assert status == -9
    start = snapshot(case.root)
    for mode in ("--check", "--apply"):
        refused = case.run(mode)
        assert refused.returncode == 1
        assert "--undo first" in refused.stderr
        assert snapshot(case.root) == start
