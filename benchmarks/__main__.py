"""One command for all of it: `make bench`, or `python -m benchmarks --only example --runs 1`."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path

import click

from benchmarks.cases import CONTESTANTS, absent_contestants
from benchmarks.inputs import INPUTS, Input, Missing, find_inputs
from benchmarks.report import input_tables, put_section
from benchmarks.runner import ROOT, Rounds, measure_input
from benchmarks.scaling import scaling_table
from benchmarks.spent import spent_table
from reorg_lib.errors import ReorgError

DOCUMENT = ROOT / "docs" / "benchmarks.md"
_TOOLS = ("grimp", "libcst", "pydeps", "pyrefly", "rope", "ruff")


@click.command()
@click.option("--runs", default=5, show_default=True, help="Runs of each; their median counts.")
@click.option("--only", multiple=True, type=click.Choice([*INPUTS]), help="This input alone.")
@click.option(
    "--contestant",
    multiple=True,
    type=click.Choice([*CONTESTANTS]),
    help="These alone; the tables are then shown and not written.",
)
@click.option("--limit", default=900.0, show_default=True, help="Seconds for one run at most.")
@click.option("--scaling", is_flag=True, help="Instead: how the cost grows with moves and files.")
@click.option("--work", default=ROOT / ".work" / "bench" / "run", type=click.Path(path_type=Path))
def main(
    runs: int,
    only: tuple[str, ...],
    contestant: tuple[str, ...],
    limit: float,
    scaling: bool,
    work: Path,
) -> None:
    """Measure what there is side by side and write the tables to docs/benchmarks.md.

    Inputs: the example; the reference project, in .work/real or REFERENCE=path (with
    REFERENCE_PYTHON its tests are run too); Home Assistant, in .work/bench or HOME_ASSISTANT=path.
    What is not there is named and left out. ROPE_PYTHON=path is the Python that rope runs on.
    """
    rounds = Rounds(runs, limit, work.resolve(), lambda words: click.echo(words, err=True))
    try:
        if scaling:
            _give("scaling", f"{_about(runs)}\n\n{scaling_table(rounds)}", write=True)
            return
        absent = absent_contestants()
        taking_part = [name for name in contestant or CONTESTANTS if name not in absent]
        for found in find_inputs(rounds.work, ROOT, os.environ, only):
            if isinstance(found, Missing):
                click.echo(f"left out: {found.name}: {found.why}", err=True)
                continue
            about = _about(runs)
            tables = input_tables(measure_input(found, rounds, taking_part))
            parts = [about, *_left_out(found, absent, taking_part), tables]
            if not contestant:
                parts.append(spent_table(found, rounds.work / found.name, ROOT, os.environ))
            text = "\n\n".join(parts)
            _give(found.name, text, write=not contestant)
    except ReorgError as error:
        click.echo(f"bench: {error}", err=True)
        sys.exit(1)


def _left_out(found: Input, absent: list[str], taking_part: list[str]) -> list[str]:
    said = [f"not installed, so left out: {', '.join(absent)}"] if absent else []
    if found.tests is None and taking_part:
        said.append("its own tests were not run")
    for words in said:
        click.echo(f"{found.name}: {words}", err=True)
    return [f"{words[0].upper()}{words[1:]}." for words in said]


def _about(runs: int) -> str:
    """Say on what it was measured, in one paragraph, with the load as it is at the start."""
    versions = []
    for tool in _TOOLS:
        try:
            versions.append(f"{tool} {metadata.version(tool)}")
        except metadata.PackageNotFoundError:
            continue
    medians = f"Medians of {runs} runs" if runs > 1 else "One run"
    return (
        f"{medians}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start,"
        f" {platform.system()}, Python {platform.python_version()}; {', '.join(versions)}."
    )


def _give(name: str, text: str, write: bool) -> None:
    click.echo(text)
    if write:
        put_section(DOCUMENT, name, text)
        click.echo(f"{DOCUMENT.relative_to(ROOT)}: section {name} is written", err=True)


if __name__ == "__main__":
    main()
