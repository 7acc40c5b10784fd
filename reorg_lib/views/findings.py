"""Six questions asked of the survey, and their answers as a table.

Owns the wording of the questions and how an answer is laid out. Must not classify anything by
itself: technology, context, port and role are the survey's, with their evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reorg_lib.model import Classification, Survey
from reorg_lib.views.frame import Frame
from reorg_lib.views.steps import relative

_Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Filed:
    """A module with a file: its dotted name in the package, its folder, and what it was found."""

    name: str
    folder: str
    lines: int
    found: Classification

    @property
    def top(self) -> str:
        """The top-level folder that it lies in, "" directly in the package."""
        return self.folder.partition("/")[0]


def findings_table(survey: Survey) -> Frame:
    """Return what speaks against the layout: `finding`, `where`, `what`, in the order below.

    One technology in several places · backends of one port far apart · a stranger among its
    neighbours · an empty package · a grab-bag of roles · a package named after a bounded context.
    """
    filed = _filed(survey)
    rows = [
        *_scattered(filed),
        *_apart(filed),
        *_strangers(filed),
        *_empty(filed),
        *_grab_bags(filed),
        *_contexts(filed),
    ]
    return Frame(rows, columns=["finding", "where", "what"]).astype("str")


def _filed(survey: Survey) -> tuple[_Filed, ...]:
    found = {c.module: c for c in survey.classifications}
    return tuple(
        _Filed(
            module.name.removeprefix(survey.package).lstrip("."),
            relative(survey, module.path).rpartition("/")[0],
            module.lines,
            found.get(module.name) or Classification(module.name, None, (), None, (), ()),
        )
        for module in survey.package_modules()
        if module.blob
    )


def _scattered(filed: tuple[_Filed, ...]) -> Iterator[_Row]:
    places: dict[str, Counter[str]] = defaultdict(Counter)
    for module in filed:
        if module.found.technology:
            places[module.found.technology][module.top] += 1
    for technology, folders in sorted(places.items()):
        if len(folders) > 1:
            where = ", ".join(f"{_folder(folder)} {folders[folder]}" for folder in sorted(folders))
            count = folders.total()
            yield ("one technology in several places", where, f"{technology}, {count} modules")


def _apart(filed: tuple[_Filed, ...]) -> Iterator[_Row]:
    backends: dict[str, list[_Filed]] = defaultdict(list)
    for module in filed:
        for port in module.found.ports:
            backends[port].append(module)
    for port, modules in sorted(backends.items()):
        if len({module.top for module in modules}) > 1:
            where = ", ".join(sorted(module.name for module in modules))
            what = f"{port.rpartition('.')[2]}, {len(modules)} backends"
            yield ("backends of one port far apart", where, what)


def _strangers(filed: tuple[_Filed, ...]) -> Iterator[_Row]:
    neighbours: dict[str, Counter[str]] = defaultdict(Counter)
    for module in filed:
        if module.found.technology and module.top:
            neighbours[module.top][module.found.technology] += 1
    for module in filed:
        others = neighbours.get(module.top)
        if not others or not module.found.technology:
            continue
        usual, count = min(others.items(), key=lambda item: (-item[1], item[0]))
        if usual != module.found.technology and 2 * count > others.total():
            what = f"{module.found.technology}, where its neighbours are {usual}"
            yield ("a stranger among its neighbours", module.name, what)


def _empty(filed: tuple[_Filed, ...]) -> Iterator[_Row]:
    lines: Counter[str] = Counter()
    for module in filed:
        parts = module.folder.split("/") if module.folder else []
        for depth in range(1, len(parts) + 1):
            lines["/".join(parts[:depth])] += module.lines
    for folder, count in sorted(lines.items()):
        if not count:
            yield ("an empty package", _folder(folder), "no line of code")


def _grab_bags(filed: tuple[_Filed, ...]) -> Iterator[_Row]:
    roles: dict[str, set[str]] = defaultdict(set)
    for module in filed:
        if module.found.role and module.folder:
            roles[module.folder].add(module.found.role)
    for folder, held in sorted(roles.items()):
        if len(held) > 2:
            yield ("many roles at one level", _folder(folder), ", ".join(sorted(held)))


def _contexts(filed: tuple[_Filed, ...]) -> Iterator[_Row]:
    contexts = {name for module in filed for name, _ in module.found.domains}
    adapted: dict[str, set[str]] = defaultdict(set)
    for module in filed:
        if module.top in contexts:
            adapted[module.top] |= {module.found.technology or ""}
    for folder, technologies in sorted(adapted.items()):
        what = ", ".join(sorted(technologies - {""})) or "no technology"
        yield ("named after a bounded context", _folder(folder), f"adapts {what}")


def _folder(path: str) -> str:
    return f"{path}/" if path else "(top)"
