"""What wiring connects: how much of it is in each concern, and the lines that show it.

This is the evidence for the place of a module that only builds others for a DI container: what it
provides, what it imports, and the switch by which it chooses among backends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reorg_lib.model import Module, Survey
from reorg_lib.plan.proposal.backends import BackendFamily
from reorg_lib.python.dotted_names import longest_module


@dataclass(frozen=True)
class WiringTies:
    """The wiring of `module`; `concerns` are those of the modules that have a place already."""

    survey: Survey
    module: Module
    concerns: Mapping[str, str]
    families: Sequence[BackendFamily]

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """The surveyed modules by name."""
        return self.survey.modules_by_name()

    @cached_property
    def imports(self) -> Counter[str]:
        """Concern → number of imports from it."""
        return Counter(
            self.concerns[edge.imported]
            for edge in self.survey.edges
            if edge.importer == self.module.name and edge.imported in self.concerns
        )

    @cached_property
    def provided(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Concern → port → the classes that it builds for it, by their own names."""
        entry = next(c for c in self.survey.classifications if c.module == self.module.name)
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for port, built in entry.provides:
            owner = longest_module(built, self.modules)
            if owner is not None and owner in self.concerns:
                place = found[self.concerns[owner]]
                place[port.rpartition(".")[2]].append(built.rpartition(".")[2])
        return {
            concern: {port: tuple(dict.fromkeys(sorted(built))) for port, built in ports.items()}
            for concern, ports in sorted(found.items())
        }

    def share(self, concern: str) -> float:
        """Return from 0 to 1 how much of it is in `concern`: the smaller of imports and classes."""
        built = {c: sum(map(len, ports.values())) for c, ports in self.provided.items()}
        shares = [
            counts.get(concern, 0) / total
            for counts in (self.imports, built)
            if (total := sum(counts.values()))
        ]
        return min(shares, default=0.0)

    def why(self, concern: str) -> str:
        """Return the argument for `concern` as half a sentence."""
        said = []
        if ports := self.provided.get(concern):
            things = "; ".join(f"{port} ({', '.join(ports[port])})" for port in sorted(ports))
            said.append(f"provides {things} from {concern}/")
        if count := self.imports[concern]:
            of = self.imports.total()
            said.append(f"wires {count} of {of} imports there")
        if not said and (switch := self._switch(concern)):
            said.append(switch)
        return ", ".join(said) or f"builds nothing of {concern}/, the other concern with backends"

    def _switch(self, concern: str) -> str:
        """Name an imported marker that has the name of a backend of `concern`."""
        backends = {
            t for family in self.families if family.concern == concern for t in family.technologies
        }
        for statement in self.module.syntax.imports:
            for imported in statement.names:
                if imported.name.rpartition(".")[2].lower() in backends:
                    return (
                        f"chooses what it provides by {imported.name} (line {statement.line}),"
                        f" which is a backend of {concern}/"
                    )
        return ""
