"""The project's own tests, run in scratch copies before and after.

Code of the repository runs here, and only because the user gave the command.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from reorg_lib.errors import ToolError
from reorg_lib.git import Repository, check_out, commits_since
from reorg_lib.proof.rehearsal import run_script
from reorg_lib.proof.tools.test_outcomes import TestOutcomes, read_test_outcomes

Answer = TypeVar("Answer")


def run_tests(
    repository: Repository, script: str, commands: Sequence[str], source_root: str
) -> tuple[TestOutcomes, ...]:
    """Run all commands in an unchanged copy, and after each commit of the script's --commit.

    A command runs in a shell in the copy's root, with the copy's source root first on
    `PYTHONPATH`, so that it does not test an editable install of the user's checkout. If it runs
    pytest, each test has an outcome; otherwise the exit status of the command is the outcome.

    Raises:
        ToolError: a pytest run collected no test or wrote no report, or the script failed.
    """
    with repository.scratch_copy() as copy:
        before = _run_all(commands, copy, source_root)
    with repository.scratch_copy() as copy:
        if complaints := run_script(script, "--commit", copy):
            raise ToolError(f"the tests were not run after the moves: {complaints[0]}")
        series = []
        for commit in commits_since(copy, repository.commit):
            check_out(copy, commit)
            series.append(_run_all(commands, copy, source_root))
    return before, *series


def on_both_sides(
    repository: Repository, script: str, ask: Callable[[Path], Answer]
) -> tuple[Answer, Answer]:
    """Call the same function with an unchanged copy, and with a copy after --apply.

    Raises:
        ToolError: the script failed.
    """
    with repository.scratch_copy() as copy:
        before = ask(copy)
    with repository.scratch_copy() as copy:
        if complaints := run_script(script, "--apply", copy):
            raise ToolError(f"no tool ran after the moves: {complaints[0]}")
        return before, ask(copy)


def _run_all(commands: Sequence[str], copy: Path, source_root: str) -> TestOutcomes:
    outcomes: dict[str, str] = {}
    for number, command in enumerate(commands, start=1):
        found = _run(command, copy, source_root)
        prefix = f"{number}: " if len(commands) > 1 else ""
        outcomes |= {prefix + test: outcome for test, outcome in found.items()}
    return outcomes


def _run(command: str, copy: Path, source_root: str) -> TestOutcomes:
    report = copy.parent / "report.xml"
    report.unlink(missing_ok=True)
    is_pytest = runs_pytest(command)
    whole = f"{command} --junitxml={shlex.quote(str(report))}" if is_pytest else command
    path = str(copy / source_root)
    done = subprocess.run(
        ["bash", "-c", whole],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if not is_pytest:
        return {command: "passed" if done.returncode == 0 else f"exit {done.returncode}"}
    if not report.is_file():
        said = " / ".join(done.stdout.decode(errors="replace").strip().splitlines()[-3:])
        raise ToolError(f"`{command}` wrote no report (exit {done.returncode}): {said}")
    return read_test_outcomes(report)


def runs_pytest(command: str) -> bool:
    """Return whether a command ends with a run of pytest, to which options can be added."""
    last = command.replace("||", ";").replace("&&", ";").replace("|", ";").split(";")[-1]
    try:
        words = shlex.split(last)
    except ValueError:
        return False
    return any(Path(word).name in {"pytest", "py.test"} for word in words)
