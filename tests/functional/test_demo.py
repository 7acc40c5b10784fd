"""The demo does what it promises, and gives what `docs/example/` shows, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.demo import RESULTS, ROOT, DemoError, compare, prepare_example

EXAMPLE_RESULTS = ROOT / "docs" / "example"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Run the demo once and return what it said and where its results are."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "scripts.demo"),
            *("--work", folder / "work", "--out", folder / "out"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, folder / "out"


def test_the_demo_leaves_every_result_and_nothing_else(demo: tuple[str, Path]) -> None:
    said, out = demo
    assert {path.name for path in out.iterdir()} == set(RESULTS)
    assert all(name in said for name in RESULTS)
    assert "the same for every single test" in said
    assert "make lab" in said


@pytest.mark.parametrize("name", RESULTS)
def test_the_committed_results_are_what_the_demo_gives(name: str, demo: tuple[str, Path]) -> None:
    _, out = demo
    is_same = (out / name).read_bytes() == (EXAMPLE_RESULTS / name).read_bytes()
    assert is_same, f"{name}: `make docs-example`, then read what `git diff docs/example` shows"


def test_no_result_names_a_place_on_this_machine(demo: tuple[str, Path]) -> None:
    _, out = demo
    places = [str(out.parent).encode(), str(ROOT).encode(), sys.prefix.encode()]
    named = [p.name for p in out.iterdir() if any(place in p.read_bytes() for place in places)]
    assert named == []


def test_the_example_has_the_same_commit_id_for_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = prepare_example(tmp_path / "mine")
    (tmp_path / ".gitconfig").write_text(
        "[user]\nname = Somebody\nemail = else@example.org\n[core]\nautocrlf = true\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    earlier = os.umask(0o077)
    try:
        theirs = prepare_example(tmp_path / "theirs")
    finally:
        os.umask(earlier)
    assert theirs.plan.read_bytes() == mine.plan.read_bytes()


def test_a_test_that_changes_its_outcome_is_named() -> None:
    compare({"a": "passed", "b": "failure"}, {"a": "passed", "b": "failure"})
    with pytest.raises(DemoError, match="b: passed before, failure after"):
        compare({"a": "passed", "b": "passed"}, {"a": "passed", "b": "failure"})
    with pytest.raises(DemoError, match="a: passed before, not there after"):
        compare({"a": "passed"}, {})


def test_a_demo_that_fails_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "scripts.demo"),
            *("--work", tmp_path / "work", "--out", tmp_path / "file" / "out"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("demo: ")
    assert "Traceback" not in done.stderr
