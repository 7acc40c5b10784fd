"""Every case of an input in turn, several rounds, and a verdict beside each.

Owns the order: in each round every case has one run, so that what slows the machine slows all. A
case that fails or is over its limit is not run again. Must not know how the result is written.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.cases import Case, Group, cases_of, export_command
from benchmarks.inputs import Input, fresh_copy
from benchmarks.judge import GraphVerdict, MovesVerdict
from benchmarks.measure import Cost, Run, run_once, summarise
from reorg_lib.errors import ReorgError, ToolError
from reorg_lib.export.outcomes import Outcomes, differences, read_outcomes

ROOT = Path(__file__).resolve().parent.parent

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """A case, what it cost, and whether it was right; None where there is nothing to judge.

    `tests_changed` are tests whose outcome is another than before, or None if none were run.
    """

    case: Case
    cost: Cost
    verdict: MovesVerdict | GraphVerdict | None = None
    tests_changed: int | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often each case runs, for how many seconds at most, and where."""

    runs: int
    limit: float
    work: Path
    say: Say


def measure_input(found: Input, rounds: Rounds, contestants: Iterable[str]) -> list[Row]:
    """Return the rows of an input for the contestants that take part."""
    work = rounds.work / found.name
    bench = _Bench(found, rounds, work)
    bench.export()
    rope_python = os.environ.get("ROPE_PYTHON", sys.executable)
    cases = cases_of(found, work / "exported", rope_python)
    chosen = [case for case in cases if case.contestant in contestants]
    for case in chosen:
        if case.cache == "warm":
            bench.run(case)  # fills the cache, and is not counted
    runs: dict[Case, list[Run]] = {case: [] for case in chosen}
    rows: dict[Case, Row] = {}
    for number in range(rounds.runs):
        for case in chosen:
            if runs[case] and (runs[case][-1].failed or runs[case][-1].stopped):
                continue
            run = bench.run(case)
            runs[case].append(run)
            rounds.say(f"{found.name}, round {number + 1}: {case.name}: {_told(run)}")
            if number == 0:
                rows[case] = Row(case, summarise([run]), *bench.judge(case))
    return [
        Row(case, summarise(runs[case]), rows[case].verdict, rows[case].tests_changed)
        for case in chosen
    ]


@dataclass
class _Bench:
    """One input's working folder: caches, checkouts, and its tests as they were before."""

    found: Input
    rounds: Rounds
    work: Path
    _before: dict[str, Outcomes] = field(default_factory=dict)

    @property
    def tree(self) -> Path:
        return self.work / "tree"

    @property
    def out(self) -> Path:
        return self.work / "out"

    def export(self) -> None:
        """Make the script that is measured on its own."""
        out = self.work / "exported"
        words = export_command(
            str(self.found.repository), self.found.plan, str(out), "--no-witness"
        )
        run = run_once(words, ROOT, self.work, self.rounds.limit * 3)
        if run.failed or run.stopped:
            self.rounds.say(f"{self.found.name}: no script: {run.failed or 'over the limit'}")

    def run(self, case: Case) -> Run:
        """Run a case once, with a fresh checkout and an empty folder for what it leaves."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir(parents=True)
        if case.changes_a_tree:
            fresh_copy(self.found.repository, self.tree)
        places = {"{tree}": str(self.tree), "{out}": str(self.out)}
        command = [_filled(word, places) for word in case.command]
        kept = self.work / "cache"
        environment = {"off": {"REORG_CACHE": "off"}, "warm": {"REORG_CACHE": str(kept)}}
        more = {**environment.get(case.cache, {}), "PYTHONPATH": str(ROOT)}
        return run_once(command, ROOT, self.work, self.rounds.limit, more)

    def judge(self, case: Case) -> tuple[MovesVerdict | GraphVerdict | None, int | None]:
        """Look at what the last run left; tests are run as well where there are any."""
        found = self.found
        if case.group is Group.MOVES:
            said = _ask_judge("moves", found.repository, self.tree, found.moves)
            said["examples"] = tuple(said["examples"])
            verdict = MovesVerdict(**said)
            for example in verdict.examples:
                self.rounds.say(f"  {example}")
            return verdict, self._tests_changed()
        edges = self.out / "edges"
        if case.group is Group.GRAPH and edges.is_file():
            asked = ("graph", found.repository, found.source_root, found.top, edges)
            return GraphVerdict(**_ask_judge(*asked)), None
        return None, None

    def _tests_changed(self) -> int | None:
        if self.found.tests is None:
            return None
        if not self._before:
            untouched = fresh_copy(self.found.repository, self.work / "untouched")
            self._before["tests"] = self._outcomes(untouched)
        return len(differences(self._before["tests"], self._outcomes(self.tree)))

    def _outcomes(self, tree: Path) -> Outcomes:
        """Run the tests in a tree; where pytest cannot even begin there are no outcomes."""
        tests = self.found.tests
        assert tests is not None
        report = self.work / "tests.xml"
        report.unlink(missing_ok=True)
        path = str(tree / self.found.source_root)
        subprocess.run(
            [*tests.command(), f"--junitxml={report}"],
            cwd=tree / tests.folder,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        try:
            return read_outcomes(report)
        except ReorgError:
            return {}


def _ask_judge(*words: object) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.judge", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolError(f"the judge failed: {done.stderr.strip()[-300:]}")
    verdict: dict[str, Any] = json.loads(done.stdout)
    return verdict


def _filled(word: str, places: Mapping[str, str]) -> str:
    for name, place in places.items():
        word = word.replace(name, place)
    return word


def _told(run: Run) -> str:
    if run.stopped:
        return f"stopped after {run.wall:.0f} s"
    return run.failed or f"{run.wall:.2f} s, CPU {run.cpu:.2f} s, {run.peak / 1e6:.0f} MB"
