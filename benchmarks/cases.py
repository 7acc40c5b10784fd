"""What is measured on one input, as commands.

Owns which commands stand side by side, and which contestants are on this machine. Must not run
any. In a command, `{tree}` stands for a fresh checkout, `{out}` for an empty folder.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from benchmarks.inputs import Input


class Group(StrEnum):
    """The tables of one input."""

    ROAD = "what each step of ours costs"
    MOVES = "the same moves by each tool"
    GRAPH = "the import graph by each tool"


@dataclass(frozen=True, slots=True)
class Case:
    """One row. `cache` is "off", "warm" or "" where no survey is made."""

    group: Group
    contestant: str
    name: str
    command: tuple[str, ...]
    cache: str = ""

    @property
    def changes_a_tree(self) -> bool:
        """True when each run needs a checkout of its own."""
        return any("{tree}" in word for word in self.command)


CONTESTANTS = {
    "reorg": "reorg_lib",
    "rope": "rope",
    "pyrefly": "pyrefly",
    "regex": "re",
    "ruff": "ruff",
    "grimp": "grimp",
    "pydeps": "pydeps",
    "floor": "re",
}
"""Contestant → the module by which it is known to be installed."""

_REORG = (sys.executable, "-m", "reorg_lib")
_PROGRAM = (sys.executable, "-m")


def absent_contestants() -> list[str]:
    """Return those that are not installed here."""
    return sorted(name for name, module in CONTESTANTS.items() if find_spec(module) is None)


def export_command(repository: str, plan: Path, out: str, *options: str) -> tuple[str, ...]:
    """Return the words of an export."""
    return (*_REORG, "export", repository, "--plan", str(plan), "--out", out, *options)


def cases_of(found: Input, exported: Path, rope_python: str) -> Iterator[Case]:
    """Yield the rows of an input; `exported` is the folder in which its script lies.

    rope runs on `rope_python`, for it reads no syntax that is newer than the Python it runs on.
    """
    yield from _road(found, exported)
    yield from _moving(found, rope_python)
    for tool in ("reorg", "ruff", "grimp", "pydeps"):
        root = str(found.repository / found.source_root)
        words = ("benchmarks.contestants.graphs", tool, root, found.top, "{out}/edges")
        cache = "off" if tool == "reorg" else ""
        yield Case(Group.GRAPH, tool, _GRAPH_NAMES[tool], (*_PROGRAM, *words), cache)


_GRAPH_NAMES = {
    "reorg": "reorg survey, cold (and all else that it says)",
    "ruff": "ruff analyze graph",
    "grimp": "grimp, without its cache",
    "pydeps": "pydeps",
}


def _road(found: Input, exported: Path) -> Iterator[Case]:
    repository = str(found.repository)
    package = ("--package", found.package)

    def row(name: str, *command: str, cache: str = "") -> Case:
        return Case(Group.ROAD, "reorg", name, command, cache)

    floor = (*_PROGRAM, "benchmarks.contestants.floor", repository)
    yield Case(Group.ROAD, "floor", "the floor: git once, every byte once", floor)
    yield row("reorg --help", *_REORG, "--help")
    for cache, said in (("off", "cold"), ("warm", "warm")):
        survey = (*_REORG, "survey", repository, *package)
        propose = (*_REORG, "propose", repository, *package, "--plan", "{out}/plan.toml")
        yield row(f"survey, {said}", *survey, cache=cache)
        yield row(f"survey and propose, {said}", *propose, cache=cache)
    exporting = [("no pydeps, no tests", ["--no-witness"]), ("pydeps", [])]
    if found.tests:
        tests = found.tests
        command = f"cd {shlex.quote(tests.folder)} && {shlex.join(tests.command())}"
        option = ["--test-command", command]
        exporting += [("tests", ["--no-witness", *option]), ("pydeps and tests", option)]
    for said, options in exporting:
        command_words = export_command(repository, found.plan, "{out}", *options)
        yield row(f"export with the full proof, {said}, cold", *command_words, cache="off")
    words = export_command(repository, found.plan, "{out}", "--no-witness")
    yield row("export with the full proof, no pydeps, no tests, warm", *words, cache="warm")
    pictures = ("benchmarks.contestants.pictures", repository, str(found.plan), "{out}")
    yield row("of each export: drawing both pictures", *_PROGRAM, *pictures, cache="warm")
    for mode in ("--check", "--apply"):
        typed = ("bash", "-c", f'cd "$1" && bash "$2" {mode}', "-", "{tree}")
        yield row(f"the script, {mode}", *typed, str(exported / "reorganize.sh"))
    loop = (*_PROGRAM, "benchmarks.contestants.live_loop", repository, str(found.plan))
    yield row("retarget → new after-graph and metrics, in Python", *loop, cache="warm")


def _moving(found: Input, rope_python: str) -> Iterator[Case]:
    export = export_command("{tree}", found.moves_plan, "{out}", "--no-witness")
    whole = f'{shlex.join(export)} && cd "$1" && bash "$2"/reorganize.sh --apply'
    # shlex quotes the braces of the places, so they are handed on as arguments instead
    whole = whole.replace("'{tree}'", '"$1"').replace("'{out}'", '"$2"')
    typed = ("bash", "-c", whole, "-", "{tree}", "{out}")
    name = "reorg: export with proof, then the script"
    yield Case(Group.MOVES, "reorg", name, typed, "off")
    for tool, said, python in (
        ("rope", "rope: MoveModule and Rename, best order", rope_python),
        ("pyrefly", "pyrefly: one willRenameFiles", sys.executable),
        ("regex", "25 lines with one regular expression", sys.executable),
    ):
        program = f"benchmarks.contestants.{tool}_moves"
        words = (python, "-m", program, "{tree}", str(found.moves))
        yield Case(Group.MOVES, tool, said, words)
