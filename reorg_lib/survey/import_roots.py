"""The folders, besides the source root, at which absolute imports start.

A repository with `src/` often imports its tests as `tests.x`; one with several packages has a
folder on `sys.path` for each. The imports show which folders these are: a folder counts if an
import names a file below it, and no module of the source root, of the standard library, or of an
unpackaged file beside the importer fits. This module also gives the names that files have there.
"""

from __future__ import annotations

import posixpath
import sys
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace

from reorg_lib.model import Module, Survey
from reorg_lib.python.dotted_names import module_name, path_name
from reorg_lib.python.parsing import nothing

_INIT = "/__init__.py"


@dataclass(frozen=True, slots=True)
class ImportRoots:
    """The source root, and the `others` with the deepest first."""

    main: str
    others: tuple[str, ...]

    def home(self, path: str) -> str | None:
        """Return the source root if a path is below it, else the deepest such root, or None."""
        return next((root for root in (self.main, *self.others) if _holds(root, path)), None)

    def name(self, path: str, root: str | None = None) -> str | None:
        """Return the name of a file below `root`; by default, below the deepest root above it."""
        wanted = path_name(path, root) if root is not None else None
        home = self.home(path)
        return wanted or (path_name(path, home) if home is not None else None)

    def with_all(self) -> ImportRoots:
        """Return the roots and, as the last one, the repository's folder: each file has a name."""
        return ImportRoots(self.main, (*(root for root in self.others if root != "."), "."))

    def package(self, path: str) -> str:
        """Return the package that relative imports of the file at `path` start from."""
        name = self.name(path) or ""
        return name if path.endswith(_INIT) else name.rpartition(".")[0]


def source_roots(survey: Survey) -> ImportRoots:
    """Return the folders at which absolute imports of a repository start."""
    files = [module for module in (*survey.modules, *survey.outside) if module.blob]
    tops = {module.name.partition(".")[0] for module in survey.modules}
    places = _Places({module.path for module in files})
    found: set[str] = set()
    for module in files:
        for statement in module.syntax.imports:
            if statement.level:
                found |= set() if module.name else places.above_packages(module.path)
                continue
            names = [statement.module] if statement.is_from else [n.name for n in statement.names]
            for name in names:
                top = name.partition(".")[0]
                if top not in tops and top not in sys.stdlib_module_names:
                    found |= places.meant(name, module.path)
    others = sorted(found - {survey.source_root}, key=lambda root: (-_depth(root), root))
    return ImportRoots(survey.source_root, tuple(others))


def named_outside(survey: Survey, roots: ImportRoots) -> tuple[Module, ...]:
    """Return the files outside the source root, with the names that they have below other roots."""
    known = survey.modules_by_name()
    named = (
        replace(m, name=roots.name(m.path) or "", is_package=m.path.endswith(_INIT))
        for m in survey.outside
    )
    return tuple(module for module in named if module.name not in known)


def beside(path: str, top: str, files: Container[str], source_root: str) -> str | None:
    """Return the file that a top-level name means by the folder of the importer at `path`.

    None where it has no such file, and where that folder is in the source root. Python and pytest
    put the folder above the outermost package of a file in front of the path.
    """
    folder = posixpath.dirname(path)
    while folder and f"{folder}{_INIT}" in files:
        folder = posixpath.dirname(folder)
    if (folder or ".") == source_root or (source_root != "." and _holds(source_root, path)):
        return None
    stem = posixpath.join(folder, top)
    return next((found for found in (f"{stem}.py", f"{stem}{_INIT}") if found in files), None)


def named_from(survey: Survey, root: str) -> Survey:
    """Return the survey with `root` as the source root; only its module names are adapted."""
    files = (m for m in (*survey.modules, *survey.outside) if m.blob)
    named = ((path_name(module.path, root), module) for module in files)
    modules = {
        name: replace(module, name=name, is_package=module.path.endswith(_INIT))
        for name, module in named
        if name is not None
    }
    for module in list(modules.values()):
        folder = posixpath.dirname(module.path)
        while folder and folder != root:
            name = module_name(folder, root)
            if name is not None and name not in modules:
                modules[name] = Module(name, folder, "", True, 0, nothing())
            folder = posixpath.dirname(folder)
    ordered = tuple(modules[name] for name in sorted(modules))
    return replace(survey, modules=ordered, source_root=root)


def own_tops(surveys: Iterable[Survey]) -> Mapping[str, frozenset[str]]:
    """Return root → the top-level names that no other one of several roots has."""
    tops = {s.source_root: {m.name.partition(".")[0] for m in s.modules} for s in surveys}
    return {
        root: frozenset(
            name for name in names if not any(name in o for r, o in tops.items() if r != root)
        )
        for root, names in tops.items()
    }


class _Places:
    """The Python files of a repository and their folders: the places that an import may mean."""

    def __init__(self, paths: Collection[str]) -> None:
        self._paths = paths
        self._folders: set[str] = set()
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._fitting: dict[str, list[str]] = {}
        for path in paths:
            parts = path.removesuffix(".py").split("/")
            for at, part in enumerate(parts):
                self._holders[part].add("/".join(parts[:at]) or ".")
                self._folders.add("/".join(parts[:at]))

    def meant(self, name: str, importer: str) -> set[str]:
        """Return the folders at which an import may start, preferably one above the importer."""
        if name not in self._fitting:
            holders = self._holders.get(name.partition(".")[0], ())
            self._fitting[name] = [root for root in holders if self._is_below(name, root)]
        fitting = self._fitting[name]
        around = [root for root in fitting if _holds(root, importer)]
        if around:
            return {max(around, key=_depth)}
        return set(fitting) if len(fitting) == 1 else set()

    def above_packages(self, path: str) -> set[str]:
        """Return the folder above the outermost package that holds a file, if one does."""
        folder = posixpath.dirname(path)
        if f"{folder}{_INIT}" not in self._paths:
            return set()
        while f"{folder}{_INIT}" in self._paths:
            folder = posixpath.dirname(folder)
        return {folder or "."}

    def _is_below(self, name: str, root: str) -> bool:
        """Return whether a file has that name below a folder that is no package itself.

        A single file such as `click.py` may be an unrelated library: only a package counts, or a
        dotted name that starts at the repository's own folder.
        """
        prefix = "" if root == "." else f"{root}/"
        place = prefix + name.replace(".", "/")
        is_package = f"{prefix}{name.partition('.')[0]}{_INIT}" in self._paths
        return (
            f"{prefix}__init__.py" not in self._paths
            and (is_package or (root == "." and "." in name))
            and (f"{place}.py" in self._paths or place in self._folders)
        )


def _holds(root: str, path: str) -> bool:
    return root == "." or path.startswith(f"{root}/")


def _depth(root: str) -> int:
    return 0 if root == "." else root.count("/") + 1
