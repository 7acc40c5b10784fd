"""The measured results, and the file that stores them: one JSON object per line.

This is the form of docs/benchmarks.jsonl, from which every table is written. The file contains no
name of a machine and no path of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.judge import GraphVerdict, MovesVerdict
from benchmarks.measure import Cost, Run, summarise


@dataclass(frozen=True, slots=True)
class Row:
    """A case's runs, and whether it was right; None if there is nothing to check.

    `asked` is the number of runs that were planned, `tests_changed` the number of tests with
    another outcome than before, or None if none were run.
    """

    group: str
    contestant: str
    key: str
    name: str
    asked: int
    runs: tuple[Run, ...]
    moves: MovesVerdict | None = None
    graph: GraphVerdict | None = None
    tests_changed: int | None = None

    @property
    def cost(self) -> Cost:
        """The medians of the runs."""
        return summarise(self.runs)


@dataclass(frozen=True, slots=True)
class Growth:
    """A made-up repository of `files` modules: the runs of each command, by its name."""

    files: int
    moves: int
    rewritten: int
    asked: int
    runs: Mapping[str, tuple[Run, ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """The content of one group of tables in the document.

    `about` says where it was measured; `remarks` what was left out; `spent` are the shares of an
    export's time.
    """

    about: str
    remarks: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    growth: tuple[Growth, ...] = ()
    spent: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    section: str
    about: Section | None = None
    row: Row | None = None
    growth: Growth | None = None


def load_results(path: Path) -> dict[str, Section]:
    """Return name → section of a file that `save_results` wrote; nothing if there is none."""
    found: dict[str, Section] = {}
    for text in path.read_bytes().splitlines() if path.exists() else ():
        line = msgspec.json.decode(text, type=_Line)
        if line.about is not None:
            found[line.section] = line.about
            continue
        section = found[line.section]
        rows = (line.row,) if line.row else ()
        growth = (line.growth,) if line.growth else ()
        found[line.section] = replace(
            section, rows=section.rows + rows, growth=section.growth + growth
        )
    return found


def save_results(path: Path, sections: Mapping[str, Section]) -> None:
    """Write every section: a line for its subject, then one for each row."""
    lines = []
    for name, section in sections.items():
        lines.append(_Line(name, about=replace(section, rows=(), growth=())))
        lines += [_Line(name, row=row) for row in section.rows]
        lines += [_Line(name, growth=growth) for growth in section.growth]
    path.write_bytes(b"".join(msgspec.json.encode(_sparse(line)) + b"\n" for line in lines))


def _sparse(value: Any) -> Any:
    """Return a record as dictionaries without default values, with rounded seconds."""
    if is_dataclass(value):
        told = [(field, getattr(value, field.name)) for field in fields(value)]
        return {field.name: _sparse(one) for field, one in told if one != field.default}
    if isinstance(value, dict):
        return {key: _sparse(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_sparse(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value
