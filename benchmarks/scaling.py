"""How the cost grows: with the number of moves, and with the number of files around them.

The repositories are generated, and the same on every machine: each module is imported by three
others, so that the number of files with references grows with the number of moves.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cases import ROOT, export_command
from benchmarks.inputs import Input, commit_all, fresh_copy, ready_input
from benchmarks.measure import Run, run_once
from benchmarks.results import Growth
from benchmarks.runner import Rounds, has_another_run
from reorg_lib.model import Decision, Move, Plan, Scope

SIZES = ((1_000, 100), (4_000, 10), (4_000, 100), (4_000, 1_000), (16_000, 100))
"""(files, moves)."""

_BUDGET = 150.0
"""Seconds for all runs of one command on one size."""

_IN_A_FOLDER = 50
_REACH = (1, 7, 61)


def measure_growth(rounds: Rounds) -> tuple[Growth, ...]:
    """Measure each size."""
    found = []
    for files, moves in SIZES:
        rounds.say(f"making a repository of {files} files")
        work = rounds.work / f"scaling-{files}-{moves}"
        found.append(_measure(made_up(work, files, moves), files, moves, rounds, work))
        shutil.rmtree(work)
    return tuple(found)


def made_up(work: Path, files: int, moves: int) -> Input:
    """Make a repository of `files` modules below `work`, and a plan that moves `moves` of them."""
    shutil.rmtree(work, ignore_errors=True)
    copy = work / "made"
    for path, text in sources(files):
        place = copy / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    commit_all(copy)
    step = max(1, files // moves)
    chosen = [module_path(number) for number in range(0, files, step)][:moves]
    steps = tuple(
        Move(path, f"large/moved/{path.rpartition('/')[2]}", Decision.APPROVED, "for measuring")
        for path in chosen
    )
    plan = Plan(Scope("large", ".", ""), steps)
    return ready_input("scaling", copy, plan, work)


def sources(files: int) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every file of a package of `files` modules."""
    yield "large/__init__.py", ""
    for folder in range(-(-files // _IN_A_FOLDER)):
        yield f"large/part_{folder:04}/__init__.py", ""
    for number in range(files):
        used = sorted({(number + far) % files for far in _REACH} - {number})
        lines = [f"from {_name(other)} import work_{other}" for other in used]
        lines += ["", "", f"def work_{number}(value: int) -> int:"]
        lines += [f'    """Do part {number} of the work."""']
        lines += [f"    total = value + {number}"]
        lines += [f"    for step in range({step}):\n        total += step" for step in range(12)]
        calls = " + ".join(f"work_{other}(0)" for other in used)
        lines += [f"    return total if value else {calls or '0'}", ""]
        yield module_path(number), "\n".join(lines)


def module_path(number: int) -> str:
    """Return the path of module `number`."""
    return f"large/part_{number // _IN_A_FOLDER:04}/module_{number:05}.py"


def _name(number: int) -> str:
    return module_path(number).removesuffix(".py").replace("/", ".")


def _measure(found: Input, files: int, moves: int, rounds: Rounds, work: Path) -> Growth:
    out, tree = work / "out", work / "tree"
    repository = str(found.repository)
    export = export_command(repository, found.plan, str(out), "--no-witness")
    survey = (*export[:3], "survey", repository, "--package", "large")
    commands = {
        "cold": (survey, "off"),
        "warm": (survey, str(work / "cache")),
        "export": (export, "off"),
        "apply": (("bash", str(out / "reorganize.sh"), "--apply"), "off"),
    }
    run_once(survey, ROOT, work, rounds.limit, {"REORG_CACHE": str(work / "cache")})
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds.runs):
        for name, (command, cache) in commands.items():
            if not has_another_run(runs[name], sum(r.wall for r in runs[name]), _BUDGET):
                continue
            if name == "apply":
                fresh_copy(found.repository, tree)
            where = tree if name == "apply" else ROOT
            runs[name].append(run_once(command, where, work, rounds.limit, {"REORG_CACHE": cache}))
            rounds.say(f"{files} files, {moves} moves, {name}: {runs[name][-1].wall:.2f} s")
    kept = {name: tuple(one) for name, one in runs.items()}
    return Growth(files, moves, _rewritten(out), rounds.runs, kept)


def _rewritten(out: Path) -> int:
    certificate = out / "certificate.json"
    if not certificate.is_file():
        return 0
    return int(json.loads(certificate.read_text())["files"]["rewritten"])
