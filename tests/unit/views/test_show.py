"""What a cell shows that is no table."""

from __future__ import annotations

from typing import Any

import IPython
import pytest
from IPython.core.interactiveshell import InteractiveShell

from reorg_lib.errors import PlanError
from reorg_lib.views.show import Picture, Source, tell_errors_in_one_sentence


def svg(width: int) -> str:
    return f'<?xml version="1.0"?>\n<svg width="{width}pt" height="9pt" viewBox="0 0 1 1"></svg>\n'


@pytest.mark.parametrize(("width", "keeps_its_size"), [(500, True), (900, False), (9000, True)])
def test_a_picture_a_little_too_wide_takes_the_width_of_the_page(
    width: int, keeps_its_size: bool
) -> None:
    shown = Picture(svg(width), "a graph")._repr_svg_()
    assert (f'width="{width}pt"' in shown) is keeps_its_size
    assert 'viewBox="0 0 1 1"' in shown


def test_a_picture_is_no_wall_of_text() -> None:
    assert repr(Picture(svg(1), "a graph")) == "a graph"


def test_source_is_coloured_in_place_and_escaped() -> None:
    shown = Source("git mv 'a' b # <script>\n", "bash")._repr_html_()
    assert "style=" in shown
    assert "<style" not in shown
    assert "&lt;script&gt;" in shown


def test_source_is_folded_and_its_text_stands_in_a_saved_notebook_once() -> None:
    source = Source("#!/bin/bash\ngit mv a b\n", "bash")
    assert repr(source) == "#!/bin/bash (2 lines of bash)"
    assert source._repr_html_().startswith("<details><summary>#!/bin/bash (2 lines")


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
