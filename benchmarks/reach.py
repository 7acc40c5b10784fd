"""The targets, compared with the measured results.

A row of reach.toml has a target, the measured row for it, and the reason if the target is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.measure import Cost
from benchmarks.report import seconds, size, spread, table
from benchmarks.results import Row, Section

TARGETS = Path(__file__).with_name("reach.toml")


@dataclass(frozen=True, slots=True)
class Target:
    """One target. Rows are named "input/key".

    `row` must take at most `seconds`, without the time of `minus`, and at most `megabytes` if that
    is not None. `was` is the value when the target was set, `beside` another tool's row, `floor`
    the row of the minimal work, `why` the text of the document while the target is missed.
    """

    what: str
    row: str
    seconds: float
    was: str = ""
    minus: str = ""
    megabytes: float | None = None
    beside: str = ""
    floor: str = ""
    why: str = ""


def load_targets(path: Path = TARGETS) -> tuple[Target, ...]:
    """Return the rows of reach.toml."""
    found = msgspec.toml.decode(path.read_bytes(), type=dict[str, tuple[Target, ...]])
    return found["target"]


def reach_table(targets: Sequence[Target], sections: Mapping[str, Section]) -> str:
    """Return one row for each target, with its result."""
    rows = {f"{name}/{row.key}": row for name, part in sections.items() for row in part.rows}
    columns = ("what", ">was", ">asked", ">is", ">fastest to slowest", ">CPU")
    more = ("", ">floor", "beside", "why it is missed")
    return table((*columns, *more), (_written(target, rows) for target in targets))


def judged(target: Target, wall: float, peak: float) -> str:
    """Return whether a target is reached, or by how much it is missed.

    >>> judged(Target("x", "a/b", 2.0), 2.5, 0)
    '**missed** by 500 ms (25 %)'
    """
    missed = list(_missed(target, wall, peak))
    return f"**missed** by {' and '.join(missed)}" if missed else "reached"


def _missed(target: Target, wall: float, peak: float) -> Iterator[str]:
    if wall > target.seconds:
        over = wall - target.seconds
        yield f"{seconds(over)} ({over / target.seconds:.0%})".replace("%", " %")
    most = None if target.megabytes is None else target.megabytes * 1e6
    if most is not None and peak > most:
        yield size(peak - most)


def _written(target: Target, rows: Mapping[str, Row]) -> list[str]:
    asked = seconds(target.seconds)
    if target.megabytes is not None:
        asked += f", {target.megabytes:.0f} MB"
    named = [target.row, *filter(None, [target.minus])]
    if absent := [name for name in named if name not in rows]:
        said = f"not measured: no row {', '.join(absent)}"
        return [target.what, target.was, asked, "", "", "", said, "", "", target.why]
    cost = rows[target.row].cost
    wall, apart, cpu = cost.wall, spread(cost), cost.cpu
    if target.minus:
        less = rows[target.minus].cost
        wall, apart = cost.wall - less.wall, ""
        cpu = None if cpu is None or less.cpu is None else cpu - less.cpu
    verdict = _trouble(cost) or judged(target, wall, cost.peak)
    shown = seconds(wall) + (f", {size(cost.peak)}" if target.megabytes is not None else "")
    return [
        *(target.what, target.was, asked, shown, apart),
        *("" if cpu is None else seconds(cpu), verdict),
        seconds(rows[target.floor].cost.wall) if target.floor in rows else "",
        _beside(target, rows),
        "" if verdict == "reached" else target.why,
    ]


def _trouble(cost: Cost) -> str:
    if cost.stopped:
        return f"**missed**: stopped after {cost.wall:.0f} s"
    return f"**missed**: failed: {cost.failed}" if cost.failed else ""


def _beside(target: Target, rows: Mapping[str, Row]) -> str:
    if target.beside not in rows:
        return ""
    row = rows[target.beside]
    return f"{row.name}: {'> ' if row.cost.stopped else ''}{seconds(row.cost.wall)}"
