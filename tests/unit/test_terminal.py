"""What a person who waits at a terminal sees, and what a pipe does not."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from reorg_lib import terminal


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_step_of_a_second_stays_with_its_time(
    is_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter([0.0, 0.0, 0.0, 0.4, 0.4, 2.9, 2.9])
    monkeypatch.setattr(terminal, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    with terminal.progress(2) as step:
        step("reading")
        step("writing\x1b[1m [red]")
    said = capsys.readouterr().err
    assert ("writing\\x1b[1m [red]: 2.5 s" in said) is is_terminal
    assert "reading:" not in said
