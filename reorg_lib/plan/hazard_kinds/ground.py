"""What is there before the moves, and what becomes of it: the ground that hazards stand on.

Owns the questions that every kind asks: where a file goes, what a module is called afterwards,
which modules do not keep their place in a package. Must not know any kind of hazard.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reorg_lib.mentions import Judge, tree_of
from reorg_lib.model import (
    Decision,
    Hazard,
    ImportedName,
    ImportStatement,
    Module,
    Plan,
    Severity,
    Survey,
)
from reorg_lib.plan.aftermath import (
    emptied_packages,
    files_after,
    has_code,
    new_packages,
)
from reorg_lib.plan.hazard_kinds.code import Code
from reorg_lib.plan.succession import names_after
from reorg_lib.survey.names import names_imported, resolve
from reorg_lib.survey.roots import Roots, named_outside, source_roots

_SHOWN = 3
_LARGEST = 5_000_000
_ALL = (ImportedName("*"),)
_ALIAS = re.compile(
    rb"^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=[ \t]*([A-Za-z_][\w.]*)[ \t\r]*(?:#.*)?$", re.M
)


@dataclass(frozen=True, slots=True)
class Ground:
    """One survey under one plan. Make one with `ground_of`.

    `fate` maps each tracked path to its new path, None where it goes away; `names` does the same
    for modules and packages, where None also means a package whose modules went to several
    places. `by_path` has the modules, `files` also the Python files outside of the source root;
    where one of these moves, they are modules, too.
    """

    survey: Survey
    plan: Plan
    contents: Mapping[str, bytes]
    fate: Mapping[str, str | None]
    after: frozenset[str]
    names: Mapping[str, str | None]
    modules: Mapping[str, Module]
    by_path: Mapping[str, Module]
    files: Mapping[str, Module]
    roots: Roots
    judge: Judge
    _codes: dict[str, Code] = field(default_factory=dict, repr=False)
    _lost: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _bound: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _given: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    _imported: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    _starred: dict[str, Sequence[str]] = field(default_factory=dict, repr=False)
    _strays: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _sorted: list[str] = field(default_factory=list, repr=False)
    _texts: list[tuple[str, bytes]] = field(default_factory=list, repr=False)

    @property
    def root(self) -> str:
        """The first segment of the surveyed package's name."""
        return self.survey.package.partition(".")[0]

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of each regular text file that is not too large to read."""
        if not self._texts:
            for file in self.survey.files:
                content = self.contents.get(file.path)
                if file.is_regular and content is not None and _is_text(content):
                    self._texts.append((file.path, content))
        yield from self._texts

    def python(self, *words: bytes) -> Iterator[Code]:
        """Yield the Python files that hold one of the words, ready to be read."""
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

        None when that module has no successor, the name itself when nothing of ours is named.
        """
        known = self.known(dotted)
        if known is None:
            return dotted
        new = self.names[known]
        return None if new is None else new + dotted[len(known) :]

    def known(self, dotted: str) -> str | None:
        """Return the longest prefix of a dotted name that is a module, or None."""
        while dotted and dotted not in self.names:
            dotted = dotted.rpartition(".")[0]
        return dotted or None

    def below(self, package: str) -> Iterator[str]:
        """Yield the modules below a package, those left out that are gone and said nothing."""
        for name in self._inside(package):
            module = self.modules[name]
            if module.blob and (self.names[name] is not None or has_code(module)):
                yield name

    def _inside(self, package: str) -> Iterator[str]:
        if not self._sorted:
            self._sorted.extend(sorted(self.names))
        prefix = f"{package}."
        for at in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if not self._sorted[at].startswith(prefix):
                break
            yield self._sorted[at]

    def strays(self, package: str) -> tuple[str, ...]:
        """Return the modules below a package that do not keep their place below its successor."""
        if package not in self._strays:
            home = self.names.get(package)
            self._strays[package] = tuple(
                name
                for name in self.below(package)
                if home is None or self.names[name] != home + name[len(package) :]
            )
        return self._strays[package]

    def arrivals(self, package: str) -> tuple[str, ...]:
        """Return the modules that come into a package from outside of it, by their old names."""
        home = self.names.get(package)
        if home is None:
            return ()
        return tuple(
            old
            for old, new in self.names.items()
            if new is not None
            and self.modules[old].blob
            and new.startswith(home + ".")
            and not old.startswith(package + ".")
            and old != package
        )

    def origin(self, path: str, dotted: str) -> str | None:
        """Return the absolute name that a dotted expression of a file stands for, by its imports.

        None where the first segment is nothing that the file imports.
        """
        module = self.files.get(path)
        if module is None:
            return None
        head, _, tail = dotted.partition(".")
        whole = self.imported_by(module).get(head)
        return f"{whole}.{tail}" if whole and tail else whole

    def imported_by(self, module: Module) -> Mapping[str, str]:
        """Return name → what the first import of the file that binds it takes."""
        if module.path not in self._imported:
            found: dict[str, str] = {}
            for statement in module.syntax.imports:
                for name, whole in names_imported(statement, module.package):
                    found.setdefault(name, whole)
            self._imported[module.path] = found
        return self._imported[module.path]

    def is_package(self, name: str) -> bool:
        """Tell whether a name is a package, with or without an `__init__`."""
        return name in self.modules and self.modules[name].is_package

    def base(self, module: Module, statement: ImportStatement) -> str | None:
        """Return the absolute name that a from-import starts at, None where it climbs out."""
        return resolve(module.package, statement)

    def handed_on(self, module: str, name: str) -> str | None:
        """Return what a module's name is where an import of the module binds it, or None."""
        read = self.modules[module]
        if (whole := self.imported_by(read).get(name)) is not None:
            return whole
        for base in self.starred(read):
            if name in self.bound_in(base):
                return f"{base}.{name}"
        written = self.aliases(read).get(name) if name in read.syntax.bound else None
        return (self.origin(read.path, written) or f"{module}.{written}") if written else None

    def bound_in(self, module: str) -> frozenset[str]:
        """Return the names that a module binds, those that come by its star imports included."""
        if module not in self._bound:
            read = self.modules[module]
            self._bound[module] = read.syntax.bound  # two modules may import all of each other
            given = (self.bound_in(base) for base in self.starred(read))
            self._bound[module] = read.syntax.bound.union(*given)
        return self._bound[module]

    # from shop.wiring import *
    def starred(self, module: Module) -> Sequence[str]:
        """Return the modules from which a module imports everything."""
        if module.path not in self._starred:
            bases = (
                resolve(module.package, statement)
                for statement in module.syntax.imports
                if statement.names == _ALL
            )
            self._starred[module.path] = [base for base in bases if base and base in self.modules]
        return self._starred[module.path]

    # old = shop.infra.old
    def aliases(self, module: Module) -> Mapping[str, str]:
        """Return name → the dotted name that a module assigns to it, "" where it does so twice."""
        if module.path not in self._given:
            found: dict[str, str] = {}
            for match in _ALIAS.finditer(self.contents.get(module.path, b"")):
                name, written = (part.decode(errors="replace") for part in match.groups())
                found[name] = "" if name in found else written
            self._given[module.path] = found
        return self._given[module.path]

    def lost(self, package: str) -> frozenset[str]:
        """Return the submodules that a package's object does not have any more, by last name.

        One that its `__init__` imports by name stays an attribute, wherever the module goes.
        """
        if package not in self._lost:
            home, module = self.names.get(package), self.modules.get(package)
            bound = module.syntax.bound if module is not None else frozenset()
            inside = ((name, name[len(package) + 1 :]) for name in self._inside(package))
            self._lost[package] = frozenset(
                leaf
                for name, leaf in inside
                if "." not in leaf
                and leaf not in bound
                and (home is None or self.names[name] != f"{home}.{leaf}")
            )
        return self._lost[package]

    def package_of(self, path: str) -> tuple[str, str] | None:
        """Return `__package__` of a module before and after, None if it is no module or goes."""
        module, target = self.by_path.get(path), self.fate.get(path)
        if module is None or target is None:
            return None
        return module.package, self.roots.package(target)

    def is_product(self, path: str) -> bool:
        """Tell whether a file lies in the top package that is reorganised, and not in its tests."""
        module = self.by_path.get(path)
        if module is None or f"{module.name}.".startswith(f"{self.root}.") is False:
            return False
        return not {"test", "tests"} & set(path.split("/"))


def ground_of(survey: Survey, plan: Plan, contents: Mapping[str, bytes]) -> Ground:
    """Return the ground for the approved steps of a valid plan.

    Args:
        contents: path → bytes of the tracked files, as `Repository.contents_by_path` gives them.
    """
    fate = _fate(survey, plan)
    roots = source_roots(survey)
    outside = {module.path for module in survey.outside}
    if any(path in outside and fate[path] != path for path in fate):
        roots = roots.with_all()
        survey = replace(survey, modules=(*survey.modules, *named_outside(survey, roots)))
    return Ground(
        survey=survey,
        plan=plan,
        contents=contents,
        fate=fate,
        after=files_after(survey, plan),
        names=names_after(survey, fate.get, new_packages(survey, plan), roots),
        modules={module.name: module for module in survey.modules},
        by_path={module.path: module for module in survey.modules if module.blob},
        files={m.path: m for m in (*survey.outside, *survey.modules) if m.blob},
        roots=roots,
        judge=judge_of(survey, plan, contents),
    )


def judge_of(survey: Survey, plan: Plan, contents: Mapping[str, bytes]) -> Judge:
    """Return what says of a name in a text whether it means a module."""
    return Judge(
        tree_of(
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
    """Return a hazard whose id is read off its kind and place."""
    return Hazard(f"{kind}:{path}:{line}", kind, severity, path, line, why, *span, fix)


def note(kind: str, path: str, line: int, why: str) -> Hazard:
    """Return a hazard that is only told."""
    return hazard(kind, path, line, why, Severity.NOTE)


def listed(names: Iterable[str]) -> str:
    """Return the first names in one phrase, and how many more there are."""
    known = list(names)
    rest = len(known) - _SHOWN
    said = ", ".join(known[:_SHOWN])
    return f"{said} (and {rest} more)" if rest > 0 else said


def _is_text(content: bytes) -> bool:
    return len(content) <= _LARGEST and b"\0" not in content


def _fate(survey: Survey, plan: Plan) -> Mapping[str, str | None]:
    fate: dict[str, str | None] = {file.path: file.path for file in survey.files}
    fate |= {move.source: move.target for move in plan.approved_moves()}
    for split in plan.splits:
        if split.decision is Decision.APPROVED:
            fate[split.source] = f"{split.target}/__init__.py"
    fate |= {step.path: None for step in plan.approved_deletions()}
    return fate | dict.fromkeys(emptied_packages(survey, plan))
