"""`--apply` and `--undo`, killed at each of their steps: `--undo` always leads back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import MakeRepository
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


@pytest.mark.nightly
@pytest.mark.parametrize("when", MOMENTS)
@pytest.mark.parametrize("mode", ["--apply", "--undo"])
def test_killed_at_every_moment(
    mode: str, when: str, make_repository: MakeRepository, shims: Path
) -> None:
    kill_and_undo(make_case(make_repository), shims, mode, when, step=1)


@pytest.mark.parametrize(
    ("mode", "when"),
    [("--apply", "after group"), ("--apply", "before script"), ("--undo", "after group")],
)
def test_killed_at_some_moments(
    mode: str, when: str, make_repository: MakeRepository, shims: Path
) -> None:
    kill_and_undo(make_case(make_repository), shims, mode, when, step=9)


def kill_and_undo(case: Case, shims: Path, mode: str, when: str, step: int) -> None:
    """Kill a run at every `step`th call, the last ones first, and look whether undo leads back."""
    (case.root / "untracked.txt").write_text("mine\n")
    start = snapshot(case.root)
    if mode == "--undo":
        assert case.run("--apply").returncode == 0
    status, calls = run(case, shims, mode, f"{NEVER} {when}")
    assert status == 0
    assert calls > 40
    if mode == "--apply":
        assert case.run("--undo").returncode == 0
    for fatal in range(calls, 0, -step):
        if mode == "--undo":
            assert case.run("--apply").returncode == 0, fatal
        status, _ = run(case, shims, mode, f"{fatal} {when}")
        assert status == -9, fatal
        undone = case.run("--undo")
        assert (undone.returncode, undone.stderr) == (0, ""), fatal
        assert snapshot(case.root) == start, fatal


def test_a_lock_that_died_with_us_is_cleared_away(make_repository: MakeRepository) -> None:
    case = make_case(make_repository)
    start = snapshot(case.root)
    assert case.run("--apply").returncode == 0
    journal = case.root / ".git" / "reorganize"
    (journal / "finished").rename(journal / "unfinished")
    (journal / "git").write_text("mv\n")
    (case.root / ".git" / "index.lock").write_text("")
    assert case.run("--undo").returncode == 0
    assert snapshot(case.root) == start
    assert not (case.root / ".git" / "index.lock").exists()


def test_a_lock_of_someone_else_stays(make_repository: MakeRepository) -> None:
    case = make_case(make_repository)
    assert case.run("--apply").returncode == 0
    lock = case.root / ".git" / "index.lock"
    lock.write_text("")
    start = snapshot(case.root)
    refused = case.run("--undo")
    assert refused.returncode == 1
    assert "another git process" in refused.stderr
    assert lock.exists()
    assert snapshot(case.root) == start


def test_after_a_kill_nothing_but_undo_is_done(
    make_repository: MakeRepository, shims: Path
) -> None:
    case = make_case(make_repository)
    _, calls = run(case, shims, "--check", f"{NEVER} before group")
    status, _ = run(case, shims, "--apply", f"{calls + 12} before group")
    assert status == -9
    start = snapshot(case.root)
    for mode in ("--check", "--apply"):
        refused = case.run(mode)
        assert refused.returncode == 1
        assert "--undo first" in refused.stderr
        assert snapshot(case.root) == start
