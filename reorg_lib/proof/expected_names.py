"""The expected new paths and module names of a plan, as the proof derives them.

They come from the paths of the change set alone; the rewriter's map of names is not used.
"""

from __future__ import annotations

from collections.abc import Mapping

from reorg_lib.model import ChangeSet
from reorg_lib.proof.reading.source_tree import SourceTree, parents


class ExpectedNames:
    """The new path and the new module name of each old one, derived from the paths alone."""

    def __init__(self, before: SourceTree, after: SourceTree, changeset: ChangeSet) -> None:
        self._paths = {c.source: c.target for c in changeset.changes if c.source is not None}
        self._before = before
        self._modules: dict[str, str] = {}
        for name, path in before.modules.items():
            target = self.path(path)
            new = after.named_like(target, name, before) if target is not None else None
            if new is not None:
                self._modules[name] = new
        for package in before.packages - set(before.modules):
            self._modules[package] = self._folder(package)
        for package in before.packages & set(before.modules) - set(self._modules):
            home = self._folder(package)
            if home != package and after.is_module(home) and _says_nothing(before, package):
                self._modules[package] = home
        self._wholes = {
            after.module_of(part.path): after.module_of(split.path)
            for split in changeset.splits
            for part in split.parts
        }

    def path(self, path: str) -> str | None:
        """Return the path of a file after the moves, or None if it is deleted."""
        return self._paths.get(path, path)

    def module(self, name: str) -> str | None:
        """Return the name of a module after the moves, or None if it is deleted."""
        return self._modules.get(name)

    def dotted(self, name: str) -> str:
        """Return a dotted name whose longest module or package prefix has its new name."""
        for known in (name, *parents(name)):
            if known in self._modules or known in self._before.packages:
                return self._modules.get(known, self._folder(known)) + name[len(known) :]
        return name

    def whole(self, name: str) -> str:
        """Return the package of the split that a module is a part of, or the module itself."""
        return self._wholes.get(name) or name

    def unsaid(self, changeset: ChangeSet) -> Mapping[str, str]:
        """Return old → new of the modules whose new name is missing in the change set."""
        said = {renaming.old: renaming.new for renaming in changeset.modules}
        files = ((old, self._modules.get(old)) for old in self._before.modules)
        return {old: new for old, new in files if new is not None and said.get(old, old) != new}

    def origins(self) -> Mapping[str, str]:
        """Return new module name → old one."""
        return {new: old for old, new in reversed(self._modules.items())}

    def _folder(self, package: str) -> str:
        """Return the new name of a folder without `__init__`: where all of its modules go."""
        homes = {
            _home(package, o, n) for o, n in self._modules.items() if o.startswith(f"{package}.")
        }
        home = homes.pop() if len(homes) == 1 else None
        return home or package


def _home(package: str, old: str, new: str) -> str | None:
    """Return the new package of a module if its name below the package stays the same."""
    tail = old[len(package) :]
    return new.removesuffix(tail) if new.endswith(tail) else None


def _says_nothing(tree: SourceTree, package: str) -> bool:
    """Return whether an `__init__` is empty: it may be deleted when its package is empty."""
    reading = tree.readings.get(tree.modules[package])
    return reading is not None and not reading.imports and not reading.bound
