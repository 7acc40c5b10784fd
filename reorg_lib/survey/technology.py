"""Which external system each module adapts.

Owns the order in which evidence is asked: what a module says itself, then what it uses inside the
package, then who uses it. Must not know libraries by name; those are in the vocabulary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reorg_lib.model import DirectImport, Evidence, ImportKind, Module
from reorg_lib.survey.dialect import source_line
from reorg_lib.survey.own_evidence import Adapted, OwnEvidence
from reorg_lib.survey.vocabulary import Vocabulary

_NEIGHBOUR = 0.5
"""Points that a module gets for each neighbour; what it says itself counts more."""


@dataclass(slots=True)
class TechnologyFinder:
    """Finds technologies for all modules of a package at once, since they explain each other.

    `members` are the package's modules, `wiring` those that only tie others together, `ports` the
    interfaces that each implements, `first_party` the top-level names of the repository.
    """

    members: Mapping[str, Module]
    edges: Sequence[DirectImport]
    wiring: frozenset[str]
    ports: Mapping[str, Sequence[str]]
    first_party: frozenset[str]
    texts: Mapping[str, bytes]
    vocabulary: Vocabulary
    _found: dict[str, Adapted] = field(init=False, default_factory=dict)
    _package: str = field(init=False)
    _by_importer: dict[str, list[DirectImport]] = field(init=False)
    _by_imported: dict[str, list[DirectImport]] = field(init=False)

    def __post_init__(self) -> None:
        self._package = min(self.members, key=len, default="")
        self._by_importer, self._by_imported = defaultdict(list), defaultdict(list)
        for edge in self.edges:
            self._by_importer[edge.importer].append(edge)
            self._by_imported[edge.imported].append(edge)

    def find(self) -> Mapping[str, Adapted]:
        """Return module name → what it adapts; what nothing speaks about has no entry."""
        evidence = OwnEvidence(self.members, self.first_party, self.texts, self.vocabulary)
        own = {name: evidence.of(module) for name, module in self.members.items()}
        self._found = {n: said for n, said in own.items() if said and n not in self.wiring}
        self._spread(self._used_by_it)
        for name, module in self.members.items():
            behind = evidence.behind_name(module, self.ports.get(name, ()))
            if behind is not None and name not in self.wiring:
                known = self._found.setdefault(name, behind)
                if known is not behind and known.technology == behind.technology:
                    shown = (*behind.evidence, *known.evidence)
                    self._found[name] = replace(known, evidence=shown)
        self._spread(self._used_by_it)
        self._spread(self._users_of_it)
        for name in sorted(self.wiring):
            wired = self._wired(self.members[name], own[name])
            if wired is not None:
                self._found[name] = wired
        return self._found

    # -------------------------------------------------------------- what its neighbours say

    def _spread(self, ask: Callable[[Module], Adapted | None]) -> None:
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

    def _used_by_it(self, module: Module) -> Adapted | None:
        """What most of the modules that it imports adapt; a type in a signature says nothing."""
        edges = [
            e
            for e in self._by_importer[module.name]
            if e.kind is not ImportKind.TYPE_CHECKING and self._telling(e.imported, module)
        ]
        said = Counter(self._found[e.imported].technology for e in edges)
        best = _most(said)
        if best is None:
            return None
        edge = next(e for e in edges if self._found[e.imported].technology == best)
        text = source_line(self.texts.get(module.path, b""), edge.line)
        shows = f"uses {edge.imported}, which adapts {best}"
        return Adapted(_weights(said), (Evidence(module.path, edge.line, text, shows),))

    def _users_of_it(self, module: Module) -> Adapted | None:
        """What all of the adapters that import it adapt, if that is one thing next door."""
        edges = [e for e in self._by_imported[module.name] if self._telling(e.importer, module)]
        technologies = {self._found[e.importer].technology for e in edges}
        near = [e for e in edges if self._top(e.importer) == self._top(module.name)]
        if len(technologies) != 1 or not near or module.is_package:
            return None
        (only,) = technologies
        path = self.members[near[0].importer].path
        text = source_line(self.texts.get(path, b""), near[0].line)
        shows = f"is used by adapters of {only} alone"
        points = ((only, _NEIGHBOUR * len(edges)),)
        return Adapted(points, (Evidence(path, near[0].line, text, shows),))

    def _top(self, name: str) -> str:
        """The first folder below the package that a module lies in; loose ones have their own."""
        return name[len(self._package) + 1 :].partition(".")[0]

    def _telling(self, name: str, to: Module) -> bool:
        """Whether a module's technology says something about its neighbour.

        What half a program imports speaks for the folder that is named after it alone.
        """
        if name not in self._found or name in self.wiring:
            return False
        known = self.vocabulary.technologies.get(self._found[name].technology)
        near = self._top(name) == self._top(to.name) and name != to.name
        return known is None or not known.quiet or near

    def _wired(self, module: Module, own: Adapted | None) -> Adapted | None:
        """Wiring adapts what it wires most; where that is not clear the weights are even."""
        edges = [e for e in self._by_importer[module.name] if self._telling(e.imported, module)]
        said = Counter(self._found[e.imported].technology for e in edges)
        said.update(name for name, _ in (own.weights if own else ()))
        if not said:
            return None
        best = _most(said)
        lines = tuple(
            Evidence(
                module.path,
                e.line,
                source_line(self.texts.get(module.path, b""), e.line),
                f"wires {e.imported}, which adapts {self._found[e.imported].technology}",
            )
            for e in edges
            if best is None or self._found[e.imported].technology == best
        )
        first = own.evidence if own and own.technology == best else ()
        return Adapted(_weights(said), (*first, *lines), clear=best is not None)


def _weights(said: Counter[str]) -> tuple[tuple[str, float], ...]:
    ranked = sorted(said.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, _NEIGHBOUR * count) for name, count in ranked)


def _most(said: Counter[str]) -> str | None:
    """Return the strictly most frequent one, or None."""
    ranked = said.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
