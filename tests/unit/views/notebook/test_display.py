"""What a cell shows that is no table."""

from __future__ import annotations

from typing import Any

import IPython
import pytest
from IPython.core.interactiveshell import InteractiveShell

from reorg_lib.errors import PlanError
from reorg_lib.views.notebook.display import Picture, highlighted, tell_errors_in_one_sentence
from reorg_lib.views.notebook.script import ScriptView


def svg(width: int) -> str:
    return f'<?xml version="1.0"?>\n<svg width="{width}pt" height="9pt" viewBox="0 0 1 1"></svg>\n'


@pytest.mark.parametrize(("width", "keeps_its_size"), [(500, True), (900, False), (9000, True)])
def test_a_picture_a_little_too_wide_takes_the_width_of_the_page(
    width: int, keeps_its_size: bool
) -> None:
    shown = Picture(svg(width), "a graph")._repr_svg_()
    assert shown
    assert (f'width="{width}pt"' in shown) is keeps_its_size
    assert 'viewBox="0 0 1 1"' in shown


def test_a_folded_picture_opens_with_a_click() -> None:
    shown = Picture(svg(9), "<a> graph", folded=True)
    assert shown._repr_svg_() is None
    assert shown._repr_html_() == (
        '<details><summary style="cursor: pointer">&lt;a&gt; graph</summary>'
        f"{svg(9).partition(chr(10))[2]}</details>"
    )
    assert Picture(svg(9), "a graph")._repr_html_() is None


def test_a_picture_is_no_wall_of_text() -> None:
    assert repr(Picture(svg(1), "a graph")) == "a graph"


def test_source_is_coloured_in_place_and_escaped() -> None:
    shown = highlighted("git mv 'a' b # <script>\n", "bash")
    assert "style=" in shown
    assert "<style" not in shown
    assert "&lt;script&gt;" in shown


SCRIPT = """#!/usr/bin/env bash
set -eu

# ---- 1. moves: from, to, why

moves() { git mv a b; }

# ---- 2. new <files>

new_files() { :; }

# ---- the frame
git() { :; }
"""


def test_a_script_is_shown_part_by_part_with_only_the_moves_unfolded() -> None:
    view = ScriptView(SCRIPT)
    assert repr(view) == (
        "reorganize.sh: 11 lines to read, and a frame of 2 that is the same in every script"
    )
    assert [(part.first, part.lines) for part in view.parts()] == [(1, 3), (4, 4), (8, 4), (12, 2)]
    assert "\n".join(part.text for part in view.parts()) + "\n" == SCRIPT
    shown = view._repr_html_()
    assert shown.count("<details") == 4 and shown.count("<details open>") == 1
    assert "<details open><summary>1. moves: from, to, why (4 lines from line 4)" in shown
    assert "2. new &lt;files&gt;" in shown


def test_an_error_is_told_in_one_sentence_and_still_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shell: Any = InteractiveShell()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    tell_errors_in_one_sentence()
    shell.push({"error": PlanError("keep one of the two", where="plan.toml:3")})
    result = shell.run_cell("raise error")
    assert capsys.readouterr().out == "plan.toml:3: keep one of the two\n"
    assert result.success is False
    shell.run_cell("1 / 0")
    assert "Traceback" in capsys.readouterr().out
