"""Measured sections as Markdown, between markers, so that the text around them stays.

It has the columns, the units and the words for right and wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.cases import Group
from benchmarks.measure import Cost, summarise
from benchmarks.results import Growth, Row, Section
from reorg_lib.errors import ReorgError


def put_section(document: Path, name: str, text: str) -> None:
    """Replace the text between the markers of the section `name`.

    Raises:
        ReorgError: the document has no such pair of markers.
    """
    before = document.read_text(encoding="utf-8")
    begin, end = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
    pattern = re.compile(f"{re.escape(begin)}\n.*?{re.escape(end)}", re.S)
    if not pattern.search(before):
        raise ReorgError(
            f"{document} has no lines {begin} and {end}; put them where the table goes"
        )
    after = pattern.sub(lambda _: f"{begin}\n{text.strip()}\n{end}", before)
    document.write_text(after, encoding="utf-8")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a column whose name begins with ">" is aligned right."""
    names = [column.removeprefix(">") for column in columns]
    rule = ["---:" if column.startswith(">") else "---" for column in columns]
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in [names, rule, *cells])


def section_text(section: Section) -> str:
    """Return the text between the markers of a section: one table for each group of rows."""
    parts = [section.about, *section.remarks]
    for group in Group:
        if found := [row for row in section.rows if row.group == group]:
            parts.append(f"{str(group)[0].upper()}{str(group)[1:]}:")
            parts.append(_WRITERS[group](found))
    if section.growth:
        parts.append(_growing(section.growth))
    if section.spent:
        parts.append("An export under the profiler, cold, without pydeps and tests:")
        shares = ((where, f"{share:.0%}") for where, share in section.spent)
        parts.append(table(("where", ">share"), shares))
    return "\n\n".join(part.strip() for part in parts)


def seconds(value: float) -> str:
    """Return a time with three significant digits.

    >>> seconds(0.0432), seconds(1.234), seconds(83.21)
    ('43 ms', '1.23 s', '83 s')
    """
    if value < 0.995:
        return f"{value * 1000:.0f} ms"
    return (
        f"{value:.2f} s" if value < 9.995 else f"{value:.1f} s" if value < 60 else f"{value:.0f} s"
    )


def size(value: float) -> str:
    """Return bytes as megabytes.

    >>> size(12_345_678)
    '12 MB'
    """
    return f"{value / 1e6:.0f} MB"


def outcome(row: Row) -> str:
    """Return whether the moves are right; a fast wrong result is wrong."""
    cost, moves, graph = row.cost, row.moves, row.graph
    if cost.stopped:
        return f"stopped after {cost.wall:.0f} s"
    if cost.failed and not moves:
        return f"failed: {cost.failed}"
    if not moves and not graph:
        return "not judged"
    wrong = [f"failed: {cost.failed}"] * bool(cost.failed)
    if moves:
        wrong += [f"{moves.of - moves.moved} of {moves.of} moves not made"] * (
            moves.moved < moves.of
        )
        wrong += [f"{moves.unresolved} imports in vain"] * (moves.unresolved > 0)
        off = moves.edges_off > 0 and not moves.unresolved
        wrong += [f"{moves.edges_off} imports reach something else"] * off
    if row.tests_changed:
        wrong.append(f"{row.tests_changed} tests changed")
    if graph:
        wrong += [f"{graph.of - graph.seen} missed"] * (graph.seen < graph.of)
        wrong += [f"{graph.invented} invented"] * (graph.invented > 0)
    return f"**wrong**: {', '.join(wrong)}" if wrong else "right"


def spread(cost: Cost) -> str:
    """Return the shortest and the longest of several runs; nothing for one run."""
    if cost.runs < 2:
        return ""
    return f"{seconds(cost.least)} to {seconds(cost.most)}"


_COSTS = (">wall", ">fastest to slowest", ">CPU", ">peak")


def _costs(row: Row, base: Cost | None) -> Iterator[str]:
    cost = row.cost
    over = "> " if cost.stopped else ""
    yield over + seconds(cost.wall)
    yield spread(cost)
    yield "" if cost.cpu is None else over + seconds(cost.cpu)
    yield size(cost.peak)
    yield f"{over}{_ratio(cost.wall / base.wall)}" if base and base.wall else ""


def _ratio(value: float) -> str:
    return f"{value:.0f}" if value >= 9.95 else f"{value:.2g}"


def _base(rows: Sequence[Row], contestant: str) -> Cost | None:
    return next((row.cost for row in rows if row.contestant == contestant), None)


def _name(row: Row) -> str:
    """Return the row's name, with the number of its runs where they are fewer than asked for."""
    count = len(row.runs)
    if count == row.asked:
        return row.name
    return f"{row.name} ({count} run{'s' if count > 1 else ''})"


def _road(rows: Sequence[Row]) -> str:
    base = _base(rows, "floor")
    written = ([_name(row), *_costs(row, base), _trouble(row.cost)] for row in rows)
    return table(("step", *_COSTS, ">times the floor", ""), written)


def _room(rows: Sequence[Row]) -> str:
    written = ([_name(row), *[*_costs(row, None)][:-1], _trouble(row.cost)] for row in rows)
    return table(("what", *_COSTS, ""), written)


def _trouble(cost: Cost) -> str:
    if cost.stopped:
        return f"stopped after {cost.wall:.0f} s"
    return f"failed: {cost.failed}" if cost.failed else ""


def _moving(rows: Sequence[Row]) -> str:
    base = _base(rows, "reorg")
    written = []
    for row in rows:
        counts = ["", "", "", ""]
        if found := row.moves:
            moved = f"{found.moved} of {found.of}"
            counts = [moved, str(found.unresolved), str(found.edges_off), str(found.old_names)]
        tests = "not run" if row.tests_changed is None else str(row.tests_changed)
        written.append([_name(row), *_costs(row, base), *counts, tests, outcome(row)])
    columns = ("tool", *_COSTS, ">times ours", ">moved", ">imports in vain")
    more = (">imports lost, new or elsewhere", ">old names left", ">tests changed", "result")
    return table((*columns, *more), written)


def _graphs(rows: Sequence[Row]) -> str:
    base = _base(rows, "reorg")
    written = []
    for row in rows:
        found = row.graph
        counts = [f"{found.seen} of {found.of}", str(found.invented)] if found else ["", ""]
        written.append([_name(row), *_costs(row, base), *counts, outcome(row)])
    columns = ("tool", *_COSTS, ">times ours", ">imports seen", ">invented", "result")
    return table(columns, written)


def _growing(rows: Sequence[Growth]) -> str:
    written = []
    for row in rows:
        costs = {name: summarise(runs) for name, runs in row.runs.items()}
        export = costs["export"]
        runs = min(cost.runs for cost in costs.values())
        trouble = next(filter(None, (_trouble(cost) for cost in costs.values())), "")
        few = f"{runs} run{'s' if runs > 1 else ''} at least" if runs < row.asked else ""
        written.append(
            [
                *(f"{row.files:,}", f"{row.moves:,}", f"{row.rewritten:,}"),
                *(seconds(costs[name].wall) for name in ("cold", "warm")),
                *(seconds(export.wall), spread(export), seconds(export.cpu or 0)),
                *(size(export.peak), seconds(costs["apply"].wall), trouble or few),
            ]
        )
    columns = (">files", ">moves", ">files rewritten", ">survey", ">survey, warm", ">export")
    more = (">fastest to slowest", ">export, CPU", ">export, peak", ">script --apply", "")
    return table((*columns, *more), written)


_WRITERS = {Group.ROOM: _room, Group.ROAD: _road, Group.MOVES: _moving, Group.GRAPH: _graphs}
