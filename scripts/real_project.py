"""The whole road on a real project, with its own tests before and after.

Owns the recipe behind docs/real-project.md: clone, environment, tests, export, script, tests. The
project's code is fetched into a work folder and never becomes part of this repository. It needs
the network (or `--repo` with a local clone), Python 3.13 and uv.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from reorg_lib.errors import ReorgError, ToolError
from reorg_lib.export.outcomes import Outcomes, differences, read_outcomes, summary

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "docs" / "real-project" / "plan.toml"
COMMIT = "c4cd5b6faa09c22b186f1b0e4d7631c3e4d95ce8"
_MIGRATE = {
    "before": "osa.infrastructure.persistence.migrate",
    "after": "osa.infrastructure.postgres.setup.migrate",
}


@click.command()
@click.option("--repo", default="https://github.com/opensciencearchive/server", show_default=True)
@click.option("--work", default=ROOT / ".work" / "real", type=click.Path(path_type=Path))
@click.option("--out", default=ROOT / ".work" / "real-outputs", type=click.Path(path_type=Path))
@click.option("--tests/--no-tests", default=True, help="Run the project's own tests as well.")
def main(repo: str, work: Path, out: Path, tests: bool) -> None:
    """Export the plan for the reference project, run the script on it, and compare its tests."""
    try:
        _run_road(repo, work.resolve(), out.resolve(), tests)
    except ReorgError as error:
        click.echo(f"real-project: {error}", err=True)
        sys.exit(1)


def _run_road(repo: str, work: Path, out: Path, tests: bool) -> None:
    if not (work / ".git").is_dir():
        _run(["git", "clone", "--quiet", repo, str(work)], ROOT)
    _run(["git", "reset", "--quiet", "--hard"], work)
    _run(["git", "checkout", "--quiet", "--detach", COMMIT], work)
    server = work / "server"
    if tests:
        _run(["uv", "sync", "--quiet", "--frozen", "--all-extras"], server)
        before = _test(server, out / "before.xml")
        click.echo(f"tests before: {summary(before)}")
        click.echo(f"PROJECT_ROOT before: {_project_root(server, 'before')}")
    reorg = [sys.executable, "-m", "reorg_lib"]
    _timed("survey", [*reorg, "survey", str(work), "--json", str(out / "survey.json")])
    _timed("export", [*reorg, "export", str(work), "--plan", str(PLAN), "--out", str(out)])
    for mode in ("--check", "--apply"):
        _timed(f"script {mode}", ["bash", str(out / "reorganize.sh"), mode], work)
    click.echo(_run(["git", "diff", "--cached", "--shortstat", "-M"], work).strip())
    if tests:
        after = _test(server, out / "after.xml")
        click.echo(f"tests after: {summary(after)}")
        click.echo(f"PROJECT_ROOT after: {_project_root(server, 'after')}")
        if changed := differences(before, after):
            raise ToolError("\n  ".join(["the tests tell a difference:", *changed]))
        click.echo(f"the same outcome for every one of {len(after)} tests")
    _timed("script --undo", ["bash", str(out / "reorganize.sh"), "--undo"], work)
    if dirt := _run(["git", "status", "--porcelain", "--untracked-files=no"], work):
        raise ToolError(f"--undo left changes behind:\n{dirt}")
    click.echo("git status after --undo: clean")


def _test(server: Path, report: Path) -> Outcomes:
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    pytest = [".venv/bin/python", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    subprocess.run(
        [*pytest, f"--junitxml={report}", "tests/unit", "tests/contract"],
        cwd=server,
        env={**os.environ, "TEST": "1"},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return read_outcomes(report)


def _project_root(server: Path, when: str) -> str:
    code = (
        f"from {_MIGRATE[when]} import PROJECT_ROOT as p; print(p, (p / 'alembic.ini').is_file())"
    )
    root, holds = _run([".venv/bin/python", "-c", code], server).split()
    name = Path(root).relative_to(server.parent)
    return f"{name}/ (holds alembic.ini: {holds})"


def _timed(what: str, command: Sequence[str], folder: Path = ROOT) -> None:
    started = time.perf_counter()
    _run(command, folder)
    click.echo(f"{what}: {time.perf_counter() - started:.1f} s")


def _run(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise ToolError(f"{command[0]} is not installed, or not on PATH") from error
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise ToolError(f"{' '.join(command)} ended with exit {done.returncode}:\n{said}")
    return done.stdout


if __name__ == "__main__":
    main()
