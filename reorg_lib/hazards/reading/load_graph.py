"""What Python runs, in which order, because a module is imported.

The graph has what a module imports while it runs, and the packages that run first because they are
above it, before and after the moves. All names are the old ones, so that both sides can be
compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from reorg_lib.hazards.reading.cached_readings import once
from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.model import ImportKind, Module

RUNS = (ImportKind.TOP_LEVEL, ImportKind.TRY)
"""The imports that are carried out while the module itself is imported."""

Edges: TypeAlias = Mapping[str, tuple[str, ...]]
Packages: TypeAlias = Mapping[str, tuple[str, ...]]
"""Module → the packages above it, the outermost first."""


@dataclass(frozen=True, slots=True)
class LoadGraph:
    """Module → what it imports when it runs, in order; and the packages above each module.

    `lines` says where the first of the two imports the second.
    """

    edges: Edges
    before: Packages
    after: Packages
    lines: Mapping[tuple[str, str], int]


@once
def load_graph(context: HazardContext) -> LoadGraph:
    """Return what runs at import; a new package has no code and is left out."""
    edges: dict[str, list[str]] = defaultdict(list)
    lines: dict[tuple[str, str], int] = {}
    for edge in sorted(context.survey.edges, key=lambda edge: (edge.importer, edge.line)):
        if edge.kind in RUNS and (edge.importer, edge.imported) not in lines:
            edges[edge.importer].append(edge.imported)
            lines[edge.importer, edge.imported] = edge.line
    by_new = {new: old for old, new in context.new_names.items() if new is not None}
    return LoadGraph(
        {name: tuple(imported) for name, imported in edges.items()},
        {
            name: tuple(p for p in packages_above(name) if p in context.modules)
            for name in context.modules
        },
        {
            name: tuple(by_new[p] for p in packages_above(new or "") if p in by_new)
            for name, new in context.new_names.items()
        },
        lines,
    )


def loaded_by(start: str, edges: Edges, above: Packages) -> set[str]:
    """Return all modules that importing one module runs, itself included."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [*edges.get(name, ()), *above.get(name, ())]
    return seen


def packages_above(name: str) -> Iterator[str]:
    """Yield the packages that contain a dotted name, the outermost first."""
    parts = name.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts)))


class InitsAbove(NamedTuple):
    """Module → the packages above it whose `__init__` imports something."""

    before: Mapping[str, set[str]]
    after: Mapping[str, set[str]]


@once
def inits_above(context: HazardContext) -> InitsAbove:
    """Return the packages above each module whose `__init__` imports, all by their old names."""
    importing = {name for name, module in context.modules.items() if _imports(module)}
    by_new = {
        new: old for old, new in context.new_names.items() if new is not None and old in importing
    }
    before = {name: set(packages_above(name)) & importing for name in context.modules}
    after = {
        name: {by_new[p] for p in packages_above(new or "") if p in by_new}
        for name, new in context.new_names.items()
    }
    return InitsAbove(before, after)


def _imports(module: Module) -> bool:
    return (
        bool(module.blob)
        and module.is_package
        and any(s.kind in RUNS and s.module != "__future__" for s in module.syntax.imports)
    )
