"""The full workflow on the example, without a click.

It makes the example a git repository, runs the steps of the demo in order, and compares the
example's tests before and after. For everything else it calls the library as a user would: the
notebooks are executed, the script is run with bash.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from reorg_lib.errors import ReorgError
from reorg_lib.git import isolated_environment, open_repository
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.proof.tools.test_outcomes import (
    TestOutcomes,
    differences,
    read_test_outcomes,
    summary,
)
from reorg_lib.views.notebook.execute import run_notebooks

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "archive"
PLAN = ROOT / "examples" / "plan.toml"
NOTEBOOKS = ROOT / "notebooks"

RESULTS = {
    "reorganize.sh": "the moves and rewrites, for the maintainer to read and run",
    "certificate.md": "what the rehearsal proved, point by point",
    "certificate.json": "the same for machines",
    "pull-request.md": "the text of the pull request, for the plan at hand",
    "plan.md": "every step with its decision and reason",
    "hazards.json": "what a mechanical move would break, and how it was settled",
    "modules.csv": "every module with what was found out about it",
    "review.html": "all of that on one page that needs no notebook",
    "before.svg": "the import graph as it is",
    "after.svg": "the import graph as it will be",
    "01_survey.ipynb": "what is there, as it ran",
    "02_review.ipynb": "the decisions, as they ran",
    "03_export.ipynb": "the hand-over, as it ran",
}

# Everything that a commit's id depends on is fixed, so that the id is the same everywhere.
_COMMIT = {
    "GIT_AUTHOR_NAME": "Archive Team",
    "GIT_AUTHOR_EMAIL": "archive@example.org",
    "GIT_AUTHOR_DATE": "2024-01-01T00:00:00+00:00",
    "GIT_COMMITTER_NAME": "Archive Team",
    "GIT_COMMITTER_EMAIL": "archive@example.org",
    "GIT_COMMITTER_DATE": "2024-01-01T00:00:00+00:00",
    "GIT_DEFAULT_HASH": "sha1",
}
_LEFTOVERS = shutil.ignore_patterns(
    "__pycache__", "*.pyc", ".*_cache", "*.egg-info", "*.db", ".venv", ".git", ".DS_Store"
)


class DemoError(ReorgError):
    """The result of the demo is not the expected one."""


@dataclass(frozen=True, slots=True)
class Example:
    """The example as a repository of its own, and the decided plan for it."""

    repository: Path
    plan: Path


@click.command()
@click.option("--work", default=ROOT / ".work" / "demo", type=click.Path(path_type=Path))
@click.option("--out", default=ROOT / "outputs", type=click.Path(path_type=Path))
@click.option("--prepare", is_flag=True, help="Only make the example's repository and plan.")
def main(work: Path, out: Path, prepare: bool) -> None:
    """Survey, review and export the example, apply the script to it, and run its tests."""
    console = Console(highlight=False)
    try:
        example = prepare_example(work.resolve())
        if not prepare:
            _demonstrate(console, example, out.resolve())
    except (ReorgError, OSError) as error:
        click.echo(f"demo: {error}", err=True)
        sys.exit(1)


def prepare_example(work: Path) -> Example:
    """Make the example a git repository below `work`, with its plan beside it; replace an old one.

    The commit has the same id on every machine: names, dates, modes and line ends are fixed.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    repository = work / EXAMPLE.name
    shutil.copytree(EXAMPLE, repository, symlinks=True, ignore=_LEFTOVERS)
    for path in repository.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    for arguments in (
        ("init", "--quiet", "--template="),
        ("symbolic-ref", "HEAD", "refs/heads/main"),
        ("config", "core.autocrlf", "false"),
        ("add", "--all"),
        ("commit", "--quiet", "--no-gpg-sign", "--message", "The archive as it grew"),
    ):
        subprocess.run(
            ["git", *arguments],
            cwd=repository,
            check=True,
            env={**isolated_environment(), **_COMMIT},
        )
    plan = load_plan(PLAN)
    scope = replace(plan.scope, commit=open_repository(repository).commit)
    shutil.copy(PLAN, work / PLAN.name)
    save_plan(work / PLAN.name, replace(plan, scope=scope))
    return Example(repository, work / PLAN.name)


def compare(before: TestOutcomes, after: TestOutcomes) -> None:
    """Compare the outcome of every single test before and after.

    The layout test that the script adds was not there before, and has to pass.

    Raises:
        DemoError: naming each test whose outcome differs, or that is missing on one side.
    """
    kept = {
        test: outcome
        for test, outcome in after.items()
        if test in before or outcome != "passed" or "test_layout_of_" not in test
    }
    if told := differences(before, kept):
        raise DemoError("\n  ".join(["the example's tests tell a difference:", *told]))


def _demonstrate(console: Console, example: Example, out: Path) -> None:
    started = time.monotonic()

    def act(words: str) -> None:
        console.print(f"[dim]{time.monotonic() - started:5.1f} s[/dim]  {words}", soft_wrap=True)

    act(f"the example is a repository of its own: {_short(example.repository)}")
    out.mkdir(parents=True, exist_ok=True)
    for name in RESULTS:
        (out / name).unlink(missing_ok=True)
    act("executing the notebooks on it, and beside them the example's own tests before")
    package = load_plan(example.plan).scope.package
    with ThreadPoolExecutor(1) as beside, _clock(console) as told:
        testing = beside.submit(
            _test_outcomes, example.repository, example.plan.parent / "before.xml"
        )
        run_notebooks(NOTEBOOKS, example.repository, package, example.plan, out, progress=told)
        told("the example's own tests before")
        before = testing.result()
    if missing := [name for name in RESULTS if not (out / name).is_file()]:
        raise DemoError(f"the notebooks ran, but {out} has no {', '.join(missing)}")
    for argument in ("--check", "--apply"):
        words = f"bash {_short(out / 'reorganize.sh')} {argument}"
        act(words)
        with _clock(console) as told:
            told(words)
            _run_script(out / "reorganize.sh", argument, example.repository)
    act("running the example's own tests after")
    with _clock(console) as told:
        told("the example's own tests after")
        after = _test_outcomes(example.repository, example.plan.parent / "after.xml")
    compare(before, after)
    act(f"{summary(before)} before, {summary(after)} after, the same for every single test")
    _tell(console, example, out)


@contextmanager
def _clock(console: Console) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows the current step; a terminal also shows its seconds."""
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    bars = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bars:
        task = bars.add_task("", total=None)

        def told(words: str) -> None:
            bars.reset(task, total=None, description=words)

        yield told


def _test_outcomes(repository: Path, report: Path) -> TestOutcomes:
    """Run the example's tests and return the outcome of each."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PYTHONPATH"))}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider"),
            *("-c", "pyproject.toml", "--rootdir", ".", f"--junitxml={report}"),
        ],
        cwd=repository,
        env={**inherited, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if not report.is_file():
        raise DemoError(f"pytest did not run in {repository}:\n{done.stdout}{done.stderr}")
    return read_test_outcomes(report)


def _run_script(script: Path, argument: str, repository: Path) -> None:
    done = subprocess.run(
        ["bash", str(script), argument],
        cwd=repository,
        env=isolated_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DemoError(f"{script.name} {argument} failed:\n{done.stdout}{done.stderr}")


def _tell(console: Console, example: Example, out: Path) -> None:
    console.print(f"\nIn [bold]{_short(out)}/[/bold]:\n")
    for name, purpose in RESULTS.items():
        console.print(f"  [bold]{name:17}[/bold] {purpose}", soft_wrap=True)
    console.print(
        f"\nThe script is applied, staged and not committed, in {_short(example.repository)}"
        "\n\nNext:"
        "\n  make lab                              decide anew on the example, in JupyterLab"
        "\n  make lab REPO=~/yours PACKAGE=a.b     the same on a repository of your own",
        soft_wrap=True,
    )


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


if __name__ == "__main__":
    main()
