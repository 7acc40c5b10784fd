"""What is measured on one input, as commands.

It defines which commands are compared, and which contestants are installed on this machine. In a
command, `{tree}` stands for a fresh checkout, `{out}` for an empty folder.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from benchmarks.inputs import Input

ROOT = Path(__file__).resolve().parent.parent


class Group(StrEnum):
    """The tables of one input."""

    ROOM = "what people wait for"
    ROAD = "what each step of ours costs"
    MOVES = "the same moves by each tool"
    GRAPH = "the import graph by each tool"


@dataclass(frozen=True, slots=True)
class Case:
    """One row. Reach rows and the result file name it by `key`, which is unique in an input.

    `cache` is "off", "warm" (filled by a run that is not counted), "surveyed" (filled by a survey),
    "empty" (a new folder for each run) or "" where no survey is made. A case is not run again when
    that would take all its runs over `budget` seconds; None means no such limit. `limit` is the
    seconds after which a run is stopped, None the limit of all cases. `moves` are those with which
    the tree is checked.
    """

    group: Group
    contestant: str
    key: str
    name: str
    command: tuple[str, ...]
    cache: str = ""
    budget: float | None = None
    limit: float | None = None
    moves: Path | None = None

    @property
    def changes_a_tree(self) -> bool:
        """True if each run needs a checkout of its own."""
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

EXPORT = "export-cold"
"""The case that leaves the script which is measured on its own."""

_REORG = (sys.executable, "-m", "reorg_lib")
_PROGRAM = (sys.executable, "-m")
_BUDGET = 90.0
_LIMIT = 300.0
"""Seconds: for all runs of a row that no reach asks for, and for one run of another tool."""


def absent_contestants() -> list[str]:
    """Return those that are not installed here."""
    return sorted(name for name, module in CONTESTANTS.items() if find_spec(module) is None)


def export_command(repository: str, plan: Path, out: str, *options: str) -> tuple[str, ...]:
    """Return the words of an export."""
    return (*_REORG, "export", repository, "--plan", str(plan), "--out", out, *options)


def cases_of(found: Input, exported: Path, rope_python: str) -> Iterator[Case]:
    """Yield the rows of an input; `exported` is the folder of its script.

    rope runs on `rope_python`, because it cannot read syntax that is newer than its own Python.
    """
    yield from _room(found)
    yield from _road(found, exported)
    yield from _moving(found, rope_python)
    yield from _graphs(found)


def _room(found: Input) -> Iterator[Case]:
    if found.name == "example":
        yield from _demos(found)
    if found.name == "reference" and find_spec("playwright"):
        for key, said in (
            ("decide", "a key on the board (approve, reject) → drawn, in JupyterLab"),
            ("retarget-drawn", "a target typed on the board → drawn, in JupyterLab"),
        ):
            module = (*_PROGRAM, "benchmarks.contestants.board", key)
            words = (*module, str(found.repository), str(found.plan), "{out}")
            yield Case(Group.ROOM, "reorg", key, said, words, "surveyed")


def _demos(found: Input) -> Iterator[Case]:
    demo = (*_PROGRAM, "scripts.demo", "--work", "{out}/work", "--out", "{out}/results")
    yield Case(Group.ROOM, "reorg", "demo", "make demo, .venv is there", demo, "warm")
    if (ROOT / ".git").exists():
        name = "make demo in a new clone: .venv (by pip, with its cache as it is) and demo"
        plain = "env -u PYTHONPATH -u MAKEFLAGS -u MAKELEVEL -u VENV make demo"
        typed = f'git clone --quiet "$1" "$2/clone" && cd "$2/clone" && {plain}'
        words = ("bash", "-c", typed, "-", str(ROOT), "{out}")
        yield Case(Group.ROOM, "reorg", "demo-first", name, words, "empty", budget=_BUDGET)
    for name in sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")):
        module = (*_PROGRAM, "benchmarks.contestants.notebook", name)
        places = (str(found.repository), found.package, str(found.plan), "{out}")
        for cache, said in (("empty", "first"), ("warm", "again")):
            key = f"notebook-{name[:2]}-{said}"
            yield Case(Group.ROOM, "reorg", key, f"{name}, {said}", (*module, *places), cache)


def _road(found: Input, exported: Path) -> Iterator[Case]:
    repository = str(found.repository)
    package = ("--package", found.package)
    budget = _BUDGET if found.large else None

    def row(key: str, name: str, *command: str, cache: str = "") -> Case:
        return Case(Group.ROAD, "reorg", key, name, command, cache)

    floor = (*_PROGRAM, "benchmarks.contestants.floor", repository)
    yield Case(Group.ROAD, "floor", "floor", "the floor: git once, every byte once", floor)
    name = "the floor, and every Python file parsed once by tree-sitter, on one core"
    yield Case(Group.ROAD, "floor", "floor-parsed", name, (*floor, "parse"))
    yield row("help", "reorg --help", *_REORG, "--help")
    for cache, said in (("off", "cold"), ("surveyed", "warm")):
        survey = (*_REORG, "survey", repository, *package)
        propose = (*_REORG, "propose", repository, *package, "--plan", "{out}/plan.toml")
        yield row(f"survey-{said}", f"survey, {said}", *survey, cache=cache)
        yield row(f"propose-{said}", f"survey and propose, {said}", *propose, cache=cache)
    for case in _exports(found):
        needed = case.key in (EXPORT, "export-pydeps-cold")
        yield case if needed else replace(case, budget=_BUDGET)
    pictures = ("benchmarks.contestants.pictures", repository, str(found.plan), "{out}")
    name = "of each export: drawing both pictures"
    yield replace(row("pictures", name, *_PROGRAM, *pictures, cache="surveyed"), budget=budget)
    for mode in ("check", "apply"):
        typed = ("bash", "-c", f'cd "$1" && bash "$2" --{mode}', "-", "{tree}")
        words = (*typed, str(exported / "reorganize.sh"))
        yield replace(row(f"script-{mode}", f"the script, --{mode}", *words), budget=budget)
    loop = (*_PROGRAM, "benchmarks.contestants.live_loop", repository, str(found.plan))
    name = "retarget → new after-graph and metrics, in Python"
    yield replace(row("retarget", name, *loop, cache="surveyed"), budget=budget)


def _exports(found: Input) -> Iterator[Case]:
    ways = [("", "no pydeps, no tests", ["--no-witness"]), ("pydeps-", "pydeps", [])]
    if found.tests:
        command = f"cd {shlex.quote(found.tests.folder)} && {shlex.join(found.tests.command())}"
        option = ["--test-command", command]
        ways += [("tests-", "tests", ["--no-witness", *option])]
        ways += [("pydeps-tests-", "pydeps and tests", option)]
    if found.large:  # pydeps alone takes minutes there, and has a row of its own
        ways = ways[:1]
    for way, said, options in ways:
        for cache, how in (("off", "cold"), ("warm", "warm")):
            if how == "warm" and (found.large or "tests" in way):
                continue
            words = export_command(str(found.repository), found.plan, "{out}", *options)
            name = f"export with the full proof, {said}, {how}"
            yield Case(Group.ROAD, "reorg", f"export-{way}{how}", name, words, cache)


def _moving(found: Input, rope_python: str) -> Iterator[Case]:
    export = export_command("{tree}", found.moves_plan, "{out}", "--no-witness")
    whole = f'{shlex.join(export)} && cd "$1" && bash "$2"/reorganize.sh --apply'
    # shlex quotes the braces of the placeholders, so they are passed as arguments instead
    whole = whole.replace("'{tree}'", '"$1"').replace("'{out}'", '"$2"')
    typed = ("bash", "-c", whole, "-", "{tree}", "{out}")
    name = "reorg: export with proof, then the script"
    budget = _BUDGET if found.large else None
    yield Case(Group.MOVES, "reorg", "moves", name, typed, "off", budget, moves=found.moves)
    few, some = found.moves, ""
    if found.few:
        few, some = found.few
    for tool, said, python, moves in (
        ("rope", f"rope: MoveModule and Rename, best order{some}", rope_python, few),
        ("pyrefly", "pyrefly: one willRenameFiles", sys.executable, found.moves),
        ("regex", "25 lines with one regular expression", sys.executable, found.moves),
    ):
        program = f"benchmarks.contestants.{tool}_moves"
        words = (python, "-m", program, "{tree}", str(moves))
        yield Case(Group.MOVES, tool, tool, said, words, "", budget, _LIMIT, moves)


def _graphs(found: Input) -> Iterator[Case]:
    for tool, said in (
        ("reorg", "reorg survey, cold (and all else that it says)"),
        ("ruff", "ruff analyze graph"),
        ("grimp", "grimp, without its cache"),
        ("pydeps", "pydeps"),
    ):
        root = str(found.repository / found.source_root)
        words = ("benchmarks.contestants.graphs", tool, root, found.top, "{out}/edges")
        cache = "off" if tool == "reorg" else ""
        command = (*_PROGRAM, *words)
        yield Case(Group.GRAPH, tool, f"graph-{tool}", said, command, cache, _BUDGET, _LIMIT)
