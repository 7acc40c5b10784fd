"""Which modules implement which ports with which technology.

From the survey's classifications it derives which module adapts what, which ports it really
implements, and which ports have backends of several technologies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from reorg_lib.model import Module, Survey
from reorg_lib.plan.proposal.database_roles import WIRING
from reorg_lib.survey.ports import camel_words
from reorg_lib.survey.vocabulary import load_vocabulary

_SQL = "sql"


@dataclass(frozen=True, slots=True)
class BackendFamily:
    """Ports with the same last word that several technologies implement."""

    concern: str
    ports: frozenset[str]
    technologies: tuple[str, ...]


def database_concerns(survey: Survey) -> frozenset[str]:
    """Return the concerns whose modules are arranged by role."""
    known = load_vocabulary(survey.additions).technologies
    return frozenset(known[name].concern for name in (_SQL, *known[_SQL].specific))


def families(survey: Survey) -> tuple[BackendFamily, ...]:
    """Return the shared concerns, sorted by name.

    A technology takes part when most of its modules that implement any port implement these: one
    database adapter behind a port does not make the database a backend of it.
    """
    words: dict[str, set[str]] = defaultdict(set)
    by_technology: dict[str, list[set[str]]] = defaultdict(list)
    technologies_of = adapted(survey)
    ports_of = implemented_ports(survey)
    for entry in survey.classifications:
        technology = technologies_of.get(entry.module)
        ports = ports_of[entry.module]
        if technology and ports:
            by_technology[technology].append({port_word(port) for port in ports})
            for port in ports:
                words[port_word(port)].add(port)
    owned: dict[str, set[str]] = defaultdict(set)
    for technology, modules in by_technology.items():
        counts = Counter(word for module in modules for word in module)
        for word, count in counts.items():
            if count * 2 > len(modules):
                owned[word].add(technology)
    return tuple(
        BackendFamily(word, frozenset(words[word]), tuple(sorted(technologies)))
        for word, technologies in sorted(owned.items())
        if len(technologies) > 1
    )


def wiring(survey: Survey) -> frozenset[str]:
    """Return the modules whose purpose is to connect classes for a DI container."""
    return frozenset(entry.module for entry in survey.classifications if entry.role == WIRING)


def adapted(survey: Survey) -> Mapping[str, str]:
    """Return module name → technology for the adapters of the package; wiring adapts nothing."""
    wires = wiring(survey)
    return {
        entry.module: entry.technology
        for entry in survey.classifications
        if entry.technology and entry.module not in wires
    }


def implemented_ports(survey: Survey) -> Mapping[str, tuple[str, ...]]:
    """Return module name → ports, without those that are only similar.

    Any class with a method `run` fits a port with a method `run`. Such a similarity counts only
    when the class is also named after the port (`DiskStorage` for `FileStorage`).
    """
    modules = survey.modules_by_name()
    return {
        entry.module: tuple(p for p in entry.ports if _means(modules[entry.module], p))
        for entry in survey.classifications
    }


def _means(module: Module, port: str) -> bool:
    name = port.rpartition(".")[2]
    return any(
        name in {base.rpartition(".")[2] for base in definition.bases}
        or port_word(port) in {word.lower() for word in camel_words(definition.name)}
        for definition in module.syntax.classes
    )


def port_word(port: str) -> str:
    """Return the last significant word of a port's name, in lower case.

    >>> port_word("shop.domain.orders.port.storage.FileStoragePort")
    'storage'
    """
    words = camel_words(port.rpartition(".")[2])
    empty = load_vocabulary().layers.empty
    telling = [word for word in words if word not in empty] or words
    return telling[-1].lower()
