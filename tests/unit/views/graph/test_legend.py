"""The strip above a picture."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from reorg_lib.errors import ToolError
from reorg_lib.views.graph.colours import technology_colours
from reorg_lib.views.graph.legend import Entry, add_legend
from reorg_lib.views.graph.picture import graph_source, graph_svg
from tests.unit.views.drawn import ROOT, SURVEY, adapter, module

PICTURE = '<svg width="300pt" height="50pt"\n viewBox="0 0 300 50" xmlns="http://www.w3.org/2000/svg">\n<g/>\n</svg>\n'


def test_the_picture_grows_by_the_legend_and_stays_a_drawing() -> None:
    drawn = add_legend(PICTURE, [Entry("postgres", "#77aadd"), Entry("late", dashed=True)])
    root = ElementTree.fromstring(drawn)
    assert (root.get("width"), root.get("height")) == ("300pt", "84pt")
    assert root.get("viewBox") == "0 0 300 84"
    assert [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")] == ["postgres", "late"]
    assert drawn.count("stroke-dasharray") == 1


def test_signs_wrap_to_the_width_and_a_long_one_widens_it() -> None:
    rows = add_legend(PICTURE, [Entry("x" * 12, "#fff")] * 4)
    assert 'height="110pt"' in rows
    assert 'width="654.8pt"' in add_legend(PICTURE, [Entry("x" * 78, "#fff")])


def test_text_is_escaped() -> None:
    assert "&lt;script&gt;" in add_legend(PICTURE, [Entry("<script>", "#fff")])


def test_a_drawing_without_a_size_is_refused() -> None:
    with pytest.raises(ToolError, match="without a size"):
        add_legend("<svg/>", [Entry("a")])


def test_no_two_technologies_look_the_same() -> None:
    names = [f"t{n}" for n in range(20)]
    survey = replace(
        SURVEY,
        modules=tuple(module(f"{ROOT}/{name}.py") for name in names),
        classifications=tuple(adapter(name, name) for name in names),
    )
    looks = technology_colours(survey)
    assert len(set(looks.values())) == 20
    assert len({look.fill for look in looks.values()}) == 16
    source = graph_source(survey)
    assert source.count("peripheries=2") == 8
    assert source.count("peripheries=3") == 4
    assert graph_svg(survey).count('class="legend"') == 1
