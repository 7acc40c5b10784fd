"""Random plans over real packages: what is drawn from a seed, carried out, and looked at.

Owns the packages (as installed, with their data files), the drawing of a plan from a number, and
the comparison of a package before and after: every module that could be imported still can, holds
the same kinds of things, and a small program that uses the package for real prints the same. The
program stands in the repository as `smoke.py`, so it is rewritten like any other user.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from importlib import metadata
from itertools import islice
from pathlib import Path, PurePosixPath

from reorg_lib.errors import HazardError, PlanError, ProofError, ReorgError
from reorg_lib.git import open_repository
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import (
    ChangeSet,
    Decision,
    Hazard,
    HazardSettlement,
    Move,
    Plan,
    Scope,
    Settlement,
    Severity,
    Survey,
)
from reorg_lib.plan.validation import validate
from reorg_lib.proof.points import prove
from reorg_lib.proof.rehearsal import Rehearsal, rehearse
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.script.render import render_script
from reorg_lib.survey import take_survey
from tests.functional.smoke_runs import SMOKE_RUNS

MOST_MOVES = 15
_NEW_CYCLE = 5  # the point that may fail rightly: nobody looks at cycles when drawing at random
_SHOWN = 40
_WORDS = ("core", "parts", "engine", "inner", "alpha", "beta", "types", "model", "_private", "io_")

# Imports each module in a process of its own and tells what it holds: an `except ImportError`
# that falls back shows as a name of another kind.
_LOOK = """
import importlib, json, os, sys, types, warnings
warnings.simplefilter("ignore")
tree, top, names, alone = sys.argv[1], sys.argv[2], json.load(sys.stdin), sys.argv[3] == "alone"
def look(name):
    try:
        module = importlib.import_module(name)
    except BaseException as error:
        return "raises " + type(error).__name__
    held = {k: repr(v) if isinstance(v, bool) else type(v).__name__
            for k, v in vars(module).items()
            if not k.startswith("__") and not isinstance(v, types.ModuleType)}
    strangers = [n for n, m in sys.modules.items() if (n + ".").startswith(top + ".")
                 and getattr(m, "__file__", None) and not m.__file__.startswith(tree)]
    return held if not strangers else "not the copy: " + ", ".join(strangers)
def apart(name):
    end, start = os.pipe()
    if (child := os.fork()) == 0:
        sys.stdout = sys.stderr = open(os.devnull, "w")
        with os.fdopen(start, "w") as out:
            json.dump(look(name), out)
        os._exit(0)
    os.close(start)
    with os.fdopen(end) as got:
        text = got.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else "ends the process"
answers = {name: (apart if alone else look)(name) for name in names}
sys.__stdout__.write("\\n" + json.dumps(answers))
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one seed ended: `carried out`, `refused`, or `failed`, and the story.

    `refusals` are the classes of the errors by which the plan, or more of it, was refused.
    """

    kind: str
    story: str
    moves: int = 0
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What a tree does when it is used: module → what it holds, and what the program prints."""

    modules: Mapping[str, object]
    printed: str


class Subject:
    """A real package in a repository of its own, and what it does before anything moves."""

    def __init__(self, package: str, folder: Path, *, alone: bool = False) -> None:
        self.package = package
        self.root = folder / "repository"
        self._cache = folder / "bytecode"
        self._alone = alone
        _copy_installed(package, self.root)
        self.repository = open_repository(self.root)
        self.survey = take_survey(self.repository, package)
        self.contents = self.repository.contents_by_path(self.survey.files)
        names = [m.name for m in self.survey.modules if m.blob and m.name != "smoke"]
        names = [name for name in names if not name.endswith("__main__")]
        self.before = self.look(self.root, names)
        printed = self.before.printed
        assert printed and not printed.startswith("exit"), f"smoke run of {package}: {printed}"
        assert any(isinstance(held, dict) for held in self.before.modules.values())

    def plan(self, groups: Sequence[tuple[Move, ...]]) -> Plan:
        """Return the plan of these moves and no settled hazards."""
        survey = self.survey
        scope = Scope(survey.package, survey.source_root, survey.commit)
        return Plan(scope, tuple(move for group in groups for move in group))

    def look(self, tree: Path, names: Sequence[str]) -> State:
        """Import the modules of a tree and run its program, each in a fresh interpreter."""
        mode = "alone" if self._alone else "together"
        answer = self._python(tree, ["-c", _LOOK, str(tree), self.package, mode], json.dumps(names))
        printed = self._python(tree, [str(tree / "smoke.py")])
        return State(json.loads(answer.rpartition("\n")[2]), printed)

    def _python(self, tree: Path, arguments: Sequence[str], stdin: str = "") -> str:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(tree), *_extra_path()]),
            "PYTHONPYCACHEPREFIX": str(self._cache),
            "PYTHONHASHSEED": "0",
            "PYTHONWARNINGS": "ignore",
            "NO_COLOR": "1",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tree,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        said = done.stderr.replace(str(tree), "…").strip()
        return done.stdout if done.returncode == 0 else f"exit {done.returncode}: {said}"


def installed(package: str) -> bool:
    """Tell whether the package is there to be copied."""
    try:
        metadata.distribution(SMOKE_RUNS[package].distribution)
    except metadata.PackageNotFoundError:
        return False
    return True


def try_plan(subject: Subject, seed: int) -> Outcome:
    """Draw the plan of `seed`, carry it out as an export does, and compare before and after.

    What is refused is tried again without one of its groups of moves, until nothing is left.
    """
    groups = draw_plan(subject, seed)
    chance = random.Random(seed)
    refusals: list[str] = []
    stories: list[str] = []
    while groups:
        try:
            return replace(_carry_out(subject, groups), refusals=tuple(refusals))
        except ReorgError as error:
            refusals.append(type(error).__name__)
            stories.append(str(error))
            left_out = chance.randrange(len(groups))
            groups = groups[:left_out] + groups[left_out + 1 :]
    return Outcome("refused", "\n".join(stories), refusals=tuple(refusals))


def _carry_out(subject: Subject, groups: Sequence[tuple[Move, ...]]) -> Outcome:
    plan = settle(subject, groups)
    story = "\n".join(f"  {m.source} -> {m.target}" for m in plan.moves)
    changeset = build_changeset(subject.repository, subject.survey, plan)
    script = render_script(changeset)
    rehearsal = rehearse(subject.repository, script)
    unproved = [point for point in prove(changeset, rehearsal, plan) if not point.holds]
    if [point.number for point in unproved] == [_NEW_CYCLE]:
        raise ProofError(unproved[0].failures[0], (unproved[0].title,))
    problems = [f"proof, point {p.number}: {f}" for p in unproved for f in p.failures[:3]]
    problems += _differences(subject, changeset, rehearsal)
    if problems:
        return Outcome("failed", "\n".join([*problems, story]), len(plan.moves))
    return Outcome("carried out", story, len(plan.moves))


def draw_plan(subject: Subject, seed: int) -> tuple[tuple[Move, ...], ...]:
    """Return groups of moves; those of one group (a swap, a chain, a package) belong together.

    A group that contradicts those before it (a module and a package of one name) is drawn anew.
    """
    chance = random.Random(f"{subject.package} {seed}")
    wanted = chance.randint(1, MOST_MOVES)
    draft = _Draft(subject.survey, chance)
    groups: list[tuple[Move, ...]] = []
    for _ in range(4 * wanted):
        room = wanted - sum(map(len, groups))
        if room <= 0:
            break
        group = chance.choice(_KINDS)(draft)
        if not group or (len(group) > room and groups):
            continue
        try:
            validate(subject.plan([*groups, group]), subject.survey)
        except PlanError:
            continue
        groups.append(draft.take(group))
    return tuple(groups)


def settle(subject: Subject, groups: Sequence[tuple[Move, ...]]) -> Plan:
    """Return the plan with its hazards settled; groups with one that has no fix are left out.

    Raises:
        HazardError: no group is without one.
    """
    kept = tuple(groups)
    while kept:
        plan = subject.plan(kept)
        hazards = find_hazards(subject.survey, plan, subject.contents)
        stuck = [h for h in hazards if h.severity is Severity.BLOCK and h.fix is None]
        if not stuck:
            fixes = tuple(
                HazardSettlement(h.id, Settlement.FIX) for h in hazards if h.fix is not None
            )
            return replace(plan, hazards=fixes)
        kept = _without_cause(kept, stuck[0], subject)
    raise HazardError("every group of moves has a hazard without a fix", ())


def _without_cause(
    groups: tuple[tuple[Move, ...], ...], hazard: Hazard, subject: Subject
) -> tuple[tuple[Move, ...], ...]:
    """Leave out the group that moves the hazard's file or whose absence settles it, or the last."""
    for index, group in enumerate(groups):
        if any(move.source == hazard.path for move in group):
            return groups[:index] + groups[index + 1 :]
    for index in range(len(groups)):
        others = groups[:index] + groups[index + 1 :]
        left = find_hazards(subject.survey, subject.plan(others), subject.contents)
        if (hazard.path, hazard.kind) not in {(h.path, h.kind) for h in left}:
            return others
    return groups[:-1]


# ----------------------------------------------------------------------------------- the drawing


class _Draft:
    """Which files may still be moved, and which paths are still free."""

    def __init__(self, survey: Survey, chance: random.Random) -> None:
        self.chance = chance
        self.top = survey.package
        self.files = {file.path for file in survey.files}
        movable = (m.path for m in survey.package_modules() if m.blob and m.name != self.top)
        self.free = sorted(p for p in movable if not p.endswith("/__main__.py"))
        self.folders = sorted({str(PurePosixPath(p).parent) for p in self.free} | {self.top})
        self.used: set[str] = set(self.files)

    def take(self, group: tuple[Move, ...]) -> tuple[Move, ...]:
        sources = {move.source for move in group}
        self.free = [path for path in self.free if path not in sources]
        self.used |= {move.target for move in group}
        return group

    def module(self) -> str | None:
        modules = [path for path in self.free if not path.endswith("/__init__.py")]
        return self.chance.choice(modules) if modules else None

    def new_folder(self) -> str:
        folder = f"{self.chance.choice(self.folders)}/{self.word()}"
        return f"{folder}/{self.word()}" if self.chance.random() < 0.3 else folder

    def word(self) -> str:
        word = self.chance.choice(_WORDS)
        return word if self.chance.random() < 0.5 else f"{word}{self.chance.randrange(9)}"

    def moves(self, *pairs: tuple[str, str]) -> tuple[Move, ...]:
        return tuple(Move(old, new, Decision.APPROVED, "drawn") for old, new in pairs if old != new)


def _into_a_new_package(draft: _Draft) -> tuple[Move, ...]:
    path, folder = draft.module(), draft.new_folder()
    if path is None:
        return ()
    second = draft.module()
    pairs = {path: f"{folder}/{_leaf(path)}"}
    if second is not None and draft.chance.random() < 0.5 and _leaf(second) != _leaf(path):
        pairs[second] = f"{folder}/{_leaf(second)}"
    return draft.moves(*pairs.items())


def _into_a_package_that_is_there(draft: _Draft) -> tuple[Move, ...]:
    path = draft.module()
    target = f"{draft.chance.choice(draft.folders)}/{_leaf(path or '')}"
    return draft.moves((path, target)) if path and target not in draft.used else ()


def _rename(draft: _Draft) -> tuple[Move, ...]:
    path = draft.module()
    target = f"{PurePosixPath(path or '').parent}/{draft.word()}.py"
    return draft.moves((path, target)) if path and target not in draft.used else ()


def _swap(draft: _Draft) -> tuple[Move, ...]:
    a, b = draft.module(), draft.module()
    return draft.moves((a, b), (b, a)) if a and b and a != b else ()


def _chain(draft: _Draft) -> tuple[Move, ...]:
    a, b = draft.module(), draft.module()
    target = f"{draft.new_folder()}/{_leaf(a or '')}"
    return draft.moves((a, b), (b, target)) if a and b and a != b else ()


def _module_to_package(draft: _Draft) -> tuple[Move, ...]:
    path = draft.module()
    if path is None:
        return ()
    folder = path.removesuffix(".py") if draft.chance.random() < 0.6 else draft.new_folder()
    return draft.moves((path, f"{folder}/__init__.py"))


def _package_to_module(draft: _Draft) -> tuple[Move, ...]:
    inits = [path for path in draft.free if path.endswith("/__init__.py")]
    if not inits:
        return ()
    path = draft.chance.choice(inits)
    return draft.moves((path, f"{PurePosixPath(path).parent.parent}/{draft.word()}.py"))


def _whole_package(draft: _Draft) -> tuple[Move, ...]:
    inits = [path for path in draft.free if path.endswith("/__init__.py")]
    if not inits:
        return ()
    folder = str(PurePosixPath(draft.chance.choice(inits)).parent)
    target = draft.new_folder()
    below = sorted(path for path in draft.files if path.startswith(folder + "/"))
    python = [path for path in below if path.endswith(".py")]
    if target.startswith(folder + "/") or not set(python) <= set(draft.free):
        return ()
    return draft.moves(*((path, target + path.removeprefix(folder)) for path in below))


def _below_another_root(draft: _Draft) -> tuple[Move, ...]:
    path = draft.module()
    place = draft.chance.choice((f"{draft.top}_apart/{_leaf(path or '')}", f"{draft.word()}_x.py"))
    return draft.moves((path, place)) if path and place not in draft.used else ()


def _leaf(path: str) -> str:
    return PurePosixPath(path).name


_KINDS: tuple[Callable[[_Draft], tuple[Move, ...]], ...] = (
    _into_a_new_package,
    _into_a_new_package,
    _into_a_package_that_is_there,
    _rename,
    _swap,
    _chain,
    _module_to_package,
    _package_to_module,
    _whole_package,
    _below_another_root,
)


# -------------------------------------------------------------------------------- the comparison


def look_after(subject: Subject, changeset: ChangeSet, rehearsal: Rehearsal) -> State:
    """Return what the rehearsed tree does, its modules by their old names."""
    renamed = {renaming.old: renaming.new for renaming in changeset.modules}
    old_names = {renamed.get(name, name): name for name in subject.before.modules}
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder).resolve()
        for file in rehearsal.after:
            place = tree / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(rehearsal.contents[file.blob])
        after = subject.look(tree, list(old_names))
    return State({old_names[new]: held for new, held in after.modules.items()}, after.printed)


def _differences(subject: Subject, changeset: ChangeSet, rehearsal: Rehearsal) -> Iterator[str]:
    renamed = {renaming.old: renaming.new for renaming in changeset.modules}
    before, after = subject.before, look_after(subject, changeset, rehearsal)
    for name, held in sorted(before.modules.items()):
        now = after.modules[name]
        if isinstance(held, dict) and held != now:
            yield f"{name} -> {renamed.get(name, name)}: {changed(held, now)}"
    yield from printed_otherwise(before, after)


def printed_otherwise(before: State, after: State) -> Iterator[str]:
    """Say where the package's program prints something else."""
    if after.printed != before.printed:
        lines = unified_diff(before.printed.splitlines(), after.printed.splitlines(), n=0)
        yield "smoke.py prints something else:\n" + "\n".join(islice(lines, 2, _SHOWN))


def changed(held: Mapping[str, str], now: object) -> str:
    """Say which names of a module are not what they were."""
    if not isinstance(now, dict):
        return str(now)
    names = [n for n in {**held, **now} if held.get(n) != now.get(n)]
    return ", ".join(f"{n} was {held.get(n)}, is {now.get(n)}" for n in sorted(names))


# ---------------------------------------------------------------------------------- the packages


def _copy_installed(package: str, root: Path) -> None:
    run = SMOKE_RUNS[package]
    root.mkdir(parents=True)
    for file in metadata.distribution(run.distribution).files or ():
        if file.parts[0] in run.folders and file.suffix not in (".pyc", ".so"):
            place = root.joinpath(*file.parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(Path(str(file.locate())).read_bytes())
    (root / "smoke.py").write_text(run.program)
    for command in (
        ("init", "-q", "--template="),
        ("config", "core.autocrlf", "false"),
        ("add", "-A", "-f"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "as installed"),
    ):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)


def _extra_path() -> list[str]:
    return [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
