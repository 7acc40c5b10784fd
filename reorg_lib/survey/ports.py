"""The interfaces of the domain that a module's classes implement.

Owns the following of a base class through imports and re-exports, and the structural match.
Must not know technologies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reorg_lib.model import ClassDefinition, Module
from reorg_lib.survey.names import longest_module, resolve
from reorg_lib.survey.vocabulary import Layers


@dataclass(frozen=True, slots=True, order=True)
class Implementation:
    """A class on `line` implements `port`; `declared` where it names it among its bases."""

    port: str
    line: int
    class_name: str
    declared: bool


@dataclass(slots=True)
class PortFinder:
    """Knows the interfaces of the domain and finds who implements them."""

    modules: Mapping[str, Module]
    layers: Layers
    _classes: dict[str, dict[str, ClassDefinition]] = field(init=False)
    _ports: dict[str, frozenset[str]] = field(init=False)
    _declared_by: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self._classes = {
            name: {c.name: c for c in m.syntax.classes} for name, m in self.modules.items()
        }
        self._ports = {
            f"{name}.{c.name}": frozenset(m for m in c.methods if not m.startswith("_"))
            for name in self.modules
            if self._is_domain(name)
            for c in self._classes[name].values()
            if self._is_interface(name, c)
        }
        self._declared_by = Counter(m for methods in self._ports.values() for m in methods)

    def implemented_by(self, module: Module) -> tuple[Implementation, ...]:
        """Return what the module's classes implement, declared or by shape, sorted by port."""
        found: dict[str, Implementation] = {}
        for definition in module.syntax.classes:
            ancestors = dict(self._ancestors(module.name, definition, frozenset()))
            for base in ancestors:
                if self._ports.get(base):
                    found[base] = Implementation(base, definition.line, definition.name, True)
            if not self._is_interface(module.name, definition):
                own = set(definition.methods).union(*(a.methods for a in ancestors.values()))
                for port in self._fitting(definition.name, own):
                    found.setdefault(
                        port, Implementation(port, definition.line, definition.name, False)
                    )
        return tuple(sorted(found.values()))

    def _fitting(self, class_name: str, methods: set[str]) -> Iterator[str]:
        """A shape counts when a method is the port's alone and the names share a telling word."""
        for port, wanted in self._ports.items():
            distinctive = any(self._declared_by[method] == 1 for method in wanted)
            alike = self._words(class_name) & self._words(port.rpartition(".")[2])
            if distinctive and alike and wanted <= methods:
                yield port

    def _words(self, name: str) -> set[str]:
        return set(camel_words(name)) - self.layers.empty

    def _is_domain(self, module: str) -> bool:
        return not (self.layers.domain | self.layers.ports).isdisjoint(module.split("."))

    def _is_interface(self, module: str, definition: ClassDefinition) -> bool:
        """An interface says so itself, or lies among the ports and is no error."""
        if {base.rpartition(".")[2] for base in definition.bases} & self.layers.interfaces:
            return True
        in_ports = not self.layers.ports.isdisjoint(module.split("."))
        return in_ports and not definition.name.endswith(("Error", "Exception"))

    def _ancestors(
        self, module: str, definition: ClassDefinition, seen: frozenset[str]
    ) -> Iterator[tuple[str, ClassDefinition]]:
        for base in definition.bases:
            place = self._find(module, base)
            if place is None:
                continue
            dotted = f"{place[0]}.{place[1].name}"
            if dotted not in seen:
                yield dotted, place[1]
                if dotted not in self._ports:
                    yield from self._ancestors(*place, seen | {dotted})

    def _find(self, module: str, dotted: str) -> tuple[str, ClassDefinition] | None:
        """Return the module and the class that a name means in `module`."""
        seen = set()
        while (module, dotted) not in seen:
            seen.add((module, dotted))
            if dotted in self._classes.get(module, {}):
                return module, self._classes[module][dotted]
            whole = imported_names(self.modules[module]).get(dotted.partition(".")[0])
            if whole is None:
                return None
            rest = dotted.partition(".")[2]
            target = f"{whole}.{rest}" if rest else whole
            known = longest_module(target, self.modules)
            if known is None or known == target:
                return None
            module, dotted = known, target[len(known) + 1 :]
        return None


def imported_names(module: Module) -> Mapping[str, str]:
    """Return what each name that the module imports stands for: local name → dotted name."""
    names: dict[str, str] = {}
    for statement in module.syntax.imports:
        base = resolve(module.package, statement)
        for imported in statement.names:
            if not statement.is_from:
                root = imported.name.partition(".")[0]
                names[imported.alias or root] = imported.name if imported.alias else root
            elif base is not None:
                names[imported.alias or imported.name] = f"{base}.{imported.name}"
    return names


def camel_words(name: str) -> list[str]:
    """Return the words of a class name.

    >>> camel_words("S3FileStorage")
    ['S3', 'File', 'Storage']
    """
    return re.findall(r"[A-Z]+\d*(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+", name)
