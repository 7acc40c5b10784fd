"""Which concern a module belongs to: the layout principle as rules.

The rules lead from technology, ports and neighbours to a folder below the package:

1. a port with backends of two or more technologies makes a shared concern, named after the port's
   last word, with one folder per technology beneath (`storage/fs`, `storage/s3`);
2. a port for an external system (an identity provider) names its concern;
3. any other technology names the concern (`postgres`, `http`);
4. a module without evidence goes where most of its folder goes; wiring that is alone goes
   where most of what it wires goes; a loose module goes to the concern that it is named after.

It is longer than 300 lines because the four rules depend on each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reorg_lib.model import Classification, Module, Survey
from reorg_lib.plan.proposal.backends import adapted, families, implemented_ports, wiring
from reorg_lib.plan.proposal.wiring_evidence import WiringTies
from reorg_lib.survey.vocabulary import load_vocabulary

_FEW = 3


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another folder that has evidence, and the evidence."""

    folder: str
    argument: str


@dataclass(frozen=True, slots=True)
class ConcernPlace:
    """A folder below the package ("" is the package itself), and why, as one sentence.

    `others` are further folders with evidence, best first; `sure` says from 0 to 1 how much of the
    evidence is for this one.
    """

    folder: str
    reason: str
    others: tuple[Alternative, ...] = ()
    sure: float = 1.0

    @property
    def concern(self) -> str:
        """The top-level package that contains the folder."""
        return self.folder.partition("/")[0]


def find_places(survey: Survey) -> Mapping[str, ConcernPlace]:
    """Return module name → place for each module of the package that belongs somewhere.

    A module without a rule has no entry and stays where it is.
    """
    return _Finder(survey).places()


class _Finder:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.modules = {
            m.name: m for m in survey.package_modules() if m.blob and m.name != survey.package
        }
        self.facts = {c.module: c for c in survey.classifications}
        self.wiring = wiring(survey)
        self.ports = implemented_ports(survey)
        self.technologies = adapted(survey)
        self.families = families(survey)
        self.vocabulary = load_vocabulary(survey.additions)
        self.importers: dict[str, list[str]] = {}  # imported module → importers
        for edge in survey.edges:
            self.importers.setdefault(edge.imported, []).append(edge.importer)
        self.found: dict[str, ConcernPlace] = {}
        # folder → where its placed modules go: those directly in it, and all below it
        self.here: dict[str, list[str]] = {}
        self.below: dict[str, list[str]] = {}
        self.concerns: set[str] = set()

    def places(self) -> Mapping[str, ConcernPlace]:
        for name, module in self.modules.items():
            if not module.is_package and name not in self.wiring and self.folder(name):
                place = self.shown(module)
                if place:
                    self.found[name] = place
        for place_of in (self.at_home, self.of_folder, self.of_loose, self.of_users):
            self._count()
            rest = {n: m for n, m in self.modules.items() if n not in self.found}
            new = {name: place_of(module) for name, module in rest.items()}
            self.found |= {name: place for name, place in new.items() if place}
        for name in sorted(self.wiring & self.found.keys()):
            place = self.found[name]
            self.found[name] = self.wired(name, place)
        return dict(sorted(self.found.items()))

    def _count(self) -> None:
        self.here, self.below = {}, {}
        self.concerns = {place.concern for place in self.found.values()}
        for name, place in self.found.items():
            folder = self.folder(name)
            self.here.setdefault(folder, []).append(place.folder)
            while folder:
                self.below.setdefault(folder, []).append(place.folder)
                folder = folder.rpartition("/")[0]

    def folder(self, name: str) -> str:
        """The folder of a module below the package; a package is in its own folder."""
        inner = name[len(self.survey.package) + 1 :]
        own = inner if self.modules[name].is_package else inner.rpartition(".")[0]
        return own.replace(".", "/")

    def shown(self, module: Module) -> ConcernPlace | None:
        """The place of a module by its own ports and technology."""
        facts = self.facts.get(module.name)
        technology = self.technologies.get(module.name)
        top = self.folder(module.name).partition("/")[0]
        for family in self.families:
            if not technology or technology not in family.technologies:
                continue
            ports = [p.rpartition(".")[2] for p in self.ports[module.name] if p in family.ports]
            folder = f"{family.concern}/{self.vocabulary.concern_of(technology)}"
            others = [t for t in family.technologies if t != technology]
            twins = f"{', '.join(others)} {'does' if len(others) == 1 else 'do'}"
            if ports:
                return ConcernPlace(
                    folder,
                    f"implements {', '.join(ports)} on {technology}, as {twins}: "
                    "interchangeable backends are siblings",
                    sure=0.95,
                )
            if top != family.concern:
                return ConcernPlace(
                    folder,
                    f"speaks {technology}, which is a backend of {family.concern} here",
                    sure=0.9,
                )
            reason = f"serves every backend of {family.concern}"
            return ConcernPlace(self.folder(module.name), reason, sure=0.8)
        for port, used in self.outside_ports(module, facts):
            deed = "uses" if used else "implements"
            return ConcernPlace(
                self.vocabulary.ports[port],
                f"{deed} {port}, which names what is adapted",
                sure=0.8 if used else 0.95,
            )
        if technology:
            concern = self.vocabulary.concern_of(technology)
            if facts and top != concern and self.is_at_home(facts, top):
                return ConcernPlace(
                    self.folder(module.name), f"adapts {top}, and lies there", sure=0.9
                )
            also, sure = self.shown_as_well(module, facts)
            return ConcernPlace(concern, _adapts(technology, facts), also, sure)
        return None

    def is_at_home(self, facts: Classification, top: str) -> bool:
        """Whether the module is in the concern of something that it adapts almost as much."""
        most = max((weight for _, weight in facts.technologies), default=0.0)
        return any(
            self.vocabulary.concern_of(name) == top and weight * 2 >= most
            for name, weight in facts.technologies
        )

    def shown_as_well(
        self, module: Module, facts: Classification | None
    ) -> tuple[tuple[Alternative, ...], float]:
        """What else a module adapts by its own lines, and how clearly the first one leads."""
        if facts is None or not any(e.path == module.path for e in facts.evidence[:1]):
            return (), 0.75
        weights = dict(facts.technologies)
        total = sum(weights.values())
        if len(weights) < 2:
            return (), 0.95
        first, *rest = (self.vocabulary.concern_of(name) for name in weights)
        others = tuple(
            Alternative(concern, f"adapts {technology} as well (weight {weight:g} of {total:g})")
            for concern, (technology, weight) in zip(rest, [*weights.items()][1:], strict=True)
            if concern != first
        )
        return others, max(weights.values()) / total if others else 0.95

    def outside_ports(
        self, module: Module, facts: Classification | None
    ) -> Iterable[tuple[str, bool]]:
        for port in self.ports.get(module.name, ()):
            if port.rpartition(".")[2] in self.vocabulary.ports:
                yield port.rpartition(".")[2], False
        if facts and not facts.technology:
            for statement in module.syntax.imports:
                for name in statement.names:
                    if name.name in self.vocabulary.ports:
                        yield name.name, True

    def at_home(self, module: Module) -> ConcernPlace | None:
        """A module that is already in a folder named after a concern stays there."""
        folder = self.folder(module.name)
        if folder.partition("/")[0] in self.concerns:
            return ConcernPlace(folder, f"lies under {folder}/ already", sure=0.9)
        return None

    def of_folder(self, module: Module) -> ConcernPlace | None:
        """Where most of the folder goes; without evidence, where the folder above goes."""
        folder = self.folder(module.name)
        wide = module.is_package
        while folder:
            near = (self.below if wide else self.here).get(folder)
            if near:
                counts = Counter(near)
                best, count = _most(counts)
                reason = f"goes with most of {folder}/ ({count} of {len(near)} modules)"
                if module.name in self.wiring:
                    return ConcernPlace(best, reason, sure=0.9)  # the others are wired
                others = tuple(
                    Alternative(
                        other, f"{counts[other]} of {len(near)} modules of {folder}/ go there"
                    )
                    for other in _ranked(counts, best)
                    if counts[other] * _FEW >= count
                )
                return ConcernPlace(best, reason, others, min(0.9, count / len(near)))
            if wide:
                folder = folder.rpartition("/")[0]
            wide = not wide
        return None

    def of_loose(self, module: Module) -> ConcernPlace | None:
        """A module directly below the package with a concern in its name, but not as the name."""
        stem = self.stem(module)
        if "." in stem or module.is_package:
            return None
        for concern in sorted({place.concern for place in self.found.values()}):
            if concern in stem.split("_") and concern != stem:
                return ConcernPlace(
                    concern, f"is named after {concern}/ and lies outside it", sure=0.75
                )
        return None

    def of_users(self, module: Module) -> ConcernPlace | None:
        """Wiring that is alone goes to what it wires, any other module to its only users."""
        if not self.folder(module.name) or module.is_package:
            return None
        if module.name in self.wiring:
            return self.of_wired(module)
        near = Counter(
            self.found[importer].concern
            for importer in self.importers.get(module.name, ())
            if importer in self.found
        )
        if not near:
            return None
        best, count = _most(near)
        of = near.total()
        others = tuple(
            Alternative(other, f"serves {near[other]} of {of} importers there")
            for other in _ranked(near, best)
        )
        reason = f"serves {best}/ first of all ({count} of {of} imports)"
        return ConcernPlace(best, reason, others, min(0.9, count / of))

    def of_wired(self, module: Module) -> ConcernPlace | None:
        wires = self.wires(module)
        if not wires.imports:
            return None
        near = Counter(wires.imports)
        best, count = _most(near)
        near.update({family.concern: 0 for family in self.families})
        others = tuple(Alternative(other, wires.why(other)) for other in _ranked(near, best))
        reason = f"wires {best}/ first of all ({count} of {wires.imports.total()} imports)"
        if best in wires.provided:
            reason = f"{wires.why(best).rpartition(', wires')[0]}; {reason}"
        return ConcernPlace(best, reason, others, min(0.9, wires.share(best)))

    def wired(self, name: str, place: ConcernPlace) -> ConcernPlace:
        """Add further concerns that wiring connects, unless they are few beside its own."""
        if place.others:
            return place
        wires = self.wires(self.modules[name])
        often = {c: n for c, n in wires.imports.items() if n * _FEW >= max(wires.imports.values())}
        others = tuple(Alternative(c, wires.why(c)) for c in _ranked(often, place.concern))
        sure = min(place.sure, wires.share(place.concern)) if others else place.sure
        return replace(place, others=others, sure=sure)

    def wires(self, module: Module) -> WiringTies:
        concerns = {name: place.concern for name, place in self.found.items()}
        return WiringTies(self.survey, module, concerns, self.families)

    def stem(self, module: Module) -> str:
        return module.name[len(self.survey.package) + 1 :]


def _adapts(technology: str, facts: Classification | None) -> str:
    """The evidence for a module's technology: a line of its own, or its neighbours."""
    first = facts.evidence[0] if facts and facts.evidence else None
    if first is None:
        return f"adapts {technology}"
    library = re.match(r"\s*(?:from|import)\s+([\w.]+)", first.text)
    if not first.shows.startswith("imports") or not library:
        return first.shows
    return f"adapts {technology} (imports {library[1]})"


def _most(values: Iterable[str]) -> tuple[str, int]:
    counts = values if isinstance(values, Counter) else Counter(values)
    return min(counts.items(), key=lambda item: (-item[1], item[0]))


def _ranked(counts: Mapping[str, int], without: str) -> tuple[str, ...]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, _ in ranked if name != without)
