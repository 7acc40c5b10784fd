"""The cost of a command: wall and CPU seconds, peak bytes, medians over several runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from reorg_lib.errors import ToolError

_LAUNCH = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds, bytes, and the error ("" for none).

    `cpu` is user and system time of the process and its children, None if only wall time is known,
    `peak` the largest resident size of any one of them. `stopped` means that it was over its limit.
    """

    wall: float
    cpu: float | None
    peak: int
    failed: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """Several runs in one: medians of the times, the largest peak, how many runs there were.

    `least` and `most` are the shortest and the longest wall time.
    """

    wall: float
    cpu: float | None
    peak: int
    runs: int
    least: float
    most: float
    failed: str = ""
    stopped: bool = False


def run_once(
    command: Sequence[str],
    folder: Path,
    work: Path,
    limit: float,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run a command in `folder` for at most `limit` seconds.

    A program that times a part of its own work prints `{"wall": s, "cpu": s}` as its last line;
    then only that part counts; "cpu" may be null. `work` gets its output, as `stdout` and `stderr`.

    Raises:
        ToolError: the command could not be started.
    """
    report, stdout, stderr = (work / name for name in ("cost.json", "stdout", "stderr"))
    report.unlink(missing_ok=True)
    launched = subprocess.run(
        [
            *(sys.executable, "-I", "-S", str(_LAUNCH), str(limit)),
            *(str(report), str(stdout), str(stderr), str(folder), *command),
        ],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if launched.returncode or not report.is_file():
        said = (launched.stderr.strip().splitlines() or ["no word"])[-1]
        raise ToolError(f"{command[0]} could not be started: {said}")
    told = json.loads(report.read_text())
    times: dict[str, Any] = {name: told[name] for name in ("wall", "cpu")}
    if told["stopped"]:
        return Run(**times, peak=told["peak"], stopped=True)
    if told["status"]:
        return Run(**times, peak=told["peak"], failed=_last_words(stderr, stdout, told["status"]))
    return Run(**{**times, **_own_times(stdout)}, peak=told["peak"])


def summarise(runs: Sequence[Run]) -> Cost:
    """Return the medians; if one run failed or was stopped, that is the result."""
    bad = next((run for run in runs if run.failed or run.stopped), None)
    walls = [run.wall for run in runs]
    cpus = [run.cpu for run in runs if run.cpu is not None]
    return Cost(
        wall=median(walls),
        cpu=median(cpus) if cpus else None,
        peak=max(run.peak for run in runs),
        runs=len(runs),
        least=min(walls),
        most=max(walls),
        failed=bad.failed if bad else "",
        stopped=bad.stopped if bad else False,
    )


def _own_times(stdout: Path) -> dict[str, float | None]:
    with stdout.open("rb") as file:
        file.seek(max(0, stdout.stat().st_size - 400))
        last = (file.read().splitlines() or [b""])[-1]
    try:
        said = json.loads(last)
    except ValueError:
        return {}
    if not isinstance(said, dict) or said.keys() != {"wall", "cpu"}:
        return {}
    return {name: None if told is None else float(told) for name, told in said.items()}


def _last_words(stderr: Path, stdout: Path, status: int) -> str:
    for place in (stderr, stdout):
        if lines := place.read_text(errors="replace").strip().splitlines():
            return f"exit {status}: {lines[-1][:160]}"
    return f"exit {status}"
