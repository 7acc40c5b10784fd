"""Old names and the new ones that a plan gives them, for modules, packages, files and folders.

Owns the simultaneous renaming: every question is answered from the names before all moves, so
swaps and chains need no order. Must not know how a name is spelled in a file.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from reorg_lib.model import Module, Plan, Renaming, Survey
from reorg_lib.plan.aftermath import emptied_packages, new_packages
from reorg_lib.plan.succession import names_after
from reorg_lib.python.dotted_names import hides
from reorg_lib.survey.import_roots import ImportRoots, named_from, own_tops


@dataclass(frozen=True, slots=True)
class NameMap:
    """Answers what a module or package, known before the moves, is called after them.

    `modules` maps each module (packages included) to its new name, to itself where it stays, and
    to None where it is gone without one successor: deleted, or a package whose modules went to
    several places. `packages` are the names among them that are packages. `exported` are the
    submodules that a package's `__init__` imports under their own names.
    """

    modules: Mapping[str, str | None]
    packages: frozenset[str]
    bound: Mapping[str, frozenset[str]] = field(default_factory=dict)
    exported: Mapping[str, frozenset[str]] = field(default_factory=dict)

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

    def keeps(self, dotted: str) -> bool:
        """Tell whether a dotted name is after the moves what it was."""
        known = self.known(dotted)
        return known is None or self.modules[known] == known

    def without(self, tops: Collection[str]) -> NameMap:
        """Return the same names without those below some top-level names."""
        kept = {n: new for n, new in self.modules.items() if n.partition(".")[0] not in tops}
        return replace(self, modules=kept)

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


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the tracked files: where they go, which are removed, which appear."""

    targets: Mapping[str, str]
    removed: frozenset[str]
    created: tuple[str, ...]

    def after(self, path: str) -> str | None:
        """Return the path of a file after the plan, or None if it is removed."""
        return None if path in self.removed else self.targets.get(path, path)


def fate_of_files(survey: Survey, plan: Plan) -> Fate:
    """Return what the approved steps, and the rules that follow from them, do to the files.

    A module that is split goes to its package's `__init__.py` first, and is cut up there.
    """
    packages = {split.source: f"{split.target}/__init__.py" for split in plan.approved_splits()}
    deleted = (step.path for step in plan.approved_deletions())
    return Fate(
        targets={move.source: move.target for move in plan.approved_moves()} | packages,
        removed=frozenset((*deleted, *emptied_packages(survey, plan))),
        created=new_packages(survey, plan),
    )


def map_modules(survey: Survey, fate: Fate, roots: ImportRoots | None = None) -> NameMap:
    """Return what becomes of the module names of `survey` (`plan.succession` has the rule).

    The names that files have below the other `roots` are in it, too, unless the source root or a
    second one of them has the same top-level name.
    """
    roots = roots or ImportRoots(survey.source_root, ())
    whole = _map_one(survey, fate, roots)
    surveys = [survey, *(named_from(survey, root) for root in roots.others)]
    tops = own_tops(surveys)
    for other in surveys[1:]:
        more = _map_one(other, fate, roots)
        own = {name for name in more.modules if name.split(".")[0] in tops[other.source_root]}
        whole = NameMap(
            modules={**{name: more.modules[name] for name in own}, **whole.modules},
            packages=whole.packages | (more.packages & own),
            bound={**{n: b for n, b in more.bound.items() if n in own}, **whole.bound},
            exported={**{n: e for n, e in more.exported.items() if n in own}, **whole.exported},
        )
    return whole


def _map_one(survey: Survey, fate: Fate, roots: ImportRoots) -> NameMap:
    return NameMap(
        modules=names_after(survey, fate.after, fate.created, roots),
        packages=frozenset(m.name for m in survey.modules if m.is_package),
        bound={m.name: _hiding(m) for m in survey.modules if m.is_package},
        exported={m.name: m.syntax.bound - _hiding(m) for m in survey.modules if m.is_package},
    )


def map_paths(survey: Survey, fate: Fate) -> tuple[Renaming, ...]:
    """Return the files that move and the folders that move as a whole, longest first.

    A folder moves as a whole when every tracked file below it ends up below one new folder at
    the same relative place, apart from those that are removed; and where its `__init__.py` takes
    all files of the folder along, whatever they are called there.
    """
    below: dict[str, list[str]] = defaultdict(list)
    for file in survey.files:
        for folder in _folders(file.path):
            below[folder].append(file.path)
    renamings = {Renaming(old, new) for old, new in fate.targets.items() if old != new}
    for folder in {folder for old in fate.targets for folder in _folders(old)}:
        after = {path: fate.after(path) for path in below[folder]}
        homes = {_home(folder, old, new) for old, new in after.items() if new is not None}
        home = homes.pop() if len(homes) == 1 else _renamed(folder, after)
        if home and home != folder:
            renamings.add(Renaming(folder, home))
    return tuple(sorted(renamings, key=lambda r: (-len(r.old), r.old)))


def dissolved_folders(survey: Survey, fate: Fate, paths: Iterable[Renaming]) -> tuple[str, ...]:
    """Return the folders that hold nothing after the plan and have no one successor, sorted."""
    before = {folder for file in survey.files for folder in _folders(file.path)}
    held = [path for file in survey.files if (path := fate.after(file.path)) is not None]
    after = {folder for path in (*held, *fate.created) for folder in _folders(path)}
    return tuple(sorted(before - after - {renaming.old for renaming in paths}))


def _renamed(folder: str, after: Mapping[str, str | None]) -> str | None:
    """Where a package goes whose modules get other names there."""
    target = after.get(f"{folder}/__init__.py")
    home, _, name = target.rpartition("/") if target else ("", "", "")
    folders = {
        (posixpath.dirname(old), posixpath.dirname(new or home)) for old, new in after.items()
    }
    return home if name == "__init__.py" and folders == {(folder, home)} else None


def _home(folder: str, before: str, after: str) -> str | None:
    tail = before[len(folder) :]
    return after.removesuffix(tail) if after.endswith(tail) else None


def _folders(path: str) -> Iterable[str]:
    return (str(parent) for parent in PurePosixPath(path).parents[:-1])


def _hiding(package: Module) -> frozenset[str]:
    """The names that a package binds to something that is not its own submodule of that name."""
    return frozenset(name for name in package.syntax.bound if hides(package, name))
