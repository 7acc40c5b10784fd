"""The context of hazards: the repository before the moves, and the new place of everything.

It answers the questions of every kind: where a file goes, the new name of a module, which modules
do not keep their place in a package.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reorg_lib.hazards.reading.imported_names import ImportedNames
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.model import (
    Hazard,
    Module,
    Plan,
    Severity,
    Survey,
)
from reorg_lib.plan.outcome import outcome_of
from reorg_lib.survey.import_roots import ImportRoots, named_outside, source_roots
from reorg_lib.text_references import Classifier, read_repository_tree

_SHOWN = 3
_LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class HazardContext:
    """One survey under one plan. Make one with `hazard_context`.

    `new_paths` maps each tracked path to its new path, None if it is removed. `new_names` does the
    same for modules and packages; None also means a package whose modules went to several places.
    `by_path` has the modules, `files` also Python files outside of the source root.
    """

    survey: Survey
    plan: Plan
    contents: Mapping[str, bytes]
    new_paths: Mapping[str, str | None]
    files_after: frozenset[str]
    new_names: Mapping[str, str | None]
    modules: Mapping[str, Module]
    by_path: Mapping[str, Module]
    files: Mapping[str, Module]
    roots: ImportRoots
    judge: Classifier
    imports: ImportedNames
    readings: dict[object, object] = field(default_factory=dict, repr=False)
    _codes: dict[str, Code] = field(default_factory=dict, repr=False)
    _lost_submodules: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _displaced: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _sorted: list[str] = field(default_factory=list, repr=False)
    _texts: list[tuple[str, bytes]] = field(default_factory=list, repr=False)

    @property
    def root(self) -> str:
        """The first segment of the surveyed package's name."""
        return self.survey.package.partition(".")[0]

    @property
    def renames_modules(self) -> bool:
        """Whether any module or package has another name after the moves."""
        return any(old != new for old, new in self.new_names.items())

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of each regular text file that is not too large to read."""
        if not self._texts:
            for file in self.survey.files:
                content = self.contents.get(file.path)
                if not file.is_regular or content is None or len(content) > _LARGEST:
                    continue
                if b"\0" not in content:
                    self._texts.append((file.path, content))
        yield from self._texts

    def moved_files(self) -> Iterator[str]:
        """Yield the Python files that move; not `m.py` that becomes `m/__init__.py`."""
        for path, module in self.files.items():
            is_kept = self.new_names.get(module.name) == module.name
            if self.new_paths.get(path) not in (None, path) and not is_kept:
                yield path

    def python_files(self, *words: bytes) -> Iterator[Code]:
        """Yield the Python files that contain one of the words, as `Code`."""
        for path, content in self.texts():
            if path.endswith(".py") and any(word in content for word in words):
                yield self.code(path)

    def code(self, path: str) -> Code:
        """Return one Python file, parsed once."""
        if path not in self._codes:
            self._codes[path] = Code(path, self.contents[path])
        return self._codes[path]

    def module_after(self, dotted: str) -> str | None:
        """Return the new form of a dotted name by its longest prefix that is a module.

        None when that module has no successor; the name itself when no module is named.
        """
        known = self.module_prefix(dotted)
        if known is None:
            return dotted
        new = self.new_names[known]
        return None if new is None else new + dotted[len(known) :]

    def module_prefix(self, dotted: str) -> str | None:
        """Return the longest prefix of a dotted name that is a module, or None."""
        while dotted and dotted not in self.new_names:
            dotted = dotted.rpartition(".")[0]
        return dotted or None

    def modules_below(self, package: str) -> Iterator[str]:
        """Yield the modules below a package, except removed ones without code."""
        for name in self._inside(package):
            module = self.modules[name]
            if module.blob and (self.new_names[name] is not None or module.has_code):
                yield name

    def _inside(self, package: str) -> Iterator[str]:
        if not self._sorted:
            self._sorted.extend(sorted(self.new_names))
        prefix = f"{package}."
        for at in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if not self._sorted[at].startswith(prefix):
                break
            yield self._sorted[at]

    def displaced(self, package: str) -> tuple[str, ...]:
        """Return the modules below a package that do not keep their place below its successor."""
        if package not in self._displaced:
            home = self.new_names.get(package)
            self._displaced[package] = tuple(
                name
                for name in self.modules_below(package)
                if home is None or self.new_names[name] != home + name[len(package) :]
            )
        return self._displaced[package]

    def leaving(self, package: str) -> list[str]:
        """Return the modules below a package that are not below its successor after the moves."""
        home = self.new_names.get(package)
        return [
            name
            for name in self.displaced(package)
            if home is None or not (self.new_names[name] or "").startswith(f"{home}.")
        ]

    def arriving(self, package: str) -> tuple[str, ...]:
        """Return the modules that enter a package from outside, by their old names."""
        home = self.new_names.get(package)
        if home is None:
            return ()
        return tuple(
            old
            for old, new in self.new_names.items()
            if new is not None
            and self.modules[old].blob
            and new.startswith(home + ".")
            and not old.startswith(package + ".")
            and old != package
        )

    def is_package(self, name: str) -> bool:
        """Tell whether a name is a package, with or without an `__init__`."""
        return name in self.modules and self.modules[name].is_package

    def lost_submodules(self, package: str) -> frozenset[str]:
        """Return the submodules that a package's object no longer has, by last name.

        One that its `__init__` imports by name stays an attribute, wherever the module goes.
        """
        if package not in self._lost_submodules:
            home, module = self.new_names.get(package), self.modules.get(package)
            bound = module.syntax.bound if module is not None else frozenset()
            inside = ((name, name[len(package) + 1 :]) for name in self._inside(package))
            self._lost_submodules[package] = frozenset(
                leaf
                for name, leaf in inside
                if "." not in leaf
                and leaf not in bound
                and (home is None or self.new_names[name] != f"{home}.{leaf}")
            )
        return self._lost_submodules[package]

    def folder_of(self, package: str) -> str:
        """Return the folder of a package, with or without an `__init__`."""
        module = self.modules[package]
        return posixpath.dirname(module.path) if module.blob else module.path

    def package_of(self, path: str) -> tuple[str, str] | None:
        """Return `__package__` of a module before and after, None if it is no module or removed."""
        module, target = self.by_path.get(path), self.new_paths.get(path)
        if module is None or target is None:
            return None
        return module.package, self.roots.package(target)

    def is_product(self, path: str) -> bool:
        """Return whether a file is in the reorganised top package, and not in its tests."""
        module = self.by_path.get(path)
        if module is None or f"{module.name}.".startswith(f"{self.root}.") is False:
            return False
        return not {"test", "tests"} & set(path.split("/"))


def hazard_context(survey: Survey, plan: Plan, contents: Mapping[str, bytes]) -> HazardContext:
    """Return the context for the approved steps of a valid plan.

    Args:
        contents: path → bytes of the tracked files, as `Repository.contents_by_path` gives them.
    """
    outcome = outcome_of(survey, plan)
    new_paths = outcome.new_paths
    roots = source_roots(survey)
    outside = {module.path for module in survey.outside}
    if any(path in outside and new_paths[path] != path for path in new_paths):
        roots = roots.with_all()
        survey = replace(survey, modules=(*survey.modules, *named_outside(survey, roots)))
    modules = {module.name: module for module in survey.modules}
    files = {m.path: m for m in (*survey.outside, *survey.modules) if m.blob}
    return HazardContext(
        survey=survey,
        plan=plan,
        contents=contents,
        new_paths=new_paths,
        files_after=outcome.files,
        new_names=outcome.names(survey, roots),
        modules=modules,
        by_path={module.path: module for module in survey.modules if module.blob},
        files=files,
        roots=roots,
        judge=judge_of(survey, plan, contents),
        imports=ImportedNames(modules, files, contents),
    )


def judge_of(survey: Survey, plan: Plan, contents: Mapping[str, bytes]) -> Classifier:
    """Return the classifier that decides whether a name in a text means a module."""
    return Classifier(
        read_repository_tree(
            {module.name: module.syntax.bound for module in survey.modules},
            {module.name: contents.get(module.path, b"") for module in survey.modules},
            (file.path for file in survey.files),
            plan.scope.path_prefixes,
            {
                file.path: contents[file.path]
                for file in survey.files
                if file.path.endswith(".py") and file.is_regular
            },
        )
    )


def hazard(
    kind: str,
    path: str,
    line: int,
    why: str,
    severity: Severity = Severity.BLOCK,
    *,
    span: tuple[int, int] = (0, 0),
    fix: str | None = None,
) -> Hazard:
    """Return a hazard whose id is made from its kind and place."""
    return Hazard(f"{kind}:{path}:{line}", kind, severity, path, line, why, *span, fix)


def note(kind: str, path: str, line: int, why: str) -> Hazard:
    """Return a hazard that is only reported."""
    return hazard(kind, path, line, why, Severity.NOTE)


def listed(names: Iterable[str]) -> str:
    """Return the first names in one phrase, and the number of the others."""
    known = list(names)
    rest = len(known) - _SHOWN
    said = ", ".join(known[:_SHOWN])
    return f"{said} (and {rest} more)" if rest > 0 else said


def changes(lost: Iterable[str], come: Iterable[str]) -> str:
    """Return what left a list and what is new in it, as one phrase; "" for neither."""
    gone, new = listed(lost), listed(come)
    return ", and ".join([f"no longer {gone}"] * bool(gone) + [f"{new} as well"] * bool(new))
