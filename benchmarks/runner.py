"""Every case of an input in turn, in several rounds, with a verdict for each.

In each round every case has one run, so that a slow phase of the machine affects all cases. A case
that fails, is over its limit or would be over its budget is not run again.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.cases import EXPORT, ROOT, Case, Group, cases_of
from benchmarks.inputs import Input, fresh_copy
from benchmarks.judge import GraphVerdict, MovesVerdict
from benchmarks.measure import Run, run_once
from benchmarks.results import Row
from reorg_lib.errors import ReorgError, ToolError
from reorg_lib.proof.tools.test_outcomes import TestOutcomes, differences, read_test_outcomes

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often each case runs, for how many seconds at most, and where."""

    runs: int
    limit: float
    work: Path
    say: Say


def measure_input(found: Input, rounds: Rounds, contestants: Iterable[str]) -> list[Row]:
    """Return the rows of an input for the given contestants."""
    bench = _Bench(found, rounds, rounds.work / found.name)
    rope_python = os.environ.get("ROPE_PYTHON", sys.executable)
    cases = cases_of(found, bench.exported, rope_python)
    chosen = [case for case in cases if case.contestant in contestants]
    bench.fill_cache(chosen)
    runs: dict[Case, list[Run]] = {case: [] for case in chosen}
    used: dict[Case, float] = dict.fromkeys(chosen, 0.0)
    verdicts: dict[Case, _Verdict] = {}
    for number in range(rounds.runs):
        for case in chosen:
            if not has_another_run(runs[case], used[case], case.budget):
                continue
            started = time.perf_counter()
            runs[case].append(run := bench.run(case))
            used[case] += time.perf_counter() - started
            rounds.say(f"{found.name}, round {number + 1}: {case.name}: {_told(run)}")
            if case not in verdicts:
                verdicts[case] = bench.judged(case)
            if case.key == EXPORT:
                bench.keep_script()
    return [_row(case, rounds.runs, runs[case], verdicts[case]) for case in chosen]


def has_another_run(runs: Sequence[Run], used: float, budget: float | None) -> bool:
    """Return whether a case that took `used` seconds so far, checkouts included, runs again."""
    if not runs:
        return True
    if runs[-1].failed or runs[-1].stopped:
        return False
    return budget is None or used * (1 + 1 / len(runs)) <= budget


@dataclass(frozen=True, slots=True)
class _Verdict:
    moves: MovesVerdict | None = None
    graph: GraphVerdict | None = None
    tests_changed: int | None = None


@dataclass
class _Bench:
    """One input's working folder: caches, checkouts, and its tests as they were before."""

    found: Input
    rounds: Rounds
    work: Path
    _before: dict[str, TestOutcomes] = field(default_factory=dict)

    @property
    def tree(self) -> Path:
        return self.work / "tree"

    @property
    def out(self) -> Path:
        return self.work / "out"

    @property
    def exported(self) -> Path:
        """The folder with the script that is measured separately."""
        return self.work / "exported"

    def keep_script(self) -> None:
        """Keep the result of the last export."""
        shutil.rmtree(self.exported, ignore_errors=True)
        shutil.copytree(self.out, self.exported)

    def fill_cache(self, cases: Iterable[Case]) -> None:
        """Fill the cache: by a survey, and by a run of each warm case that is not counted."""
        shutil.rmtree(self._kept, ignore_errors=True)
        found = self.found
        words = (sys.executable, "-m", "reorg_lib", "survey", str(found.repository))
        survey = Case(Group.ROAD, "", "", "", (*words, "--package", found.package), "surveyed")
        for case in [survey, *(case for case in cases if case.cache == "warm")]:
            self.run(case)

    def run(self, case: Case) -> Run:
        """Run a case once, with a fresh checkout and an empty folder for its results."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir(parents=True)
        if case.changes_a_tree:
            fresh_copy(self.found.repository, self.tree)
        places = {"{tree}": str(self.tree), "{out}": str(self.out)}
        command = [_filled(word, places) for word in case.command]
        environment = {
            "off": {"REORG_CACHE": "off"},
            "surveyed": {"REORG_CACHE": str(self._kept)},
            "warm": {"REORG_CACHE": str(self._kept)},
            "empty": {"REORG_CACHE": str(self.out / "cache")},
        }
        more = {**environment.get(case.cache, {}), "PYTHONPATH": str(ROOT)}
        limit = min(case.limit or self.rounds.limit, self.rounds.limit)
        run = run_once(command, ROOT, self.work, limit, more)
        said = run.failed.replace(str(self.work), "").replace(str(ROOT), "")
        return replace(run, failed=said)  # the stored text has no folder of this machine

    def judged(self, case: Case) -> _Verdict:
        """Check the result of the last run; a check that fails is named, and has no verdict."""
        try:
            return self._judge(case)
        except ToolError as error:
            self.rounds.say(f"  {error}")
            return _Verdict()

    def _judge(self, case: Case) -> _Verdict:
        """Compare it with the right result; tests are run as well if there are any."""
        found = self.found
        if case.moves is not None:
            said = _ask_judge("moves", found.repository, self.tree, case.moves)
            said["examples"] = tuple(said["examples"])
            verdict = MovesVerdict(**said)
            for example in verdict.examples:
                self.rounds.say(f"  {example}")
            return _Verdict(moves=verdict, tests_changed=self._tests_changed())
        edges = self.out / "edges"
        if case.group is Group.GRAPH and edges.is_file():
            asked = ("graph", found.repository, found.source_root, found.top, edges)
            return _Verdict(graph=GraphVerdict(**_ask_judge(*asked)))
        return _Verdict()

    @property
    def _kept(self) -> Path:
        return self.work / "cache"

    def _tests_changed(self) -> int | None:
        if self.found.tests is None:
            return None
        if not self._before:
            untouched = fresh_copy(self.found.repository, self.work / "untouched")
            self._before["tests"] = self._outcomes(untouched)
        return len(differences(self._before["tests"], self._outcomes(self.tree)))

    def _outcomes(self, tree: Path) -> TestOutcomes:
        """Run the tests in a tree; if pytest cannot start, there are no outcomes."""
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
            return read_test_outcomes(report)
        except ReorgError:
            return {}


def _row(case: Case, asked: int, runs: Sequence[Run], verdict: _Verdict) -> Row:
    return Row(
        group=str(case.group),
        contestant=case.contestant,
        key=case.key,
        name=case.name,
        asked=asked,
        runs=tuple(runs),
        moves=replace(verdict.moves, examples=()) if verdict.moves else None,
        graph=verdict.graph,
        tests_changed=verdict.tests_changed,
    )


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
    cpu = "" if run.cpu is None else f", CPU {run.cpu:.2f} s"
    return run.failed or f"{run.wall:.2f} s{cpu}, {run.peak / 1e6:.0f} MB"
