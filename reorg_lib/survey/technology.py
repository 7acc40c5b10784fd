"""Which external system each module adapts.

The evidence is asked in this order: the module itself, then the modules of the package that it
uses, then the modules that use it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reorg_lib.model import DirectImport, Evidence, ImportKind, Module
from reorg_lib.survey.database_dialect import source_line
from reorg_lib.survey.technology_evidence import TechnologyEvidence, TechnologyScore
from reorg_lib.survey.vocabulary import Vocabulary

_NEIGHBOUR = 0.5
"""Points for each neighbour; the evidence in the module itself counts more."""


@dataclass(slots=True)
class TechnologyFinder:
    """Finds the technologies of all modules of a package at once, since they depend on each other.

    `members` are the package's modules, `wiring` those that only connect others, `errors` those
    that only define exceptions, `ports` the interfaces that each module implements, `first_party`
    the top-level names of the repository.
    """

    members: Mapping[str, Module]
    edges: Sequence[DirectImport]
    wiring: frozenset[str]
    errors: frozenset[str]
    ports: Mapping[str, Sequence[str]]
    first_party: frozenset[str]
    texts: Mapping[str, bytes]
    vocabulary: Vocabulary
    _sure: dict[str, TechnologyScore] = field(init=False, default_factory=dict)
    _found: dict[str, TechnologyScore] = field(init=False, default_factory=dict)
    _package: str = field(init=False)
    _by_importer: dict[str, list[DirectImport]] = field(init=False)
    _by_imported: dict[str, list[DirectImport]] = field(init=False)

    def __post_init__(self) -> None:
        self._package = min(self.members, key=len, default="")
        self._by_importer, self._by_imported = defaultdict(list), defaultdict(list)
        for edge in self.edges:
            self._by_importer[edge.importer].append(edge)
            self._by_imported[edge.imported].append(edge)

    def find(self) -> Mapping[str, TechnologyScore]:
        """Return module name → what it adapts; a module without evidence has no entry.

        Only the evidence in a module itself counts for its neighbours. Otherwise everything that
        uses a database, directly or not, would become one.
        """
        evidence = TechnologyEvidence(self.members, self.first_party, self.texts, self.vocabulary)
        own = {name: evidence.of(module) for name, module in self.members.items()}
        self._sure = {n: said for n, said in own.items() if said and n not in self.wiring}
        self._found = dict(self._sure)
        self._ask_all(self._used_by_it)
        for name, module in self.members.items():
            behind = evidence.behind_name(module, self.ports.get(name, ()))
            if behind is None or name in self.wiring:
                continue
            known = self._found.setdefault(name, behind)
            if known is behind:
                self._sure[name] = behind
            elif known.technology == behind.technology:
                self._sure[name] = self._found[name] = _together(behind, known)
        self._ask_all(self._used_by_it)
        self._ask_all(self._users_of_it)
        for name in sorted(self.wiring):
            wired = self._wired(self.members[name], own[name])
            if wired is not None:
                self._found[name] = wired
        return self._found

    # ---------------------------------------------------------- the evidence of the neighbours

    def _ask_all(self, ask: Callable[[Module], TechnologyScore | None]) -> None:
        """Ask for each remaining module, except in the layers that adapt nothing."""
        inner = self.vocabulary.layers.domain | self.vocabulary.layers.inside
        for name, module in self.members.items():
            if name in self._found or name in self.wiring or module.is_package:
                continue
            below = name[len(self._package) + 1 :].split(".")
            adapted = ask(module) if inner.isdisjoint(below) else None
            if adapted is not None:
                self._found[name] = adapted

    def _used_by_it(self, module: Module) -> TechnologyScore | None:
        """Return what most imported modules adapt; imports for types only do not count."""
        running = [
            e
            for e in self._by_importer[module.name]
            if e.kind is not ImportKind.TYPE_CHECKING and not self.members[e.imported].is_package
        ]
        edges = [e for e in running if self._telling(e.imported, module)]
        said = Counter(self._sure[e.imported].technology for e in edges)
        best = _most(said)
        if best is None or said[best] * 2 < len({e.imported for e in running}):
            return None
        edge = next(e for e in edges if self._sure[e.imported].technology == best)
        text = source_line(self.texts.get(module.path, b""), edge.line)
        shows = f"uses {edge.imported}, which adapts {best}"
        return TechnologyScore(_weights(said), (Evidence(module.path, edge.line, text, shows),))

    def _users_of_it(self, module: Module) -> TechnologyScore | None:
        """Return what all adapters that import it adapt, if that is one technology nearby.

        A module of exceptions belongs to a technology if most of its neighbours adapt it.
        """
        edges = [e for e in self._by_imported[module.name] if self._telling(e.importer, module)]
        technologies = {self._sure[e.importer].technology for e in edges}
        near = [e for e in edges if self._top(e.importer) == self._top(module.name)]
        if len(technologies) != 1 or not near:
            return None
        (only,) = technologies
        if module.name in self.errors and self._usual(self._top(module.name)) != only:
            return None
        path = self.members[near[0].importer].path
        text = source_line(self.texts.get(path, b""), near[0].line)
        shows = f"is used by adapters of {only} alone"
        points = ((only, _NEIGHBOUR * len(edges)),)
        return TechnologyScore(points, (Evidence(path, near[0].line, text, shows),))

    def _usual(self, top: str) -> str | None:
        return _most(Counter(a.technology for n, a in self._sure.items() if self._top(n) == top))

    def _top(self, name: str) -> str:
        """Return the first folder below the package, or the name of a module without one."""
        return name[len(self._package) + 1 :].partition(".")[0]

    def _telling(self, name: str, to: Module) -> bool:
        """Return whether a module's technology is evidence for its neighbour.

        A module that half of the program imports is evidence only for the folder named after it.
        """
        if name not in self._sure:
            return False
        known = self.vocabulary.technologies.get(self._sure[name].technology)
        near = self._top(name) == self._top(to.name) and name != to.name
        return known is None or not known.quiet or near

    def _wired(self, module: Module, own: TechnologyScore | None) -> TechnologyScore | None:
        """Return what a wiring module wires most; if that is not clear, all get equal weights."""
        edges = [e for e in self._by_importer[module.name] if self._telling(e.imported, module)]
        said = Counter(self._sure[e.imported].technology for e in edges)
        said.update(name for name, _ in (own.weights if own else ()))
        if not said:
            return None
        best = _most(said)
        lines = tuple(
            Evidence(
                module.path,
                e.line,
                source_line(self.texts.get(module.path, b""), e.line),
                f"wires {e.imported}, which adapts {self._sure[e.imported].technology}",
            )
            for e in edges
            if best is None or self._sure[e.imported].technology == best
        )
        first = own.evidence if own and own.technology == best else ()
        return TechnologyScore(_weights(said), (*first, *lines), clear=best is not None)


def _together(one: TechnologyScore, other: TechnologyScore) -> TechnologyScore:
    """Join two pieces of evidence for the same technology; `one` is the stronger one."""
    points = dict(other.weights)
    points[one.technology] += one.weights[0][1]
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    return TechnologyScore(tuple(ranked), tuple(dict.fromkeys((*one.evidence, *other.evidence))))


def _weights(said: Counter[str]) -> tuple[tuple[str, float], ...]:
    ranked = sorted(said.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, _NEIGHBOUR * count) for name, count in ranked)


def _most(said: Counter[str]) -> str | None:
    """Return the most frequent one, or None if several are."""
    ranked = said.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
