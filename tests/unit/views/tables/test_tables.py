"""The tables: what stands in a cell, of which type, in which order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from reorg_lib.model import (
    Certificate,
    Evidence,
    Finding,
    FindingKind,
    Guardrail,
    Hazard,
    HazardSettlement,
    ProofPoint,
    Settlement,
    Severity,
    Split,
)
from reorg_lib.views.graph.pydeps_picture import PydepsPicture
from reorg_lib.views.tables import result_tables as tables
from reorg_lib.views.tables.module_rows import write_modules
from reorg_lib.views.tables.review_tables import layout_metrics
from reorg_lib.views.tables.survey_tables import SurveyTables
from reorg_lib.views.tables.table import Counted, Table
from tests.unit.views.drawn import PLAN, ROOT, SURVEY


def rows(table: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(table.itertuples(index=False, name=None))


def test_modules() -> None:
    table = tables.modules_table(SURVEY)
    assert [row[0] for row in rows(table)] == [
        *(".", "db", "db.disk", "db.tables", "empty", "log"),
        *("orders", "orders.reader", "s3", "s3.bucket"),
    ]
    named = {row[0]: row[1:] for row in rows(table)}
    assert named["db.tables"] == (
        *("db", "module", "postgres", "orders", "tables", "", 40, 1, 1),
        *("line 3: import postgres", f"{ROOT}/db/tables.py", "", "orders 2, users 1", ""),
    )
    assert named["orders"][:2] == ("orders", "folder")
    assert named["s3.bucket"][5] == "Storage"
    assert named["log"][6:9] == (5, 0, 2)
    assert named["orders.reader"][8] == 1, "an importer outside the package counts"


def test_types() -> None:
    kinds = {str(kind) for kind in tables.modules_table(SURVEY).dtypes}
    assert kinds <= {"str", "string", "object", "int64"}
    assert str(tables.modules_table(SURVEY)["lines"].dtype) == "int64"
    assert str(tables.imports_table(SURVEY)["inside"].dtype) == "bool"
    empty = replace(SURVEY, problems=())
    assert str(tables.problems_table(empty)["line"].dtype) == "int64"


def test_imports_keep_every_statement_and_say_which_are_inside() -> None:
    table = rows(tables.imports_table(SURVEY))
    assert len(table) == len(SURVEY.edges)
    assert table[-1] == ("shop.main", "shop.adapters.orders.reader", 2, "top-level", False)
    assert all(row[4] for row in table[:-1])


def test_matrix() -> None:
    counts = tables.matrix(SURVEY)
    assert list(counts.index) == ["filesystem", "postgres", "s3", "(none)"]
    assert list(counts.columns) == ["orders", "(none)"]
    assert counts.to_numpy().tolist() == [[1, 0], [2, 0], [1, 0], [0, 1]]
    lines = tables.matrix(SURVEY, "lines")
    assert {str(kind) for kind in (*counts.dtypes, *lines.dtypes)} == {"int64"}
    about = {m.name: m.lines for m in SURVEY.modules}
    wanted = sum(about[c.module] for c in SURVEY.classifications if c.technology == "postgres")
    assert lines.loc["postgres", "orders"] == wanted > 40
    assert f"2 <small>({wanted})</small>" in SurveyTables(SURVEY).matrix.to_html()


def test_the_matrix_of_nothing_is_shown_too() -> None:
    empty = replace(SURVEY, modules=(), classifications=())
    counts, lines = tables.matrix(empty), tables.matrix(empty, "lines")
    assert "<table" in tables.matrix_style(counts, lines).to_html()


def test_matrix_style_is_repeatable_and_leaves_the_text_colour_to_the_theme() -> None:
    first, second = (SurveyTables(SURVEY).matrix.to_html() for _ in range(2))
    assert first == second
    assert "background-color: rgba(0, 114, 178, 0.50)" in first
    assert "color: #" not in first


def test_all_that_a_module_shows_is_in_its_row() -> None:
    shown = replace(
        SURVEY.classifications[-1],
        technologies=(("s3", 3.0), ("http", 0.5)),
        domains=(("orders", 2), ("billing", 1)),
        provides=(("shop.domain.Files", "shop.adapters.s3.Bucket"),),
    )
    survey = replace(SURVEY, classifications=(*SURVEY.classifications[:-1], shown))
    row = {r[0]: r for r in rows(tables.modules_table(survey))}[
        shown.module.removeprefix("shop.adapters.")
    ]
    assert row[-3:] == ("s3 3, http 0.5", "orders 2, billing 1", "Files = Bucket")


def test_each_word_of_a_survey_is_its_table_made_anew() -> None:
    survey = SurveyTables(replace(SURVEY, notes=("No context can be told.",)))
    assert rows(survey.modules) == rows(tables.modules_table(SURVEY))
    assert rows(survey.imports) == rows(tables.imports_table(SURVEY))
    assert rows(survey.problems) == rows(tables.problems_table(SURVEY))
    assert survey.findings.empty and survey.modules is not survey.modules
    assert repr(survey).endswith("No context can be told.")
    with pytest.raises(AttributeError):
        survey.modules = None  # type: ignore[assignment, misc]


def test_modules_are_written_for_a_spreadsheet(tmp_path: Path) -> None:
    first = write_modules(SURVEY, tmp_path / "out").read_bytes()
    assert write_modules(SURVEY, tmp_path / "out").read_bytes() == first
    again = pd.read_csv(tmp_path / "out" / "modules.csv", keep_default_na=False)
    assert rows(again) == rows(tables.modules_table(SURVEY))
    assert b"\r" not in first


def test_problems() -> None:
    assert rows(tables.problems_table(SURVEY)) == [("src/shop/odd.py", 4, "is not UTF-8")]


def test_a_file_of_the_root_is_told_from_one_of_the_package() -> None:
    both = (Guardrail("CLAUDE.md"), Guardrail(f"{ROOT}/CLAUDE.md"))
    table = tables.plan_table(SURVEY, replace(PLAN, steps=both))
    assert list(table["from"]) == ["CLAUDE.md", f"{ROOT}/CLAUDE.md"]


def test_each_figure_carries_what_it_counts() -> None:
    figures = layout_metrics(SURVEY, PLAN)
    crossing = next(row for row in figures.rows if row[0] == "cross concern imports")
    for figure in crossing[1:]:
        assert isinstance(figure, Counted)
        assert len(figure.lines) == int(figure.figure)
    many = Counted("61", tuple(f"a.m{n} → b.m{n}" for n in range(61))).html()
    assert "and 1 more" in many
    assert "3.<wbr>5" not in Table(("figure",), [(3.5,)]).html()


def test_plan_is_sorted_by_concern_and_knows_its_modules() -> None:
    split = Split(f"{ROOT}/log.py", f"{ROOT}/log", parts=(("a.py", ("x",)),))
    table = tables.plan_table(SURVEY, replace(PLAN, steps=(*PLAN.steps, split)))
    assert [(row[0], row[1], row[2], row[3]) for row in rows(table)] == [
        ("deletion", "empty/__init__.py", "", ""),
        ("split", "log.py", "log", "log"),
        ("move", "orders/reader.py", "postgres/query/reader.py", "postgres"),
        ("move", "db/tables.py", "postgres/tables.py", "postgres"),
        ("move", "s3/bucket.py", "storage/bucket.py", "storage"),
        ("move", "db/disk.py", "storage/disk.py", "storage"),
    ]
    disk = rows(table)[-1]
    assert disk[4:] == (
        *("filesystem", "orders", "approved", "implements Storage", "files/disk.py", 0, ""),
    )


def test_hazards_put_the_blocking_ones_first_and_say_what_was_settled() -> None:
    note = Hazard("n", "logger", Severity.NOTE, "a.py", 1, "why")
    block = Hazard("b", "anchor", Severity.BLOCK, "z.py", 9, "why", fix="parents[2]")
    plan = replace(PLAN, hazards=(HazardSettlement("b", Settlement.FIX),))
    table = tables.hazards_table([note, block], plan)
    assert rows(table) == [
        ("block", "anchor", "z.py", 9, "why", "parents[2]", "fix", "b"),
        ("note", "logger", "a.py", 1, "why", "", "", "n"),
    ]


def test_certificate() -> None:
    points = (ProofPoint(1, "same bytes", 5, "files"), ProofPoint(2, "x", 1, "y", ("a", "b")))
    table = tables.certificate_table(Certificate("c", "s", 1, 2, 3, 4, points))
    assert rows(table) == [
        (1, "same bytes", 5, "files", True, ""),
        (2, "x", 1, "y", False, "a\nb"),
    ]


def test_the_witness_is_compared_edge_by_edge() -> None:
    def named(*pair: str) -> tuple[str, str]:
        return (f"shop.adapters.{pair[0]}", f"shop.adapters.{pair[1]}")

    seen = PydepsPicture(
        edges=(
            named("db.disk", "log"),
            named("orders.reader", "db.tables"),
            named("orders.reader", "db"),
            named("orders.reader", "s3.bucket"),
            named("orders.reader", "s3"),
        )
    )
    table = rows(tables.witness_table(SURVEY, seen))
    assert [(row[0], *row[1:]) for row in table] == [
        ("only us", *named("db.tables", "log")),
        ("only pydeps", *named("orders.reader", "s3.bucket")),
        ("pydeps, as a package on the way", *named("orders.reader", "s3")),
        ("both", *named("db.disk", "log")),
        ("both", *named("orders.reader", "db")),
        ("both", *named("orders.reader", "db.tables")),
    ]


def test_a_witness_that_failed_is_a_row() -> None:
    assert rows(tables.witness_table(SURVEY, PydepsPicture(error="pydeps fell over"))) == [
        ("pydeps fell over", "", "")
    ]


def test_findings_are_a_row_each_with_their_first_lines() -> None:
    lines = tuple(Evidence("a.py", n, f"import x{n}", "") for n in range(1, 5))
    first = Finding(FindingKind.STRANGER, 0.7, "a.py is strange.", ("a", "b"), lines)
    bare = Finding(FindingKind.CYCLE, 0.5, "They turn.", (), (Evidence("b", 0, "", "lies"),))
    table = tables.findings_table(replace(SURVEY, findings=(first, bare)))
    shown = "a.py:1 import x1\na.py:2 import x2\na.py:3 import x3"
    assert rows(table) == [
        (0.7, "stranger", "a.py is strange.", 2, shown),
        (0.5, "cycle", "They turn.", 0, "b"),
    ]
    assert str(tables.findings_table(SURVEY)["modules"].dtype) == "int64"


def test_a_table_shows_itself_escaped_whole_and_without_its_index() -> None:
    table = tables.problems_table(SURVEY)
    table.loc[0, "message"] = '<script>alert("x")</script>'
    shown = table._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert "<th>0</th>" not in shown
    assert "(none)" in table[table["line"] > 9]._repr_html_()
