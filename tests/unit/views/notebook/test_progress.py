"""The lines of a long piece of work: what is done, what runs, what failed; and no clock in them."""

from __future__ import annotations

import pytest

from reorg_lib.model import ProofPoint
from reorg_lib.views.notebook.progress import Progress

HELD = ProofPoint(1, "Same <bytes>", 12, "files")
FAILED = ProofPoint(2, "Same graph", 3, "imports", ("a -> b",))


def states(progress: Progress) -> list[tuple[str, str]]:
    return list(progress._lines)


def test_a_step_is_done_when_the_next_begins_or_the_work_ends() -> None:
    with Progress() as progress:
        progress.step("rewriting")
        progress.step("proving")
        assert states(progress) == [("rewriting", "done"), ("proving", "running")]
        progress.point(HELD)
        assert states(progress)[1:] == [
            ("1. Same <bytes>: 12 files", "done"),
            ("proving", "running"),
        ]
        assert progress.as_html().count("value=") == 2, "what runs has an open end"
    assert states(progress)[-1] == ("proving", "done")
    assert "Same &lt;bytes&gt;" in progress.as_html()


def test_what_runs_when_it_breaks_is_what_failed() -> None:
    progress = Progress()
    with pytest.raises(KeyboardInterrupt), progress:
        progress.step("rehearsing")
        progress.point(FAILED)
        raise KeyboardInterrupt
    assert states(progress) == [
        ("2. Same graph: 3 imports", "failed"),
        ("rehearsing", "failed"),
    ]


def test_only_the_running_step_shows_its_seconds() -> None:
    progress = Progress()
    progress.step("read")
    progress.step("prove")
    shown = progress.as_html(seconds=7)
    assert "prove: 7 s" in shown
    assert shown.count("7 s") == 1
    assert "7 s" not in progress.as_html()
