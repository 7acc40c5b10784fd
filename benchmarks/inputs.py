"""The repositories that are measured, each with a plan; missing ones are listed.

It defines where each input is searched, its moves, and how its own tests are run.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.contestants.moves import Moves, read_moves, write_moves
from benchmarks.plans import home_assistant_plan, only_moves, settled
from reorg_lib.git import Repository, isolated_environment, open_repository
from reorg_lib.model import Plan, Survey
from reorg_lib.plan.outcome import outcome_of
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.survey import take_survey
from scripts.demo import prepare_example
from scripts.real_project import ADDRESS as REFERENCE_ADDRESS
from scripts.real_project import COMMIT as REFERENCE_COMMIT
from scripts.real_project import PLAN as REFERENCE_PLAN

HOME_ASSISTANT = "homeassistant-2024.3.3"
_FEW = 2
"""How many of its moves a tool makes that takes about a minute for one."""


@dataclass(frozen=True, slots=True)
class Tests:
    """How a repository's own tests are run: `python -m pytest arguments` in `folder` of it."""

    python: str
    folder: str
    arguments: tuple[str, ...]

    def command(self) -> list[str]:
        """Return the words of the command, without a path for the report."""
        return [self.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *self.arguments]


@dataclass(frozen=True, slots=True)
class Input:
    """One repository, never written in.

    `plan` is the whole plan, `moves_plan` only its moves, as every tool can make them, and `moves`
    the same as JSON. `package` is the plan's, `top` the package of the graphs. `large` means
    thousands of modules; then `few` are the first of its moves and their number in words, for tools
    that would take an hour for all.
    """

    name: str
    repository: Path
    source_root: str
    package: str
    plan: Path
    moves_plan: Path
    moves: Path
    tests: Tests | None = None
    large: bool = False
    few: tuple[Path, str] | None = None

    @property
    def top(self) -> str:
        """The first name of the package."""
        return self.package.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing input, and how to provide it."""

    name: str
    why: str


def find_inputs(
    work: Path,
    root: Path,
    environment: Mapping[str, str],
    only: tuple[str, ...] = (),
    fetch: bool = False,
) -> Iterator[Input | Missing]:
    """Yield every input, or those named in `only`; each is prepared below `work` when needed.

    `root` is this project's folder; `environment` may say where inputs are: REFERENCE,
    REFERENCE_PYTHON, HOME_ASSISTANT. With `fetch`, missing inputs are fetched below `root`.
    """
    for name, find in INPUTS.items():
        if not only or name in only:
            if fetch and name in _FETCHERS:
                _FETCHERS[name](root, environment)
            yield find(work / name, root, environment)


def _example(work: Path, root: Path, environment: Mapping[str, str]) -> Input | Missing:
    example = prepare_example(work / "made")
    ready = ready_input("example", example.repository, load_plan(example.plan), work)
    return replace(ready, tests=Tests(sys.executable, ".", ("-c", "pyproject.toml", "tests")))


def _reference(work: Path, root: Path, environment: Mapping[str, str]) -> Input | Missing:
    clone = Path(environment.get("REFERENCE") or root / ".work" / "real")
    if not (clone / ".git").exists():
        return Missing(
            "reference",
            f"no clone at {_shown(clone, root)}: `make real-project` fetches it, or say where one"
            " is, REFERENCE=path",
        )
    copy = _copy(clone, work / "made", REFERENCE_COMMIT)
    plan = load_plan(REFERENCE_PLAN)
    ready = ready_input("reference", copy, plan, work)
    python = environment.get("REFERENCE_PYTHON", "")
    if not python:
        return ready
    return replace(ready, tests=Tests(python, "server", ("tests/unit", "tests/contract")))


def _home_assistant(work: Path, root: Path, environment: Mapping[str, str]) -> Input | Missing:
    place = Path(environment.get("HOME_ASSISTANT") or root / ".work" / "bench" / HOME_ASSISTANT)
    archive = place.with_name(f"{place.name}.tar.gz")
    if not place.is_dir() and archive.is_file():
        with tarfile.open(archive) as packed:
            packed.extractall(place.parent, filter="data")
    if not (place / "homeassistant").is_dir():
        return Missing(
            "home-assistant",
            f"no {_shown(place, root)}, nor its .tar.gz: `{shlex.join(_DOWNLOAD)} --dest"
            " .work/bench` fetches it, or say where it is unpacked, HOME_ASSISTANT=path",
        )
    copy = work / "made"
    if (place / ".git").exists():
        _copy(place, copy, "HEAD")
    else:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(place, copy, symlinks=True)
        commit_all(copy)
    repository = open_repository(copy)
    survey = take_survey(repository, "homeassistant")
    plan = home_assistant_plan(survey)
    ready = ready_input("home-assistant", copy, plan, work, survey)
    moves = read_moves(ready.moves)
    few = work / "moves-few.json"
    write_moves(replace(moves, pairs=moves.pairs[:_FEW]), few)
    words = f", the first {_FEW} of {len(moves.pairs)} moves"
    return replace(ready, large=True, few=(few, words))


INPUTS: Mapping[str, Callable[[Path, Path, Mapping[str, str]], Input | Missing]] = {
    "example": _example,
    "reference": _reference,
    "home-assistant": _home_assistant,
}


_DOWNLOAD = (
    *("python", "-m", "pip", "download", "--no-deps", "--no-binary", ":all:"),
    HOME_ASSISTANT.replace("-", "=="),
)


def _fetch_reference(root: Path, environment: Mapping[str, str]) -> None:
    clone = root / ".work" / "real"
    if not environment.get("REFERENCE") and not (clone / ".git").exists():
        clone.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "clone", "--quiet", REFERENCE_ADDRESS, str(clone)], check=False)


def _fetch_home_assistant(root: Path, environment: Mapping[str, str]) -> None:
    place = root / ".work" / "bench" / HOME_ASSISTANT
    there = place.is_dir() or place.with_name(f"{place.name}.tar.gz").is_file()
    if not environment.get("HOME_ASSISTANT") and not there:
        words = [sys.executable, *_DOWNLOAD[1:], "--quiet", "--dest", str(place.parent)]
        subprocess.run(words, check=False)


_FETCHERS: Mapping[str, Callable[[Path, Mapping[str, str]], None]] = {
    "reference": _fetch_reference,
    "home-assistant": _fetch_home_assistant,
}
"""What fails to be fetched says so itself, and is then missing."""


def commit_all(folder: Path) -> None:
    """Make a folder a git repository with one commit of all its files."""
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in {
            "NAME": "Benchmark",
            "EMAIL": "benchmark@example.org",
            "DATE": "2024-01-01T00:00:00+00:00",
        }.items()
    }
    for arguments in (
        ("init", "--quiet", "--template="),
        ("config", "core.autocrlf", "false"),
        ("config", "gc.auto", "0"),
        ("add", "--all", "--force"),
        ("commit", "--quiet", "--no-gpg-sign", "--message", "As it was found"),
    ):
        _git(folder, *arguments, more=who)


def fresh_copy(repository: Path, place: Path) -> Path:
    """Check out the repository's commit at `place`, replacing old files."""
    return _copy(repository, place, "HEAD", shared=True)


def ready_input(
    name: str, copy: Path, plan: Plan, work: Path, survey: Survey | None = None
) -> Input:
    """Write the plan, its moves alone and the same as JSON below `work`."""
    repository = open_repository(copy)
    survey = survey or take_survey(repository, plan.scope.package)
    scope = replace(plan.scope, commit=survey.commit, source_root=survey.source_root)
    whole = settled(replace(plan, scope=scope), survey, _contents(repository, survey))
    moving = settled(only_moves(whole), survey, _contents(repository, survey))
    whole_path, moves_path = work / "plan.toml", work / "moves.toml"
    for path, made in ((whole_path, whole), (moves_path, moving)):
        path.unlink(missing_ok=True)
        save_plan(path, made)
    pairs = tuple((move.source, move.target) for move in moving.approved().moves)
    created = outcome_of(survey, moving).created
    listed = work / "moves.json"
    top = scope.package.partition(".")[0]
    write_moves(Moves(scope.source_root, top, pairs, created), listed)
    return Input(name, copy, scope.source_root, scope.package, whole_path, moves_path, listed)


def _contents(repository: Repository, survey: Survey) -> Mapping[str, bytes]:
    return repository.contents_by_path(survey.files)


def _copy(source: Path, place: Path, commit: str, shared: bool = False) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    how = ["--shared"] if shared else []
    _git(place.parent, "clone", "--quiet", "--no-checkout", *how, str(source.resolve()), str(place))
    _git(place, "checkout", "--quiet", "--detach", commit)
    return place


def _git(folder: Path, *arguments: str, more: Mapping[str, str] | None = None) -> None:
    environment = {**isolated_environment(), **(more or {})}
    if arguments[0] == "clone":  # from a folder of this machine, which quiet git does not allow
        environment.pop("GIT_ALLOW_PROTOCOL", None)
    subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **environment})


def _shown(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
