"""What the command line prints on a terminal: lines, tables and progress.

Text from a repository is escaped before it is printed, so that a file name cannot control the
terminal. rich is loaded only when there is a table or a progress bar to draw.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import click

_MOST = 500
"""The rows of a table that are shown; the rest is counted."""


def show_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None
) -> None:
    """Print a table; of a very long one, the first rows.

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
    # Lines are wrapped on a terminal only, not in a pipe or a file.
    Console(width=None if sys.stdout.isatty() else 1000).print(table)
    if len(every) > _MOST:
        say(f"  ... and {len(every) - _MOST} rows more")


def say(text: str, *, err: bool = False) -> None:
    click.echo(_printable(text), err=err)


def _printable(text: str) -> str:
    """Escape what could control a terminal: control characters, invalid encodings."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Yield a function that announces the next of `steps` steps; it shows them on a terminal only.

    A step that took a second or more leaves a line with its time; the bar shows the total time.
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
