"""What each module of the package adapts and serves.

Owns the bounded contexts, and the putting together of technology, contexts, ports and role into
one `Classification` with its evidence. Must not know how the other three are recognised.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reorg_lib.model import Classification, DirectImport, Evidence, Module
from reorg_lib.survey.dialect import source_line
from reorg_lib.survey.ports import Implementation, PortFinder
from reorg_lib.survey.roles import find_role
from reorg_lib.survey.technology import TechnologyFinder
from reorg_lib.survey.vocabulary import Layers, load_vocabulary

_WIRING = "di"


def classify(
    modules: Mapping[str, Module],
    edges: Sequence[DirectImport],
    package: str,
    texts: Mapping[str, bytes],
) -> tuple[Classification, ...]:
    """Classify each module of `package`, sorted by name.

    `texts` are path → bytes of the tracked text files, for dialects and for lines of evidence.
    The evidence of technology comes first, then that of ports, contexts and role.
    """
    vocabulary = load_vocabulary()
    members = {n: m for n, m in modules.items() if f"{n}.".startswith(f"{package}.")}
    inside = [e for e in edges if e.importer in members]
    finder = PortFinder(modules, vocabulary.layers)
    ports = {name: finder.implemented_by(module) for name, module in members.items()}
    roles = {name: find_role(module, vocabulary.roles) for name, module in members.items()}
    technologies = TechnologyFinder(
        members,
        [e for e in inside if e.imported in members],
        frozenset(name for name, role in roles.items() if role and role[0] == _WIRING),
        {name: [i.port for i in found] for name, found in ports.items()},
        texts,
        vocabulary,
    ).find()
    contexts = bounded_contexts(modules, vocabulary.layers)
    by_importer: dict[str, list[DirectImport]] = defaultdict(list)
    for edge in inside:
        by_importer[edge.importer].append(edge)
    result = []
    for name, module in members.items():
        content = texts.get(module.path, b"")
        own = by_importer[name]
        finding, role = technologies.get(name), roles[name]
        domains, served = _served(own, contexts, module.path, content)
        result.append(
            Classification(
                module=name,
                technology=finding.technology if finding else None,
                domains=domains,
                role=role[0] if role else None,
                ports=tuple(i.port for i in ports[name]),
                evidence=(
                    *(finding.evidence if finding else ()),
                    *(_port_line(i, module.path, content) for i in ports[name]),
                    *served,
                    *((role[1],) if role else ()),
                ),
            )
        )
    return tuple(result)


def bounded_contexts(modules: Iterable[str], layers: Layers) -> Mapping[str, str]:
    """Return dotted name of a context's package → its name: children of a package `domain`.

    >>> layers = Layers(*(frozenset(w) for w in (["domain"], ["shared"], [], [], [])))
    >>> bounded_contexts(["a.domain.auth.user", "a.domain.shared.ids", "a.domain"], layers)
    {'a.domain.auth': 'auth'}
    """
    found = {}
    for name in modules:
        parts = name.split(".")
        for at, part in enumerate(parts[:-1]):
            if part in layers.domain and parts[at + 1] not in layers.shared:
                found[".".join(parts[: at + 2])] = parts[at + 1]
                break
    return dict(sorted(found.items()))


def _served(
    edges: Iterable[DirectImport], contexts: Mapping[str, str], path: str, content: bytes
) -> tuple[tuple[tuple[str, int], ...], list[Evidence]]:
    counts: Counter[str] = Counter()
    first: dict[str, Evidence] = {}
    for edge in edges:
        prefixes = (".".join(edge.imported.split(".")[:n]) for n in range(1, 9))
        context = next((contexts[p] for p in prefixes if p in contexts), None)
        if context is not None:
            counts[context] += 1
            text = source_line(content, edge.line)
            shown = Evidence(path, edge.line, text, f"serves the context {context}")
            first[context] = min(shown, first.get(context, shown))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ranked), [first[context] for context, _ in ranked]


def _port_line(found: Implementation, path: str, content: bytes) -> Evidence:
    how = "implements" if found.declared else "has every method of"
    shows = f"{found.class_name} {how} {found.port}"
    return Evidence(path, found.line, source_line(content, found.line), shows)
