"""What is there: modules, imports, classifications, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .files import TrackedFile
from .plan import Scope
from .syntax import ImportKind, Syntax


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file under the source root, or (with blob "") a folder without `__init__.py`."""

    name: str
    path: str
    blob: str
    is_package: bool
    lines: int
    syntax: Syntax

    @property
    def package(self) -> str:
        """The package that a relative import of level 1 starts from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @property
    def has_code(self) -> bool:
        """Whether it is more than docstring, comments and `__all__`."""
        syntax = self.syntax
        return bool(
            syntax.imports
            or syntax.classes
            or syntax.calls
            or syntax.anchors
            or syntax.bound - {"__all__"}
            or syntax.error_line is not None
        )


@dataclass(frozen=True, slots=True, order=True)
class DirectImport:
    """One edge of the import graph: `importer` imports the module `imported` on `line`."""

    importer: str
    imported: str
    line: int
    kind: ImportKind

    def __str__(self) -> str:
        return f"{self.importer} -> {self.imported} (line {self.line}, {self.kind})"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A text (string, comment, other tracked file) that names a module, dotted or as a path."""

    path: str
    line: int
    start: int
    end: int
    text: str
    module: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Why something was concluded: a line of the repository and what it shows."""

    path: str
    line: int
    text: str
    shows: str


@dataclass(frozen=True, slots=True)
class Classification:
    """What a module of the surveyed package adapts and serves, with the evidence kept.

    `technology` is None when nothing in the module names one. `domains` pairs each bounded
    context with the number of imports from it, the most used first. `ports` are the dotted names
    of the interfaces of the domain that its classes implement. `technologies` has all that it
    shows with their weights, best first: `technology` is the first. `provides` pairs each port that
    it wires with the class that stands for it, both dotted.
    """

    module: str
    technology: str | None
    domains: tuple[tuple[str, int], ...]
    role: str | None
    ports: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    technologies: tuple[tuple[str, float], ...] = ()
    provides: tuple[tuple[str, str], ...] = ()

    @property
    def domain(self) -> str | None:
        """The bounded context that the module imports most, or None."""
        return self.domains[0][0] if self.domains else None


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A file that could not be taken into the survey, and what to do about it."""

    path: str
    line: int
    message: str


class FindingKind(StrEnum):
    """What speaks against a layout."""

    TECHNOLOGY_SCATTERED = "technology scattered"
    BACKENDS_APART = "backends apart"
    STRANGER = "stranger"
    EMPTY_PACKAGE = "empty package"
    GRAB_BAG = "grab-bag"
    CONTEXT_NAMED = "context-named package"
    CYCLE = "cycle"
    SEVERAL_CONTEXTS = "serves several contexts"
    DUPLICATE_NAMES = "duplicate base names"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against the layout, as a sentence that can be read out.

    `weight` says from 0 to 1 how much it matters beside the others. `modules` are dotted names,
    sorted: those that it is about.
    """

    kind: FindingKind
    weight: float
    sentence: str
    modules: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was read from one commit.

    `modules` are all Python modules under the source root, sorted by name, the folders without
    `__init__.py` that hold modules included. `edges` are the first-party imports between them.
    `classifications` has one entry for each module of `package`. `files` are all tracked files.
    `findings` are what speaks against the layout, the heaviest first. `additions` is the text of
    the project's `reorg.toml`, which adds to the vocabulary. `notes` say what could not be told,
    a sentence each. `outside` are the Python files that nobody can import by a name, such as tests
    and scripts beside a source root `src`; their names are "".
    """

    commit: str
    package: str
    source_root: str
    files: tuple[TrackedFile, ...]
    modules: tuple[Module, ...]
    edges: tuple[DirectImport, ...]
    references: tuple[Reference, ...]
    classifications: tuple[Classification, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...] = ()
    additions: str = ""
    notes: tuple[str, ...] = ()
    outside: tuple[Module, ...] = ()

    @property
    def scope(self) -> Scope:
        """What a plan for this commit is about."""
        return Scope(self.package, self.source_root, self.commit)

    def modules_by_name(self) -> Mapping[str, Module]:
        """Module name → module, in the order of the names."""
        return {module.name: module for module in self.modules}

    def package_modules(self) -> tuple[Module, ...]:
        """The modules of the surveyed package, the package itself first."""
        prefix = self.package + "."
        return tuple(m for m in self.modules if m.name == self.package or m.name.startswith(prefix))
