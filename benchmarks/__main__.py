"""One command for all of it: `make bench`, or `python -m benchmarks --only example --runs 1`."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import click

from benchmarks.cases import CONTESTANTS, ROOT, absent_contestants
from benchmarks.inputs import INPUTS, Input, Missing, find_inputs
from benchmarks.reach import load_targets, reach_table
from benchmarks.report import put_section, section_text
from benchmarks.results import Section, load_results, save_results
from benchmarks.runner import Rounds, measure_input
from benchmarks.scaling import measure_growth
from benchmarks.spent import profiled_export
from reorg_lib.errors import ReorgError

DOCUMENT = ROOT / "docs" / "benchmarks.md"
RESULTS = ROOT / "docs" / "benchmarks.jsonl"
SCALING = "scaling"
_TOOLS = ("grimp", "libcst", "pydeps", "pyrefly", "rope", "ruff")


@click.command()
@click.option("--runs", default=5, show_default=True, help="Runs of each; their median counts.")
@click.option("--only", multiple=True, type=click.Choice([*INPUTS]), help="This input alone.")
@click.option(
    "--contestant",
    multiple=True,
    type=click.Choice([*CONTESTANTS]),
    help="These alone; the tables are then shown and not kept.",
)
@click.option("--limit", default=900.0, show_default=True, help="Seconds for one run at most.")
@click.option("--scaling", is_flag=True, help="Instead: how the cost grows with moves and files.")
@click.option("--write", is_flag=True, help="Measure nothing: write the tables from the results.")
@click.option("--fetch/--no-fetch", default=True, help="Fetch inputs that are not there.")
@click.option("--results", default=RESULTS, type=click.Path(path_type=Path))
@click.option("--document", default=DOCUMENT, type=click.Path(path_type=Path))
@click.option("--work", default=ROOT / ".work" / "bench" / "run", type=click.Path(path_type=Path))
def main(
    runs: int,
    only: tuple[str, ...],
    contestant: tuple[str, ...],
    limit: float,
    scaling: bool,
    write: bool,
    fetch: bool,
    results: Path,
    document: Path,
    work: Path,
) -> None:
    """Measure what there is side by side; results go to docs/benchmarks.jsonl, tables to .md.

    Inputs: the example; the reference project, in .work/real or REFERENCE=path (with
    REFERENCE_PYTHON its tests are run too); Home Assistant, in .work/bench or HOME_ASSISTANT=path.
    Missing inputs are fetched, or else listed and left out. ROPE_PYTHON=path is the Python that
    rope runs on.
    """
    rounds = Rounds(runs, limit, work.resolve(), lambda words: click.echo(words, err=True))

    def keep(name: str, section: Section) -> None:
        click.echo(section_text(section))
        if not contestant:
            save_results(results, {**load_results(results), name: section})
            write_document(document, results)

    try:
        if scaling:
            about = About(runs)
            growth = measure_growth(rounds)
            keep(SCALING, Section(about.told(), growth=growth))
        elif not write:
            for found in find_inputs(rounds.work, ROOT, os.environ, only, fetch):
                if isinstance(found, Missing):
                    click.echo(f"left out: {found.name}: {found.why}", err=True)
                else:
                    keep(found.name, _measured(found, rounds, contestant))
        else:
            write_document(document, results)
    except ReorgError as error:
        click.echo(f"bench: {error}", err=True)
        sys.exit(1)


def write_document(document: Path, results: Path) -> None:
    """Write every measured section, and the table of the targets, into the document."""
    sections = load_results(results)
    for name, section in sections.items():
        put_section(document, name, section_text(section))
    put_section(document, "reach", reach_table(load_targets(), sections))


def _measured(found: Input, rounds: Rounds, contestants: tuple[str, ...]) -> Section:
    absent = absent_contestants()
    taking_part = [name for name in contestants or CONTESTANTS if name not in absent]
    about = About(rounds.runs)
    rows = measure_input(found, rounds, taking_part)
    remarks = [f"Not installed, so left out: {', '.join(absent)}."] if absent else []
    if found.tests is None:
        remarks.append("Its own tests were not run.")
    spent: tuple[tuple[str, float], ...] = ()
    if not contestants and not found.large:
        spent = profiled_export(found, rounds.work / found.name, ROOT, os.environ)
    return Section(about.told(), tuple(remarks), tuple(rows), spent=spent)


class About:
    """The environment of the measurement, from the start of a section to its end."""

    def __init__(self, runs: int) -> None:
        self._runs = runs
        self._began = time.monotonic()
        self._load = os.getloadavg()[0]

    def told(self) -> str:
        """Return it as one paragraph, without a name of the machine or a path."""
        versions = []
        for tool in _TOOLS:
            try:
                versions.append(f"{tool} {metadata.version(tool)}")
            except metadata.PackageNotFoundError:
                continue
        medians = f"Medians of {self._runs} runs" if self._runs > 1 else "One run"
        minutes = (time.monotonic() - self._began) / 60
        return (
            f"{medians}, {_commit()}{os.cpu_count()} cores, load {self._load:.1f} at the start"
            f" and {os.getloadavg()[0]:.1f} at the end, {minutes:.0f} minutes in all,"
            f" {platform.system()}, Python {platform.python_version()}; {', '.join(versions)}."
        )


def _commit() -> str:
    """Return which commit of this project was measured, if there is one."""
    code = ("benchmarks", "notebooks", "reorg_lib", "scripts")
    asked = (("rev-parse", "--short=12", "HEAD"), ("status", "--porcelain", "--", *code))
    said = [
        subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        for words in asked
    ]
    if any(done.returncode for done in said):
        return ""
    changed = ", with changes" if said[1].stdout.strip() else ""
    return f"commit {said[0].stdout.strip()}{changed}, "


if __name__ == "__main__":
    main()
