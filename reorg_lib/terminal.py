"""What the command line puts on a terminal, and how.

Owns plain lines, tables and progress. Whatever comes from a repository is escaped before it is
printed, so that a file name can never steer the terminal. Must not know what is being told.
Loads rich only when there is a table or a bar to draw.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import click

_MOST = 500
"""Rows of a table that are shown: who reads more of them on a terminal?"""


def show_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None
) -> None:
    """Print a table, its first rows where it is very long.

    A column whose name starts with ">" holds numbers.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="", box=box.SIMPLE_HEAD)
    for column in columns:
        justify: Literal["left", "right"] = "right" if column.startswith(">") else "left"
        table.add_column(column.lstrip(">"), justify=justify, overflow="fold")
    every = list(rows)
    for cells in every[:_MOST]:
        table.add_row(*(Text(_printable(cell)) for cell in cells))
    # Into a pipe or a file, lines are as long as they are; only a terminal has an edge to wrap at.
    Console(width=None if sys.stdout.isatty() else 1000).print(table)
    if len(every) > _MOST:
        say(f"  ... and {len(every) - _MOST} rows more")


def say(text: str, *, err: bool = False) -> None:
    click.echo(_printable(text), err=err)


def _printable(text: str) -> str:
    """Escape what a file name could do to a terminal: control characters, broken encodings."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Yield a function that names the next of `steps` steps, shown where somebody watches.

    A step that took a second or more stays as a line with its time; the bar shows the whole time.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=steps, completed=-1)
        running, began = "", time.monotonic()

        def step(words: str) -> None:
            nonlocal running, began
            seconds = time.monotonic() - began
            if seconds >= 1 and running:
                line = f"{_printable(running)}: {seconds:.1f} s"
                bar.console.print(line, markup=False, highlight=False)
            running, began = words, time.monotonic()
            bar.update(task, advance=1, description=words)

        yield step
        step("")
