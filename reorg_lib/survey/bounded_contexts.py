"""The bounded contexts of a code base, and which of them a module serves.

Contexts are named by a domain package or by Django apps. Where there is neither, there are none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reorg_lib.model import DirectImport, Evidence, Module
from reorg_lib.survey.database_dialect import source_line
from reorg_lib.survey.vocabulary import Layers

_TESTS = frozenset({"test", "tests", "testing"})


def bounded_contexts(modules: Mapping[str, Module], layers: Layers) -> Mapping[str, str]:
    """Return dotted name of a context's package → its name, by the first of these that exist.

    Packages that each have their own domain package (`sales.domain`, `billing.domain`), the
    children of a domain package (`domain.sales`, `domain.billing`), Django's apps.
    """
    names = [name for name in modules if _TESTS.isdisjoint(name.split("."))]
    domains = {inner for name in names if (inner := _domain_of(name, layers)) is not None}
    found = _by_parent(domains, layers) or dict(_by_child(names, domains, modules, layers))
    if not found and not domains:
        found = _django_apps(modules[name] for name in names)
    return dict(sorted(found.items()))


def served(
    module: Module, edges: Iterable[DirectImport], contexts: Mapping[str, str], content: bytes
) -> tuple[tuple[tuple[str, int], ...], tuple[Evidence, ...]]:
    """Return each context with its number of imports, the most used first, and a line for each.

    `edges` are the module's imports from outside the surveyed package. The context that contains
    the module is among them, with 0 if the module imports nothing from it.
    """
    counts: Counter[str] = Counter()
    first: dict[str, Evidence] = {}
    home = _context_of(module.name, contexts)
    if home is not None:
        counts[home] = 0
        first[home] = Evidence(module.path, 0, module.path, f"lies in the context {home}")
    imported: dict[str, list[int]] = defaultdict(list)
    for edge in edges:
        context = _context_of(edge.imported, contexts)
        if context is not None:
            imported[context].append(edge.line)
    for context, lines in imported.items():
        counts[context] = len(lines)
        line = min(lines)
        text = source_line(content, line)
        first[context] = Evidence(module.path, line, text, f"serves the context {context}")
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ranked), tuple(first[context] for context, _ in ranked)


def _domain_of(name: str, layers: Layers) -> str | None:
    """Return the outermost domain package that a module is in, or is itself."""
    parts = name.split(".")
    for at, part in enumerate(parts):
        if part in layers.domain:
            return ".".join(parts[: at + 1])
    return None


def _by_parent(domains: Iterable[str], layers: Layers) -> dict[str, str]:
    # modules.bidding.domain, modules.catalog.domain: the contexts are bidding and catalog
    siblings: dict[str, dict[str, str]] = defaultdict(dict)
    for domain in domains:
        context = domain.rpartition(".")[0]
        around, _, name = context.rpartition(".")
        if name and name not in layers.shared | layers.blocks:
            siblings[around][context] = name
    return {
        package: name for group in siblings.values() if len(group) > 1
        for package, name in group.items()
    }  # fmt: skip


def _by_child(
    names: Iterable[str], domains: Iterable[str], modules: Mapping[str, Module], layers: Layers
) -> Iterator[tuple[str, str]]:
    known = set(domains)
    for name in names:
        parts = name.split(".")
        for at in range(1, len(parts)):
            if ".".join(parts[:at]) in known:
                package, child = ".".join(parts[: at + 1]), parts[at]
                said = child.split("_")
                words = {child, said[-1]} if modules[package].is_package else {child, *said}
                if words.isdisjoint(layers.shared | layers.blocks) and child[0] != "_":
                    yield package, child
                break


def _django_apps(modules: Iterable[Module]) -> dict[str, str]:
    apps = {
        module.name.rpartition(".")[0]
        for module in modules
        if module.name.endswith(".apps")
        if any(b.endswith("Config") for c in module.syntax.classes for b in c.bases)
    }
    inside = {app: sum(other.startswith(f"{app}.") for other in apps) for app in apps}
    # an app that contains most of the others is the project itself
    return {app: app.rpartition(".")[2] for app in apps if inside[app] * 2 <= len(apps)}


def _context_of(name: str, contexts: Mapping[str, str]) -> str | None:
    while name:
        if name in contexts:
            return contexts[name]
        name = name.rpartition(".")[0]
    return None
