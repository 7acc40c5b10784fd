"""Which external system each module adapts.

Owns the order in which evidence is asked: a module's own imports, then what it uses inside the
package, then who uses it. Must not know libraries by name; those are in the vocabulary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from reorg_lib.model import DirectImport, Evidence, ImportKind, ImportStatement, Module
from reorg_lib.survey.dialect import find_dialect, source_line
from reorg_lib.survey.ports import camel_words
from reorg_lib.survey.vocabulary import Technology, Vocabulary


@dataclass(frozen=True, slots=True)
class Finding:
    """A technology and the lines that show it, the most telling first."""

    technology: str
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class TechnologyFinder:
    """Finds technologies for all modules of a package at once, since they explain each other.

    `members` are the package's modules, `wiring` those that only tie others together, `ports` the
    interfaces that each implements.
    """

    members: Mapping[str, Module]
    edges: Sequence[DirectImport]
    wiring: frozenset[str]
    ports: Mapping[str, Sequence[str]]
    texts: Mapping[str, bytes]
    vocabulary: Vocabulary
    _dialects: dict[str, tuple[str, Evidence] | None] = field(init=False, default_factory=dict)
    _found: dict[str, Finding] = field(init=False, default_factory=dict)
    _package: str = field(init=False)
    _by_importer: dict[str, list[DirectImport]] = field(init=False)
    _by_imported: dict[str, list[DirectImport]] = field(init=False)

    def __post_init__(self) -> None:
        self._package = min(self.members, key=len, default="")
        self._by_importer, self._by_imported = defaultdict(list), defaultdict(list)
        for edge in self.edges:
            self._by_importer[edge.importer].append(edge)
            self._by_imported[edge.imported].append(edge)

    def find(self) -> Mapping[str, Finding]:
        """Return module name → finding; a module that nothing speaks about has no entry."""
        own = {name: self._own(module) for name, module in self.members.items()}
        for name, counts in own.items():
            if counts and name not in self.wiring:
                self._found[name] = max(counts.items(), key=lambda item: (item[1][0], item[0]))[1][
                    1
                ]
        self._spread(self._used_by_it)
        for name, module in self.members.items():
            finding = None if name in self._found else self._behind_port(module)
            if finding is not None:
                self._found[name] = finding
        self._spread(self._used_by_it)
        self._spread(self._users_of_it)
        for name in sorted(self.wiring):
            wired = self._wired(self.members[name], own[name])
            if wired is not None:
                self._found[name] = wired
        return self._found

    # ---------------------------------------------------------------- what a module says itself

    def _own(self, module: Module) -> dict[str, tuple[float, Finding]]:
        """Return technology → (weight, finding) from the module's own imports."""
        lines: dict[str, list[Evidence]] = defaultdict(list)
        weights: Counter[str] = Counter()
        dialects: dict[str, Evidence] = {}
        for statement, technology in self._imports(module):
            if technology.behind or not self._speaks(technology, module):
                continue
            name = technology.name
            if technology.specific and (dialect := self._dialect(technology)) is not None:
                name = dialect[0]
                dialects[name] = dialect[1]
            lines[name].append(self._line(module, statement, technology))
            weights[name] += 1 if statement.kind is ImportKind.TYPE_CHECKING else 2
        return {
            name: (
                weights[name],
                Finding(name, (*shown, *([dialects[name]] if name in dialects else []))),
            )
            for name, shown in lines.items()
        }

    def _imports(self, module: Module) -> Iterable[tuple[ImportStatement, Technology]]:
        written_first = sorted(
            module.syntax.imports, key=lambda s: (s.kind is ImportKind.TYPE_CHECKING, s.start)
        )
        for statement in written_first:
            if statement.level:
                continue
            # from google.cloud import storage    as    import google.cloud.storage
            written = [
                f"{statement.module}.{n.name}" if statement.is_from else n.name
                for n in statement.names
            ]
            found = (self.vocabulary.technology_of(dotted) for dotted in written)
            for technology in {t.name: t for t in found if t is not None}.values():
                yield statement, technology

    def _speaks(self, technology: Technology, module: Module) -> bool:
        words = PurePosixPath(module.path).stem.split("_")
        return not technology.quiet or not set(technology.stems).isdisjoint(words)

    def _dialect(self, general: Technology) -> tuple[str, Evidence] | None:
        if general.name not in self._dialects:
            self._dialects[general.name] = find_dialect(
                general, self.members.values(), self.texts, self.vocabulary
            )
        return self._dialects[general.name]

    def _line(self, module: Module, statement: ImportStatement, technology: Technology) -> Evidence:
        text = source_line(self.texts.get(module.path, b""), statement.line)
        lazily = " inside a function" if statement.kind is ImportKind.FUNCTION else ""
        only = " for types only" if statement.kind is ImportKind.TYPE_CHECKING else ""
        shows = f"imports a library for {technology.name}{lazily}{only}"
        return Evidence(module.path, statement.line, text, shows)

    def _behind_port(self, module: Module) -> Finding | None:
        """A library of the standard kind counts behind a port whose name asks for it."""
        words = {
            word.lower()
            for port in self.ports.get(module.name, ())
            for word in camel_words(port.rpartition(".")[2])
        }
        for statement, technology in self._imports(module):
            if asked := sorted(words & set(technology.behind)):
                line = self._line(module, statement, technology)
                port = f"behind a port named {asked[0]}"
                shown = Evidence(line.path, line.line, line.text, f"{line.shows} {port}")
                return Finding(technology.name, (shown,))
        return None

    # -------------------------------------------------------------- what its neighbours say

    def _spread(self, ask: Callable[[Module], Finding | None]) -> None:
        """Ask all modules without a technology, again and again while any of them learns one."""
        while True:
            new = {
                name: finding
                for name, module in self.members.items()
                if name not in self._found and name not in self.wiring
                if (finding := ask(module)) is not None
            }
            if not new:
                return
            self._found.update(new)

    def _used_by_it(self, module: Module) -> Finding | None:
        """What most of the modules that it imports adapt; a type in a signature says nothing."""
        edges = [
            e
            for e in self._by_importer[module.name]
            if e.kind is not ImportKind.TYPE_CHECKING and self._telling(e.imported)
        ]
        best = _most([self._found[e.imported].technology for e in edges])
        if best is None:
            return None
        edge = next(e for e in edges if self._found[e.imported].technology == best)
        text = source_line(self.texts.get(module.path, b""), edge.line)
        shows = f"uses {edge.imported}, which adapts {best}"
        return Finding(best, (Evidence(module.path, edge.line, text, shows),))

    def _users_of_it(self, module: Module) -> Finding | None:
        """What all of the adapters that import it adapt, if that is one thing next door."""
        edges = [e for e in self._by_imported[module.name] if self._telling(e.importer)]
        technologies = {self._found[e.importer].technology for e in edges}
        near = [e for e in edges if self._top(e.importer) == self._top(module.name)]
        if len(technologies) != 1 or not near or module.is_package:
            return None
        (only,) = technologies
        path = self.members[near[0].importer].path
        text = source_line(self.texts.get(path, b""), near[0].line)
        shows = f"is used by adapters of {only} alone"
        return Finding(only, (Evidence(path, near[0].line, text, shows),))

    def _top(self, name: str) -> str:
        """The first folder below the package that a module lies in; loose ones have their own."""
        return name[len(self._package) + 1 :].partition(".")[0]

    def _telling(self, name: str) -> bool:
        """Whether a module's technology says something about its neighbours."""
        if name not in self._found or name in self.wiring:
            return False
        known = self.vocabulary.technologies.get(self._found[name].technology)
        return known is None or not known.quiet

    def _wired(self, module: Module, own: Mapping[str, tuple[float, Finding]]) -> Finding | None:
        """Wiring adapts what it wires most, if that is clear."""
        edges = [e for e in self._by_importer[module.name] if self._telling(e.imported)]
        best = _most([*own, *(self._found[e.imported].technology for e in edges)])
        if best is None:
            return None
        lines = tuple(
            Evidence(
                module.path,
                e.line,
                source_line(self.texts.get(module.path, b""), e.line),
                f"wires {e.imported}, which adapts {best}",
            )
            for e in edges
            if self._found[e.imported].technology == best
        )
        return Finding(best, (*(own[best][1].evidence if best in own else ()), *lines))


def _most(technologies: Sequence[str]) -> str | None:
    """Return the strictly most frequent one, or None."""
    ranked = Counter(technologies).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
