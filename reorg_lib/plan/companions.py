"""Files that go where a module goes, without a step of their own.

There is one rule for each kind of companion; their moves are added to a plan:

- a stub or Cython declaration beside the module (`orders.pyi`, `orders.pxd`) is part of the module;
- the other files of a package whose Python files all go to one new folder go there too (`py.typed`,
  templates, data): the folder moves as a whole;
- a documentation page named after the module's dotted name (`docs/shop.orders.rst`, as
  sphinx-apidoc writes it) gets the new name;
- a file with the name of a module that reads its own path (`Path(__file__).with_suffix`,
  `.stem`), in or below the module's folder, gets the new name;
- recorded results that a known tool finds by the name of the test file (`__snapshots__/…`) are
  get the new name.

A file that the plan names in any step, a rejected one too, is left to that step. The content of a
file is not read.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reorg_lib.model import Decision, Module, Move, Plan, Survey
from reorg_lib.plan.outcome import Outcome, folders, outcome_of
from reorg_lib.python.dotted_names import path_name

STUBS = (".pyi", ".pxd", ".pyx")
"""Files that are one module with the `.py` file of the same name beside them."""

PAGES = (".rst", ".md", ".txt")

RECORDED: Mapping[str, str] = {
    "syrupy": r"__snapshots__/{stem}(?:\.ambr|/.*)",
    "pytest-snapshot": r"snapshots/{stem}/.*",
    "pytest-recording": r"cassettes/{stem}/.*",
    "pytest-datadir, pytest-regressions": r"{stem}/.*",
    "approvaltests": r"{stem}\.\w+\.approved\.\w+",
}
"""Tool → where it looks for what belongs to a test file, from the folder of that file."""

_TEST = re.compile(r"test_\w+|\w+_test")


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that goes from `path` to `target`, because the file `of` a step goes."""

    path: str
    target: str
    reason: str
    of: str


def with_companions(survey: Survey, plan: Plan) -> Plan:
    """Return the plan with the moves that follow by rule; a plan that has them is unchanged."""
    found = companions(survey, plan)
    moves = (Move(one.path, one.target, Decision.APPROVED, one.reason) for one in found)
    return replace(plan, steps=(*plan.steps, *moves)) if found else plan


def companions(survey: Survey, plan: Plan) -> tuple[Companion, ...]:
    """Return the moves that follow from the approved steps, in the order of the rules."""
    outcome = outcome_of(survey, plan)
    named = {step.source for step in plan.steps}
    taken = {file.path for file in survey.files}.union(outcome.arriving)
    found: dict[str, Companion] = {}
    for one in _followers(outcome):
        if one.path not in named and one.path not in found and one.target not in taken:
            found[one.path] = one
            taken.add(one.target)
    return tuple(found.values())


def companions_by_step(survey: Survey, plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return source of an approved step → the paths of the files that go with it, sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in companions(survey, plan):
        found[one.of].append(one.path)
    return {source: tuple(sorted(paths)) for source, paths in found.items()}


def _followers(outcome: Outcome) -> Iterator[Companion]:
    survey, gone = outcome.survey, outcome.targets
    tracked = sorted(file.path for file in survey.files if file.is_regular)
    if not any(source != target for source, target in gone.items()):
        return
    yield from _stubs(frozenset(tracked), gone)
    yield from _whole_folders(outcome, tracked)
    yield from _pages(survey, gone)
    by_word = _by_word(tracked)
    yield from _recorded(by_word, gone)
    yield from _by_own_name(survey, by_word, gone)


# orders.pyi beside orders.py
def _stubs(tracked: frozenset[str], gone: Mapping[str, str]) -> Iterator[Companion]:
    for source, target in sorted(gone.items()):
        stem, ending = posixpath.splitext(source)
        if ending not in (".py", *STUBS) or not target.endswith(ending):
            continue
        for other in STUBS:
            if other != ending and stem + other in tracked:
                moved = target.removesuffix(ending) + other
                yield Companion(stem + other, moved, f"is one module with {source}", source)


def _whole_folders(outcome: Outcome, tracked: list[str]) -> Iterator[Companion]:
    gone = outcome.targets
    for folder, home in _homes(outcome, tracked).items():
        init = f"{folder}/__init__.py"
        of = init if init in gone else min(path for path in gone if path.startswith(f"{folder}/"))
        first, end = bisect_left(tracked, f"{folder}/"), bisect_left(tracked, f"{folder}0")
        for path in tracked[first:end]:  # "0" is the character after "/"
            if not path.endswith(".py"):
                moved = home + path[len(folder) :]
                yield Companion(path, moved, f"{folder}/ moves as a whole", of)


def _homes(outcome: Outcome, tracked: list[str]) -> Mapping[str, str]:
    """Regular package → the one folder that all of its Python files go to, the outermost first."""
    survey, gone = outcome.survey, outcome.targets
    packages = {
        posixpath.dirname(module.path)
        for module in survey.modules
        if module.blob and module.is_package
    }
    bare = {module.path for module in survey.modules if module.blob and _is_bare(module)}
    moved: dict[str, set[str | None]] = defaultdict(set)
    for path in tracked:
        if not path.endswith(".py") or (path in bare and path not in gone):
            continue
        for folder in folders(path):
            if folder in packages and not (path in outcome.deleted and path not in gone):
                target, tail = gone.get(path, path), path[len(folder) :]
                moved[folder].add(target.removesuffix(tail) if target.endswith(tail) else None)
    return {
        folder: home
        for folder, homes in sorted(moved.items())
        if len(homes) == 1
        and (home := next(iter(homes)))
        and home != folder
        and (f"{folder}/__init__.py" in gone or not home.startswith(folder + "/"))
    }


def _is_bare(module: Module) -> bool:
    return module.is_package and not module.has_code


# docs/shop.orders.rst
def _pages(survey: Survey, gone: Mapping[str, str]) -> Iterator[Companion]:
    names, paths = {}, {}
    for module in survey.modules:
        new = path_name(gone.get(module.path, ""), survey.source_root) if module.blob else None
        if new and "." in module.name and new != module.name:
            names[module.name], paths[module.name] = new, module.path
    for path, name in sorted({(r.path, r.module) for r in survey.references if r.module in names}):
        folder, page = posixpath.split(path)
        stem, ending = posixpath.splitext(page)
        if ending in PAGES and (stem == name or stem.startswith(name + ".")):
            moved = posixpath.join(folder, names[name] + stem[len(name) :] + ending)
            yield Companion(path, moved, f"is the page of {name}", paths[name])


def _by_word(tracked: list[str]) -> Mapping[str, list[str]]:
    """Return the first word of each part of a path → the non-Python files with it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in tracked:
        if not path.endswith(".py"):
            for word in {part.partition(".")[0] for part in path.split("/")}:
                found[word].append(path)
    return found


# tests/__snapshots__/test_orders.ambr
def _recorded(by_word: Mapping[str, list[str]], gone: Mapping[str, str]) -> Iterator[Companion]:
    for source, target in sorted(gone.items()):
        folder, name = posixpath.split(source.removesuffix(".py"))
        landing, new = posixpath.split(target.removesuffix(".py"))
        if not source.endswith(".py") or not _TEST.fullmatch(name):
            continue
        start = f"{folder}/" if folder else ""
        near = [path for path in by_word.get(name, ()) if path.startswith(start)]
        for tool, pattern in RECORDED.items():
            place = re.compile(pattern.replace("{stem}", re.escape(name)))
            inside = re.compile(rf"(?<![^/]){re.escape(name)}(?=[./])")
            for path in near:
                tail = path[len(start) :]
                if place.fullmatch(tail):
                    moved = posixpath.join(landing, inside.sub(new, tail, count=1))
                    why = f"{tool} finds it by the name of {source}"
                    yield Companion(path, moved, why, source)


# Path(__file__).with_suffix(".sql")        HERE / "snaps" / (Path(__file__).stem + ".txt")
def _by_own_name(
    survey: Survey, by_word: Mapping[str, list[str]], gone: Mapping[str, str]
) -> Iterator[Companion]:
    for module in (*survey.modules, *survey.outside):
        climbs = {anchor.climbs for anchor in module.syntax.anchors}
        target = gone.get(module.path)
        if target is None or 0 not in climbs or not climbs <= {0, 1}:
            continue
        folder, name = posixpath.split(module.path.removesuffix(".py"))
        landing, new = posixpath.split(target.removesuffix(".py"))
        for path in by_word.get(name, ()):
            inner = posixpath.relpath(path, folder or ".")
            stem, dot, endings = posixpath.basename(path).partition(".")
            if stem == name and endings not in ("py", "") and not inner.startswith("../"):
                moved = posixpath.join(landing, posixpath.dirname(inner), new + dot + endings)
                why = f"has the name of {module.path}, which asks for its own path"
                yield Companion(path, moved, why, module.path)
