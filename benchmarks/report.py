"""The measured tables as Markdown, between markers, so that the prose around them stays.

Owns columns, units and the words for right and wrong. Must not measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.cases import Group
from benchmarks.judge import GraphVerdict, MovesVerdict
from benchmarks.measure import Cost
from benchmarks.runner import Row
from reorg_lib.errors import ReorgError


def put_section(document: Path, name: str, text: str) -> None:
    """Replace what stands between the markers of the section `name`.

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
    """Return a Markdown table; a column whose name begins with ">" is set to the right."""
    names = [column.removeprefix(">") for column in columns]
    rule = ["---:" if column.startswith(">") else "---" for column in columns]
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in [names, rule, *cells])


def input_tables(rows: Sequence[Row]) -> str:
    """Return one table for each group that has rows."""
    parts = []
    for group in Group:
        found = [row for row in rows if row.case.group is group]
        if found:
            parts.append(f"{str(group)[0].upper()}{str(group)[1:]}:\n\n{_WRITERS[group](found)}")
    return "\n".join(parts)


def seconds(value: float) -> str:
    """Return a time with three digits that count.

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
    """Say whether the moves came out right; a fast wrong answer is wrong."""
    found = row.verdict
    if row.cost.failed and not isinstance(found, MovesVerdict):
        return f"failed: {row.cost.failed}"
    wrong = []
    if row.cost.stopped:
        wrong.append("over the limit")
    if row.cost.failed:
        wrong.append(f"failed: {row.cost.failed}")
    if isinstance(found, MovesVerdict):
        wrong += [f"{found.of - found.moved} of {found.of} moves not made"] * (
            found.moved < found.of
        )
        wrong += [f"{found.unresolved} imports in vain"] * (found.unresolved > 0)
        off = found.edges_off > 0 and not found.unresolved
        wrong += [f"{found.edges_off} imports reach something else"] * off
    if row.tests_changed:
        wrong.append(f"{row.tests_changed} tests changed")
    if isinstance(found, GraphVerdict):
        wrong += [f"{found.of - found.seen} missed"] * (found.seen < found.of)
        wrong += [f"{found.invented} invented"] * (found.invented > 0)
    return f"**wrong**: {', '.join(wrong)}" if wrong else "right"


def _costs(cost: Cost, base: Cost | None) -> Iterator[str]:
    over = "> " if cost.stopped else ""
    yield over + seconds(cost.wall)
    yield over + seconds(cost.cpu)
    yield size(cost.peak)
    yield f"{over}{_ratio(cost.wall / base.wall)}" if base and base.wall else ""


def _ratio(value: float) -> str:
    return f"{value:.0f}" if value >= 9.95 else f"{value:.2g}"


def _base(rows: Sequence[Row], contestant: str) -> Cost | None:
    return next((row.cost for row in rows if row.case.contestant == contestant), None)


def _road(rows: Sequence[Row]) -> str:
    base = _base(rows, "floor")
    written = ([row.case.name, *_costs(row.cost, base), _trouble(row.cost)] for row in rows)
    return table(("step", ">wall", ">CPU", ">peak", ">times the floor", ""), written)


def _trouble(cost: Cost) -> str:
    return "over the limit" if cost.stopped else f"failed: {cost.failed}" if cost.failed else ""


def _moving(rows: Sequence[Row]) -> str:
    base = _base(rows, "reorg")
    written = []
    for row in rows:
        found = row.verdict
        counts = ["", "", "", ""]
        if isinstance(found, MovesVerdict):
            moved = f"{found.moved} of {found.of}"
            counts = [moved, str(found.unresolved), str(found.edges_off), str(found.old_names)]
        tests = "not run" if row.tests_changed is None else str(row.tests_changed)
        written.append([row.case.name, *_costs(row.cost, base), *counts, tests, outcome(row)])
    columns = ("tool", ">wall", ">CPU", ">peak", ">times ours", ">moved", ">imports in vain")
    more = (">imports lost, new or elsewhere", ">old names left", ">tests changed", "result")
    return table((*columns, *more), written)


def _graphs(rows: Sequence[Row]) -> str:
    base = _base(rows, "reorg")
    written = []
    for row in rows:
        found = row.verdict
        counts = ["", ""]
        if isinstance(found, GraphVerdict):
            counts = [f"{found.seen} of {found.of}", str(found.invented)]
        written.append([row.case.name, *_costs(row.cost, base), *counts, outcome(row)])
    columns = (
        "tool",
        ">wall",
        ">CPU",
        ">peak",
        ">times ours",
        ">imports seen",
        ">invented",
        "result",
    )
    return table(columns, written)


_WRITERS = {Group.ROAD: _road, Group.MOVES: _moving, Group.GRAPH: _graphs}
