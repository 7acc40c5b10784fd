"""The tracked files after the steps of a plan and after the rules that follow from them.

It says where each file, folder and module is after the steps with the given decisions. Two rules
add to the steps:

- a new folder below a regular package becomes a regular package, and a regular package whose
  `__init__.py` moves away but that keeps modules gets an empty one;
- an `__init__.py` without code is removed when the steps leave nothing else in its folder.

A folder that has no `__init__.py` today gets none.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reorg_lib.model import Decision, Module, Plan, Renaming, Split, Survey
from reorg_lib.python.dotted_names import path_name
from reorg_lib.survey.import_roots import ImportRoots

MADE = frozenset({Decision.APPROVED})
"""The steps that are exported."""

MEANT = frozenset({Decision.APPROVED, Decision.PENDING})
"""The steps that nobody has turned down."""

_INIT = "__init__.py"


def outcome_of(survey: Survey, plan: Plan | None, counted: frozenset[Decision] = MADE) -> Outcome:
    """Return the outcome of the steps whose decision is in `counted`; None as plan has no steps.

    Calls with the same survey and an equal plan share one result.
    """
    plan = plan or Plan(survey.scope)
    for known in tuple(_RECENT):
        if known.survey is survey and known.counted == counted and known.plan == plan:
            return known
    _RECENT.append(Outcome(survey, plan, counted))
    return _RECENT[-1]


@dataclass(frozen=True, eq=False)
class Outcome:
    """One survey under one plan. Get one from `outcome_of`; each answer is computed once."""

    survey: Survey
    plan: Plan
    counted: frozenset[Decision]

    @cached_property
    def targets(self) -> Mapping[str, str]:
        """Source of each move and split → its new path: a split module's is the package's file."""
        moves = {m.source: m.target for m in self.plan.moves if m.decision in self.counted}
        return moves | {split.source: f"{split.target}/{_INIT}" for split in self._splits}

    @cached_property
    def deleted(self) -> frozenset[str]:
        """The paths that a step deletes."""
        return frozenset(d.source for d in self.plan.deletions if d.decision in self.counted)

    @cached_property
    def leaving(self) -> frozenset[str]:
        """The paths that steps take away from where they are."""
        return self.deleted | self.targets.keys()

    @cached_property
    def arriving(self) -> tuple[str, ...]:
        """The paths that steps create, in the order of the plan; none is left out."""
        names = ((s.target, name) for s in self._splits for name in (_INIT, *dict(s.parts)))
        moves = (move.target for move in self.plan.moves if move.decision in self.counted)
        return (*moves, *(f"{target}/{name}" for target, name in names))

    @cached_property
    def created(self) -> tuple[str, ...]:
        """The empty `__init__.py` files that the steps need, sorted."""
        before, after = self._before, self._after_steps
        return tuple(
            init
            for folder in sorted(folders_of(path for path in after if path.endswith(".py")))
            if (init := f"{folder}/{_INIT}") not in after
            and (
                init in self.targets
                if init in before
                else folder not in self._folders_before and self._parent_is_regular(folder)
            )
        )

    @cached_property
    def emptied(self) -> tuple[str, ...]:
        """The `__init__.py` files without code that are removed with their folder, sorted."""
        after, put = self._after_steps, frozenset(self.arriving)
        bare = {
            module.path
            for module in (*self.survey.modules, *self.survey.outside)
            if module.blob and module.path.endswith(f"/{_INIT}") and not module.has_code
        }
        full = folders_of(path for path in after if path not in bare or path in put)
        empty = folders_of(self.leaving) - full
        inits = sorted(bare & after - put)
        return tuple(path for path in inits if posixpath.dirname(path) in empty)

    @cached_property
    def removed(self) -> frozenset[str]:
        """The paths that are gone: deleted by a step, or emptied."""
        return self.deleted.union(self.emptied)

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all tracked files afterwards."""
        return self._after_steps.difference(self.emptied).union(self.created)

    @cached_property
    def new_paths(self) -> Mapping[str, str | None]:
        """Tracked path → its path afterwards, None where it is removed."""
        return {path: self.after(path) for path in (f.path for f in self.survey.files)}

    @cached_property
    def module_paths(self) -> Mapping[str, str]:
        """Module of the surveyed package → path of its file afterwards; none that is deleted."""
        return {
            m.name: self.targets.get(m.path, m.path)
            for m in self.survey.package_modules()
            if m.blob and m.path not in self.deleted
        }

    @cached_property
    def renamed_paths(self) -> tuple[Renaming, ...]:
        """The files that move and the folders that move as a whole, longest first.

        A folder moves as a whole when every tracked file below it ends up below one new folder at
        the same relative place, apart from those that are removed; and where its `__init__.py`
        takes all files of the folder with it, whatever their new names are.
        """
        below: dict[str, list[str]] = defaultdict(list)
        for file in self.survey.files:
            for folder in folders(file.path):
                below[folder].append(file.path)
        found = {Renaming(old, new) for old, new in self.targets.items() if old != new}
        for folder in folders_of(self.targets):
            after = {path: self.after(path) for path in below[folder]}
            homes = {home_of(folder, old, new) for old, new in after.items() if new is not None}
            home = homes.pop() if len(homes) == 1 else _renamed(folder, after)
            if home and home != folder:
                found.add(Renaming(folder, home))
        return tuple(sorted(found, key=lambda r: (-len(r.old), r.old)))

    @cached_property
    def dissolved_folders(self) -> tuple[str, ...]:
        """The folders that are empty afterwards and have no single successor, sorted."""
        held = {path for path in self.new_paths.values() if path is not None}
        after = folders_of(held.union(self.created))
        renamed = {renaming.old for renaming in self.renamed_paths}
        return tuple(sorted(self._folders_before - after - renamed))

    def after(self, path: str) -> str | None:
        """Return the path of a tracked file afterwards, or None if it is removed."""
        return None if path in self.removed else self.targets.get(path, path)

    def names(self, survey: Survey, roots: ImportRoots) -> Mapping[str, str | None]:
        """Return module name → new name, sorted; None if it is gone without a single successor.

        A package goes where its `__init__` goes. A package without a file of its own, or whose file
        is removed, goes where its modules went if they all kept their relative place below one new
        package. It stays if some of them stayed; otherwise it is gone.

        Args:
            survey: the survey of the modules, with the root from which their names start.
            roots: the other import roots; modules that leave the source root are named from there.
        """
        root = survey.source_root
        names: dict[str, str | None] = {}
        orphans: list[Module] = []
        for module in survey.modules:
            path = self.after(module.path) if module.blob else None
            if path is None:
                orphans.append(module)
            else:
                names[module.name] = roots.name(path, root)
        recreated = {path_name(path, root) for path in self.created}
        for module in sorted(orphans, key=lambda m: (-m.name.count("."), m.name)):
            again = module.name in recreated
            found = _successor(module.name, names, again) if module.is_package else None
            names[module.name] = found
        return dict(sorted(names.items()))

    @cached_property
    def _splits(self) -> tuple[Split, ...]:
        return tuple(split for split in self.plan.splits if split.decision in self.counted)

    @cached_property
    def _before(self) -> frozenset[str]:
        return frozenset(file.path for file in self.survey.files)

    @cached_property
    def _folders_before(self) -> frozenset[str]:
        return folders_of(self._before)

    @cached_property
    def _after_steps(self) -> frozenset[str]:
        """The tracked files as the steps alone leave them."""
        return (self._before - self.leaving).union(self.arriving)

    def _parent_is_regular(self, folder: str) -> bool:
        """The nearest folder that exists decides; below the source root itself, the top package."""
        survey, before = self.survey, self._folders_before
        inside = _inside(folder, survey.source_root)
        for parent in folders(folder):
            if parent in before and (_inside(parent, survey.source_root) or not inside):
                return f"{parent}/{_INIT}" in self._before
        if not inside:
            return False
        top = f"{survey.package.partition('.')[0]}/{_INIT}"
        return posixpath.normpath(f"{survey.source_root}/{top}") in self._before


_RECENT: deque[Outcome] = deque(maxlen=8)


def folders(path: str) -> Iterator[str]:
    """Yield the folders that contain `path`, the innermost first, without the repository's root."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def folders_of(paths: Iterable[str]) -> frozenset[str]:
    """Return every folder that contains one of the paths, without the repository's root."""
    found: set[str] = set()
    for path in paths:
        for folder in folders(path):
            if folder in found:
                break  # and so are the folders above it
            found.add(folder)
    return frozenset(found)


def home_of(folder: str, before: str, after: str) -> str | None:
    """Return where a folder (or package) went if a file in it kept its relative place."""
    tail = before[len(folder) :]
    return after.removesuffix(tail) if after.endswith(tail) else None


def folder_below(path: str, home: str) -> str:
    """Return the folder of `path` below the folder `home`, "" for `home` itself and outside it."""
    inside = path.removeprefix(f"{home}/")
    return inside.rpartition("/")[0] if inside != path else ""


def _successor(package: str, names: Mapping[str, str | None], is_recreated: bool) -> str | None:
    prefix = package + "."
    homes: set[str | None] = set()
    for old, new in names.items():
        if new is None or not old.startswith(prefix):
            continue
        if new.startswith(prefix):
            return package
        homes.add(home_of(package, old, new))
    if is_recreated:
        return package
    return homes.pop() if len(homes) == 1 else None


def _renamed(folder: str, after: Mapping[str, str | None]) -> str | None:
    """The new place of a package whose modules get other names there."""
    home, name = posixpath.split(after.get(f"{folder}/{_INIT}") or "")
    parents = {
        (posixpath.dirname(old), posixpath.dirname(new or home)) for old, new in after.items()
    }
    return home if name == _INIT and parents == {(folder, home)} else None


def _inside(path: str, source_root: str) -> bool:
    return source_root == "." or path.startswith(source_root + "/")
