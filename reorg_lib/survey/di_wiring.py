"""Dependency injection: which class is registered for which port, read from the code.

The names in a registration (`python/di_registrations.py`) are followed to a port and to a class
of the package.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from reorg_lib.python.di_registrations import Registration
from reorg_lib.survey.ports import PortFinder, Provision


def find_provisions(
    handed: Mapping[str, Collection[Registration]], finder: PortFinder
) -> tuple[Provision, ...]:
    """Return which class is registered for which port, from module → its registrations."""
    functions = {
        (name, one.function): one for name, given in handed.items() for one in given if one.function
    }
    return tuple(
        sorted(
            {
                Provision(name, one.line, port, implementation)
                for name, given in handed.items()
                for one in given
                for port, implementation in _Reader(finder, functions, name).pairs(one)
            }
        )
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Follows the names of one module to ports and classes, also through factories."""

    finder: PortFinder
    functions: Mapping[tuple[str, str], Registration]
    module: str

    def pairs(self, handed: Registration) -> Iterator[tuple[str, str]]:
        ports = {p for name in handed.wanted for p in self._ports(name)}
        classes = {c for name in handed.made for c in self._classes(name)}
        for implementation in sorted(classes):
            for port in sorted(ports) or self.finder.declared_by(implementation):
                yield port, implementation

    def _ports(self, name: str) -> Iterator[str]:
        port = self.finder.port(self.module, name)
        if port is not None:
            yield port
        else:
            # dependency_overrides[get_storage] = …: what the function is annotated with
            place = self._function(name)
            if place is not None:
                there = _Reader(self.finder, self.functions, place[0])
                for wanted in self.functions[place].wanted:
                    if found := self.finder.port(there.module, wanted):
                        yield found

    def _classes(self, name: str) -> Iterator[str]:
        found = self.finder.adapter(self.module, name)
        if found is not None:
            yield found
            return
        place = self._function(name)
        if place is not None:
            for made in self.functions[place].made:
                found = self.finder.adapter(place[0], made)
                if found is not None:
                    yield found

    def _function(self, name: str) -> tuple[str, str] | None:
        if (self.module, name) in self.functions:
            return self.module, name
        package, _, last = self.finder.whole_name(self.module, name).rpartition(".")
        return (package, last) if (package, last) in self.functions else None


def users_of(members: Collection[str], imports: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the members and the modules that import from one of them."""
    return frozenset(members) | {importer for importer, one in imports if one in members}
