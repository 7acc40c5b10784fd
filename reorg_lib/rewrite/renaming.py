"""Old names and the new ones that a plan gives them, for modules, packages, files and folders.

Owns the simultaneous renaming: every question is answered from the names before all moves, so
swaps and chains need no order. Must not know how a name is spelled in a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from reorg_lib.model import Module, Plan, Renaming, Survey
from reorg_lib.plan.aftermath import emptied_packages, new_packages
from reorg_lib.survey.names import hides, path_name


@dataclass(frozen=True, slots=True)
class NameMap:
    """Answers what a module or package, known before the moves, is called after them.

    `modules` maps each module (packages included) to its new name, to itself where it stays, and
    to None where it is gone without one successor: deleted, or a package whose modules went to
    several places. `packages` are the names among them that are packages.
    """

    modules: Mapping[str, str | None]
    packages: frozenset[str]
    bound: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def known(self, dotted: str) -> str | None:
        """Return the longest prefix of `dotted` that was a module, or None."""
        while dotted:
            if dotted in self.modules:
                return dotted
            dotted = dotted.rpartition(".")[0]
        return None

    def is_submodule(self, package: str, name: str) -> bool:
        """Tell whether `from package import name` gives a module and not an attribute.

        A package's `__init__` that binds the name itself wins, as it does when Python runs;
        `bound` leaves out names that the `__init__` binds by importing that very submodule.
        """
        if f"{package}.{name}" not in self.modules:
            return False
        return name not in self.bound.get(package, frozenset())

    def changed(self) -> tuple[Renaming, ...]:
        """Return the names that change and have a successor, sorted."""
        return tuple(
            Renaming(old, new)
            for old, new in sorted(self.modules.items())
            if new is not None and new != old
        )

    def gone(self) -> tuple[str, ...]:
        """Return the names that have no successor, sorted."""
        return tuple(sorted(old for old, new in self.modules.items() if new is None))


def map_modules(survey: Survey, plan: Plan) -> NameMap:
    """Return what the approved steps of `plan` do to the module names of `survey`.

    A package goes where its `__init__` goes. One without a file of its own, or whose file is
    removed, goes where its modules went if they all kept their place below one new package; it
    stays if some of them stayed, and is gone otherwise.
    """
    targets = {move.source: move.target for move in plan.approved_moves()}
    removed = {step.path for step in plan.approved_deletions()} | set(
        emptied_packages(survey, plan)
    )
    after: dict[str, str | None] = {}
    for module in survey.modules:
        if module.blob and module.path not in removed:
            path = targets.get(module.path, module.path)
            after[module.name] = path_name(path, plan.scope.source_root)
    orphans = [m.name for m in survey.modules if m.name not in after]
    reborn = {path_name(path, plan.scope.source_root) for path in new_packages(survey, plan)}
    for name in sorted(orphans, key=lambda n: -n.count(".")):
        module = next(m for m in survey.modules if m.name == name)
        after[name] = _package_after(name, after, reborn) if module.is_package else None
    return NameMap(
        modules=dict(sorted(after.items())),
        packages=frozenset(m.name for m in survey.modules if m.is_package),
        bound={m.name: _hiding(m) for m in survey.modules if m.is_package},
    )


def map_paths(survey: Survey, plan: Plan) -> tuple[Renaming, ...]:
    """Return the files that move and the folders that move as a whole, longest first.

    A folder moves as a whole when every tracked file below it ends up below one new folder at
    the same relative place, apart from those that are removed.
    """
    targets = {move.source: move.target for move in plan.approved_moves()}
    removed = {step.path for step in plan.approved_deletions()} | set(
        emptied_packages(survey, plan)
    )
    below: dict[str, list[str]] = defaultdict(list)
    for file in survey.files:
        for parent in PurePosixPath(file.path).parents[:-1]:
            below[str(parent)].append(file.path)
    renamings = {Renaming(old, new) for old, new in targets.items() if old != new}
    for folder in {str(p) for old in targets for p in PurePosixPath(old).parents[:-1]}:
        kept = [path for path in below[folder] if path not in removed]
        homes = {_home(folder, path, targets.get(path, path)) for path in kept}
        home = homes.pop() if len(homes) == 1 else None
        if home and home != folder:
            renamings.add(Renaming(folder, home))
    return tuple(sorted(renamings, key=lambda r: (-len(r.old), r.old)))


def dissolved_folders(survey: Survey, plan: Plan) -> tuple[str, ...]:
    """Return the folders that hold nothing after the plan and have no one successor, sorted."""
    renamed = {r.old for r in map_paths(survey, plan)}
    gone = {m.source for m in plan.approved_moves() if m.source != m.target}
    gone |= {step.path for step in plan.approved_deletions()}
    gone |= set(emptied_packages(survey, plan))
    held = {f.path for f in survey.files} - gone | {m.target for m in plan.approved_moves()}
    before = {str(p) for path in gone for p in PurePosixPath(path).parents[:-1]}
    after = {str(p) for path in held for p in PurePosixPath(path).parents[:-1]}
    return tuple(sorted(before - after - renamed))


def _package_after(
    package: str, after: Mapping[str, str | None], reborn: Iterable[str | None]
) -> str | None:
    prefix = package + "."
    children = {old: new for old, new in after.items() if old.startswith(prefix)}
    homes: set[str | None] = set()
    for old, new in children.items():
        suffix = old[len(package) :]
        if new is None:
            continue
        if new.startswith(prefix):
            return package
        homes.add(new.removesuffix(suffix) if new.endswith(suffix) else None)
    if package in set(reborn):
        return package
    return homes.pop() if len(homes) == 1 else None


def _home(folder: str, before: str, after: str) -> str | None:
    tail = before[len(folder) :]
    return after.removesuffix(tail) if after.endswith(tail) else None


def _hiding(package: Module) -> frozenset[str]:
    """The names that a package binds to something that is not its own submodule of that name."""
    return frozenset(name for name in package.syntax.bound if hides(package, name))
