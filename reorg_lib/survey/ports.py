"""The interfaces of the domain (ports), and which classes implement them.

A base class is followed through imports and re-exports. A class may also match the methods of a
port without naming it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reorg_lib.model import ClassDefinition, Module
from reorg_lib.python.dotted_names import longest_module, names_imported
from reorg_lib.survey.vocabulary import Layers


@dataclass(frozen=True, slots=True, order=True)
class Implementation:
    """A class on `line` implements `port`; `how` is a verb phrase that says how this is known."""

    port: str
    line: int
    class_name: str
    how: str


@dataclass(frozen=True, slots=True, order=True)
class Provision:
    """On `line` of `module`, `implementation` is registered for `port`; both are dotted names."""

    module: str
    line: int
    port: str
    implementation: str


@dataclass(slots=True)
class PortFinder:
    """Finds the classes that implement the interfaces of the domain.

    An interface that `package` itself declares is a port if a class has it as its base.
    """

    modules: Mapping[str, Module]
    layers: Layers
    package: str
    _classes: dict[str, dict[str, ClassDefinition]] = field(init=False)
    _ports: dict[str, frozenset[str]] = field(init=False)
    _shapes: list[tuple[str, frozenset[str], set[str]]] = field(init=False)
    _imported: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _places: dict[tuple[str, str], tuple[str, ClassDefinition] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._classes = {
            name: {c.name: c for c in m.syntax.classes} for name, m in self.modules.items()
        }
        self._ports = {
            f"{name}.{c.name}": frozenset(m for m in c.methods if not m.startswith("_"))
            for name in self.modules
            for c in self._classes[name].values()
            if self._is_port(name, c)
        }
        for port in [port for port, methods in self._ports.items() if not methods]:
            self._ports[port] = self._inherited(port)
        outside = {p: m for p, m in self._ports.items() if not self._in_package(p)}
        declared_by = Counter(m for methods in outside.values() for m in methods)
        said = self._declared_somewhere() if outside else frozenset()
        self._shapes = [
            (port, methods, self._words(port.rpartition(".")[2]))
            for port, methods in outside.items()
            if port not in said and any(declared_by[method] == 1 for method in methods)
        ]

    def implemented_by(
        self, module: Module, handed: Iterable[Provision] = ()
    ) -> tuple[Implementation, ...]:
        """Return what the module's classes implement, sorted by port.

        A class has it as a base, or has all of its methods, or is registered for it in `handed`.
        """
        found: dict[str, Implementation] = {}
        wired = {(h.implementation, h.port) for h in handed}
        for definition in module.syntax.classes:
            ancestors = dict(self._ancestors(module.name, definition, frozenset()))
            for base in ancestors:
                if self._ports.get(base):
                    found[base] = Implementation(
                        base, definition.line, definition.name, "implements"
                    )
            if not self._is_interface(module.name, definition):
                own = set(definition.methods).union(*(a.methods for a in ancestors.values()))
                for port in self._fitting(definition.name, own):
                    shape = "has every method of"
                    found.setdefault(
                        port, Implementation(port, definition.line, definition.name, shape)
                    )
            for port in sorted(p for c, p in wired if c == f"{module.name}.{definition.name}"):
                found.setdefault(
                    port,
                    Implementation(port, definition.line, definition.name, "is provided as"),
                )
        return tuple(sorted(found.values()))

    def port(self, module: str, dotted: str) -> str | None:
        """Return the port that a name means in `module`, dotted, or None."""
        place = self._find(module, dotted)
        whole = f"{place[0]}.{place[1].name}" if place else ""
        return whole if self._ports.get(whole) else None

    def adapter(self, module: str, dotted: str) -> str | None:
        """Return the class of the package that a name means in `module`, dotted, or None."""
        place = self._find(module, dotted)
        whole = f"{place[0]}.{place[1].name}" if place else ""
        return whole if self._in_package(whole) and whole not in self._ports else None

    def declared_by(self, adapter: str) -> tuple[str, ...]:
        """Return the ports among the ancestors of a class, sorted."""
        module, _, name = adapter.rpartition(".")
        ancestors = self._ancestors(module, self._classes[module][name], frozenset())
        return tuple(sorted(base for base, _ in ancestors if self._ports.get(base)))

    def whole_name(self, module: str, dotted: str) -> str:
        """Return the full name of a name that `module` imports, or the name itself."""
        head, _, rest = dotted.partition(".")
        whole = self._names(module).get(head, head)
        return f"{whole}.{rest}" if rest else whole

    def _fitting(self, class_name: str, methods: set[str]) -> Iterator[str]:
        """Yield the ports whose methods the class has, without naming them as a base.

        One of the methods must be the port's alone, and both names must share a specific word.
        Where any class names the port as its base, matching methods prove nothing.
        """
        own = self._words(class_name)
        for port, wanted, words in self._shapes:
            if own & words and wanted <= methods:
                yield port

    def _inherited(self, port: str) -> frozenset[str]:
        # class OrderRepository(GenericRepository[Order], ABC): ...
        module, _, name = port.rpartition(".")
        ancestors = self._ancestors(module, self._classes[module][name], frozenset())
        methods = (method for _, ancestor in ancestors for method in ancestor.methods)
        return frozenset(method for method in methods if not method.startswith("_"))

    def _declared_somewhere(self) -> frozenset[str]:
        bases = (
            base
            for name in self.modules
            if self._in_package(name)
            for definition in self._classes[name].values()
            for base, _ in self._ancestors(name, definition, frozenset())
        )
        return frozenset(base for base in bases if base in self._ports)

    def _words(self, name: str) -> set[str]:
        return set(camel_words(name)) - self.layers.empty

    def _is_port(self, module: str, definition: ClassDefinition) -> bool:
        """Return whether a class is an interface of the domain, the application or the package."""
        parts = set(module.split("."))
        if parts & (self.layers.domain | self.layers.ports):
            return self._is_interface(module, definition)
        if parts & self.layers.inside or self._in_package(module):
            return self._says_so(definition)
        return False

    def _in_package(self, dotted: str) -> bool:
        return f"{dotted}.".startswith(f"{self.package}.")

    def _says_so(self, definition: ClassDefinition) -> bool:
        return bool({b.rpartition(".")[2] for b in definition.bases} & self.layers.interfaces)

    def _is_interface(self, module: str, definition: ClassDefinition) -> bool:
        """Return whether a class is marked as an interface, or is among the ports and no error."""
        if self._says_so(definition):
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
        """Return the module and the class that a name means in `module`; cached."""
        if (module, dotted) not in self._places:
            self._places[module, dotted] = self._followed(module, dotted)
        return self._places[module, dotted]

    def _followed(self, module: str, dotted: str) -> tuple[str, ClassDefinition] | None:
        seen = set()
        while (module, dotted) not in seen:
            seen.add((module, dotted))
            if dotted in self._classes.get(module, {}):
                return module, self._classes[module][dotted]
            whole = self._names(module).get(dotted.partition(".")[0])
            if whole is None:
                return None
            rest = dotted.partition(".")[2]
            target = f"{whole}.{rest}" if rest else whole
            known = longest_module(target, self.modules)
            if known is None or known == target:
                return None
            module, dotted = known, target[len(known) + 1 :]
        return None

    def _names(self, module: str) -> Mapping[str, str]:
        if module not in self._imported:
            self._imported[module] = imported_names(self.modules[module])
        return self._imported[module]


def imported_names(module: Module) -> Mapping[str, str]:
    """Return local name → full dotted name of each name that the module imports."""
    imports = module.syntax.imports
    return dict(pair for statement in imports for pair in names_imported(statement, module.package))


def camel_words(name: str) -> list[str]:
    """Return the words of a class name.

    >>> camel_words("S3FileStorage")
    ['S3', 'File', 'Storage']
    """
    return re.findall(r"[A-Z]+\d*(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+", name)
