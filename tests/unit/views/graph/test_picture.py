"""The pictures: the DOT text word for word, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reorg_lib.errors import ToolError
from reorg_lib.model import Decision, Move, Plan
from reorg_lib.views.graph.picture import (
    draw_pictures,
    graph_source,
    graph_svg,
    render_svg,
    write_pictures,
)
from tests.unit.views.drawn import PLAN, ROOT, SURVEY, adapter, module

BEFORE = """\
	subgraph cluster_ {
		color="#999999" label="shop.adapters" labeljust=l margin=7 style=rounded
		m5 [label=log fillcolor="#eeeeee"]
		subgraph "cluster_db/" {
			color="#999999" label="db/" labeljust=l margin=7 style=rounded
			m1 [label=__init__ fillcolor="#eeeeee"]
			m2 [label=disk fillcolor="#ee8866"]
			m3 [label=tables fillcolor="#77aadd"]
		}
		subgraph "cluster_empty/" {
			color="#999999" label="empty/" labeljust=l margin=7 style=rounded
			m4 [label=__init__ fillcolor="#eeeeee"]
		}
		subgraph "cluster_orders/" {
			color="#999999" label="orders/" labeljust=l margin=7 style=rounded
			m7 [label=reader fillcolor="#77aadd"]
		}
		subgraph "cluster_s3/" {
			color="#999999" label="s3/" labeljust=l margin=7 style=rounded
			m9 [label=bucket fillcolor="#eedd88"]
		}
	}
	m2 -> m5
	m3 -> m5 [style=dashed]
	m7 -> m1
	m7 -> m3
}
"""

AFTER = """\
	subgraph cluster_ {
		color="#999999" label="shop.adapters" labeljust=l margin=7 style=rounded
		m5 [label=log fillcolor="#eeeeee"]
		subgraph "cluster_db/" {
			color="#999999" label="db/" labeljust=l margin=7 style=rounded
			m1 [label=__init__ fillcolor="#eeeeee"]
			m3 [label=tables fillcolor="#77aadd"]
		}
		subgraph "cluster_postgres/" {
			color="#999999" label="postgres/" labeljust=l margin=7 style=rounded
			subgraph "cluster_postgres/query/" {
				color="#999999" label="query/" labeljust=l margin=7 style=rounded
				m7 [label=reader fillcolor="#77aadd"]
			}
		}
		subgraph "cluster_storage/" {
			color="#999999" label="storage/" labeljust=l margin=7 style=rounded
			m9 [label=bucket fillcolor="#eedd88"]
			m2 [label=disk fillcolor="#ee8866"]
		}
	}
	m2 -> m5
	m3 -> m5 [style=dashed]
	m7 -> m1
	m7 -> m3
}
"""


def body(source: str) -> str:
    return source[source.index("\tsubgraph cluster_ ") :]


def test_before() -> None:
    assert body(graph_source(SURVEY)) == BEFORE


def test_after_follows_approved_and_pending_steps_and_no_rejected_one() -> None:
    assert body(graph_source(SURVEY, PLAN)) == AFTER


def test_order_of_the_records_does_not_matter() -> None:
    shuffled = replace(
        SURVEY,
        edges=SURVEY.edges[::-1],
        classifications=SURVEY.classifications[::-1],
    )
    assert graph_source(shuffled, PLAN) == graph_source(SURVEY, PLAN)


def test_svg_is_repeatable_and_has_no_comment() -> None:
    drawing = graph_svg(SURVEY)
    assert drawing == graph_svg(SURVEY)
    assert "<!--" not in drawing
    assert "graphviz version" not in drawing


def test_a_tooltip_says_the_full_name_and_the_text_the_short_one() -> None:
    drawing = ElementTree.fromstring(graph_svg(SURVEY))
    titles = {e.text for e in drawing.iter("{http://www.w3.org/2000/svg}title")}
    texts = [e.text for e in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert "shop.adapters.orders.reader" in titles
    assert "shop.adapters.orders.reader → shop.adapters.db.tables" in titles
    assert {"reader", "orders/", "postgres", "s3", "no technology"} <= set(texts)


@pytest.mark.parametrize(
    "name",
    ['<script>alert("x")&', "<b>bold<b>", "back\\Nslash", 'quo"te', "co:lon", "ünï", "a->b"],
)
def test_odd_names_are_text(name: str) -> None:
    path = f"{ROOT}/{name}.py"
    odd = module(path)
    survey = replace(SURVEY, modules=(*SURVEY.modules, odd))
    drawing = ElementTree.fromstring(graph_svg(survey))
    assert [e for e in drawing.iter() if e.tag.endswith("}script") or e.tag.endswith("}b")] == []
    assert name in [e.text for e in drawing.iter("{http://www.w3.org/2000/svg}text")]


def test_odd_names_of_folders_and_technologies_are_text() -> None:
    odd = '<i>&"\\N:'
    moves = (Move(f"{ROOT}/log.py", f"{ROOT}/{odd}/log.py"),)
    classified = (*SURVEY.classifications[:2], adapter("log", odd))
    survey = replace(SURVEY, classifications=classified)
    drawing = ElementTree.fromstring(graph_svg(survey, Plan(PLAN.scope, moves)))
    texts = [e.text for e in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert f"{odd}/" in texts
    assert odd in texts


def test_a_move_out_of_the_package_gets_clusters_of_its_own() -> None:
    moves = (Move(f"{ROOT}/log.py", "src/shop/log.py", Decision.APPROVED),)
    source = graph_source(SURVEY, Plan(PLAN.scope, moves))
    assert 'subgraph "cluster_src/shop/"' in source


def test_what_cannot_be_laid_out_is_a_tool_error() -> None:
    with pytest.raises(ToolError, match="Graphviz could not lay out"):
        render_svg("digraph {")


def test_write_pictures(tmp_path: Path) -> None:
    before, after = write_pictures(draw_pictures(SURVEY, PLAN), tmp_path / "new")
    assert before.read_text(encoding="utf-8") == graph_svg(SURVEY)
    assert after.read_text(encoding="utf-8") == graph_svg(SURVEY, PLAN)
    assert (before.name, after.name) == ("before.svg", "after.svg")


def test_a_large_package_is_drawn_by_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reorg_lib.views.graph.picture._MOST", 5)
    before, after = graph_source(SURVEY), graph_source(SURVEY, PLAN)
    assert "folders stand for its 9 modules" in before
    assert 'm1 [label=db fillcolor="#eeeeee"]' in before  # of several technologies
    assert 'm8 [label=s3 fillcolor="#eedd88"]' in before
    assert [line for line in before.splitlines() if "->" in line] == [
        "\tm1 -> m5",
        "\tm7 -> m1",
    ]
    assert "[label=postgres " in after
