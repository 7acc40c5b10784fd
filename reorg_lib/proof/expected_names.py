"""Where a plan takes paths and module names, as the proof sees it.

Owns the map from before to after, read off the paths of the change set alone; the rewriter's own
map of names is not asked. Must not know what any name is used for.
"""

from __future__ import annotations

from collections.abc import Mapping

from reorg_lib.model import ChangeSet
from reorg_lib.proof.reading.source_tree import SourceTree, parents


class ExpectedNames:
    """Where the plan takes paths and module names, read off the paths alone."""

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
        """Return where a file is after the plan, or None if it is gone."""
        return self._paths.get(path, path)

    def module(self, name: str) -> str | None:
        """Return what a module is called after the plan, or None if it is gone."""
        return self._modules.get(name)

    def dotted(self, name: str) -> str:
        """Return a dotted name with its longest prefix that was a module or package as after."""
        for known in (name, *parents(name)):
            if known in self._modules or known in self._before.packages:
                return self._modules.get(known, self._folder(known)) + name[len(known) :]
        return name

    def whole(self, name: str) -> str:
        """Return the package that a module is a part of since the split, or the module itself."""
        return self._wholes.get(name) or name

    def unsaid(self, changeset: ChangeSet) -> Mapping[str, str]:
        """Return old → new of the modules whose new name the change set does not say."""
        said = {renaming.old: renaming.new for renaming in changeset.modules}
        files = ((old, self._modules.get(old)) for old in self._before.modules)
        return {old: new for old, new in files if new is not None and said.get(old, old) != new}

    def origins(self) -> Mapping[str, str]:
        """Return new module name → old one."""
        return {new: old for old, new in reversed(self._modules.items())}

    def _folder(self, package: str) -> str:
        """A folder without `__init__` goes where all that is in it goes."""
        homes = {
            _home(package, o, n) for o, n in self._modules.items() if o.startswith(f"{package}.")
        }
        home = homes.pop() if len(homes) == 1 else None
        return home or package


def _home(package: str, old: str, new: str) -> str | None:
    """The package below which a module keeps the place that it had below another one."""
    tail = old[len(package) :]
    return new.removesuffix(tail) if new.endswith(tail) else None


def _says_nothing(tree: SourceTree, package: str) -> bool:
    """An `__init__` that may go when all modules of its package went to one new package."""
    reading = tree.readings.get(tree.modules[package])
    return reading is not None and not reading.imports and not reading.bound
