"""The full workflow on a real project, with the same checks before and after.

These are the steps of docs/real-project.md: clone, environment, checks, export, script, checks
again, comparison. The project's code is fetched into a work folder and never becomes part of this
repository. It needs the network (or `--repo` with a local clone), Python 3.13 and uv; with
PostgreSQL it checks more.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from reorg_lib.errors import ReorgError, ToolError
from reorg_lib.proof.tools.test_outcomes import differences, summary
from scripts.postgres import find_postgres, running_postgres
from scripts.reference_server import Observed, ReferenceServer, observe

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "docs" / "real-project" / "plan.toml"
ADDRESS = "https://github.com/opensciencearchive/server"
COMMIT = "c4cd5b6faa09c22b186f1b0e4d7631c3e4d95ce8"


@click.command()
@click.option("--repo", default=ADDRESS, show_default=True)
@click.option("--work", default=ROOT / ".work" / "real", type=click.Path(path_type=Path))
@click.option("--out", default=ROOT / ".work" / "real-outputs", type=click.Path(path_type=Path))
@click.option("--tests/--no-tests", default=True, help="Ask the project itself as well.")
def main(repo: str, work: Path, out: Path, tests: bool) -> None:
    """Export the plan for the reference project, run the script on it, and compare the results."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
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
    out.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        ask = stack.enter_context(_questions(work / "server", out)) if tests else None
        before = ask("before", "persistence.tables", "persistence.migrate") if ask else None
        reorg = [sys.executable, "-m", "reorg_lib"]
        _timed("survey", [*reorg, "survey", str(work), "--json", str(out / "survey.json")])
        _timed("export", [*reorg, "export", str(work), "--plan", str(PLAN), "--out", str(out)])
        for mode in ("--check", "--apply"):
            _timed(f"script {mode}", ["bash", str(out / "reorganize.sh"), mode], work)
        click.echo(_run(["git", "diff", "--cached", "--shortstat", "-M"], work).strip())
        if ask and before:
            _compare(before, ask("after", "postgres.tables", "postgres.setup.migrate"))
    _timed("script --undo", ["bash", str(out / "reorganize.sh"), "--undo"], work)
    if dirt := _run(["git", "status", "--porcelain", "--untracked-files=no"], work):
        raise ToolError(f"--undo left changes behind:\n{dirt}")
    click.echo("git status after --undo: clean")


@contextlib.contextmanager
def _questions(server: Path, out: Path) -> Iterator[Callable[[str, str, str], Observed]]:
    """Make the project's environment, and a database if that is possible."""
    _run(["uv", "sync", "--quiet", "--frozen", "--all-extras"], server)
    programs = find_postgres()
    if programs is None:
        click.echo(
            "left out, for PostgreSQL is not on this machine (initdb): integration tests,"
            " alembic check, the server's start"
        )
    with running_postgres(programs) if programs else contextlib.nullcontext() as postgres:

        def ask(when: str, tables: str, migrate: str) -> Observed:
            places = (f"osa.infrastructure.{tables}", f"osa.infrastructure.{migrate}")
            seen = observe(ReferenceServer(server, *places), out, when, postgres)
            _show(when, seen)
            return seen

        yield ask


def _show(when: str, seen: Observed) -> None:
    click.echo(f"unit and contract tests {when}: {summary(seen.unit)}")
    if seen.integration:
        click.echo(f"integration tests {when}: {summary(seen.integration)}")
    tables = sum(statement.startswith("CREATE TABLE") for statement in seen.schema)
    others = len(seen.schema) - tables
    click.echo(f"tables {when}: {tables}, with {others} indexes")
    for asked, said in seen.facts.items():
        short = said if len(said) <= 240 else f"{len(said)} characters"
        click.echo(f"{asked} {when}: {short}")


def _compare(before: Observed, after: Observed) -> None:
    """Report that both sides are the same, or the differences."""
    changed = [*differences(before.unit, after.unit)]
    changed += differences(before.integration, after.integration)
    changed += differences(before.facts, after.facts)
    changed += [f"only before: {one}" for one in before.schema if one not in after.schema]
    changed += [f"only after: {one}" for one in after.schema if one not in before.schema]
    if changed:
        raise ToolError("\n  ".join(["before and after are not the same:", *changed]))
    count = len(after.unit) + len(after.integration)
    click.echo(
        f"the same before and after: the outcome of each of {count} tests, each of"
        f" {len(after.schema)} DDL statements, {', '.join(after.facts)}"
    )


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
