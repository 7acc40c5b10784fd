"""The classification of each module of the package: what it adapts and whom it serves.

It joins technology, contexts, ports and role, which other modules recognise, and their evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from reorg_lib.model import Classification, DirectImport, Evidence, Module
from reorg_lib.python.di_registrations import Registration
from reorg_lib.survey.bounded_contexts import bounded_contexts, served
from reorg_lib.survey.database_dialect import source_line
from reorg_lib.survey.di_wiring import find_provisions, users_of
from reorg_lib.survey.ports import Implementation, PortFinder, Provision
from reorg_lib.survey.roles import find_role
from reorg_lib.survey.technology import TechnologyFinder
from reorg_lib.survey.vocabulary import Vocabulary

_WIRING, _ERRORS = "di", "error"


def classify(
    modules: Mapping[str, Module],
    edges: Sequence[DirectImport],
    package: str,
    texts: Mapping[str, bytes],
    handed: Mapping[str, Collection[Registration]],
    vocabulary: Vocabulary,
) -> tuple[Classification, ...]:
    """Classify each module of `package`, sorted by name.

    `texts` is path → bytes of the tracked text files, for dialects and for lines of evidence;
    `handed` is path → the registrations of a Python file.
    Evidence is in this order: technology, ports, contexts, role, wiring.
    """
    members = {n: m for n, m in modules.items() if f"{n}.".startswith(f"{package}.")}
    by_importer: dict[str, list[DirectImport]] = defaultdict(list)
    for edge in edges:
        if edge.importer in members:
            by_importer[edge.importer].append(edge)
    finder = PortFinder(modules, vocabulary.layers, package)
    users = users_of(members, ((edge.importer, edge.imported) for edge in edges))
    given = {name: handed.get(modules[name].path, ()) for name in users}
    provisions = find_provisions(given, finder)
    layers = vocabulary.layers.domain | vocabulary.layers.inside
    inner = {n for n in members if not layers.isdisjoint(n[len(package) + 1 :].split("."))}
    ports = {
        name: () if name in inner else finder.implemented_by(module, provisions)
        for name, module in members.items()
    }
    roles = {
        name: find_role(module, vocabulary.roles, texts.get(module.path, b""))
        for name, module in members.items()
    }
    wired: dict[str, list[Provision]] = {name: [] for name in members}
    for provision in provisions:
        if provision.module in wired:
            wired[provision.module].append(provision)
    for name, provided in wired.items():
        others = [p for p in provided if p.implementation.rpartition(".")[0] != name]
        if others and not roles[name]:
            evidence = _wiring_line(others[0], members[name].path, texts[members[name].path])
            roles[name] = (_WIRING, replace(evidence, shows=f"{evidence.shows}: {_WIRING}"))
    technologies = TechnologyFinder(
        members,
        [e for own in by_importer.values() for e in own if e.imported in members],
        frozenset(name for name, role in roles.items() if role and role[0] == _WIRING),
        frozenset(name for name, role in roles.items() if role and role[0] == _ERRORS),
        {name: [i.port for i in found] for name, found in ports.items()},
        frozenset(name for name, module in modules.items() if "." not in name and module.blob),
        texts,
        vocabulary,
    ).find()
    for name in inner - technologies.keys():
        roles[name] = None  # a module of domain decisions is no adapter
    contexts = bounded_contexts(modules, vocabulary.layers)
    domain = vocabulary.layers.domain
    result = []
    for name, module in members.items():
        content = texts.get(module.path, b"")
        outside = [
            e
            for e in by_importer[name]
            if e.imported not in members or not domain.isdisjoint(e.imported.split("."))
        ]
        adapted, role = technologies.get(name), roles[name]
        domains, context_lines = served(module, outside, contexts, content)
        result.append(
            Classification(
                module=name,
                technology=adapted.technology if adapted and adapted.clear else None,
                domains=domains,
                role=role[0] if role else None,
                ports=tuple(i.port for i in ports[name]),
                evidence=(
                    *(adapted.evidence if adapted else ()),
                    *(_port_line(i, module.path, content) for i in ports[name]),
                    *context_lines,
                    *((role[1],) if role else ()),
                    *(_wiring_line(p, module.path, content) for p in wired[name]),
                ),
                technologies=adapted.weights if adapted else (),
                provides=tuple(sorted({(p.port, p.implementation) for p in wired[name]})),
            )
        )
    return tuple(result)


def _port_line(found: Implementation, path: str, content: bytes) -> Evidence:
    shows = f"{found.class_name} {found.how} {found.port}"
    return Evidence(path, found.line, source_line(content, found.line), shows)


def _wiring_line(found: Provision, path: str, content: bytes) -> Evidence:
    short = found.implementation.rpartition(".")[2]
    shows = f"provides {short} as {found.port.rpartition('.')[2]}"
    return Evidence(path, found.line, source_line(content, found.line), shows)
