"""Import-time cycles: modules that run each other's code while they are imported.

An import inside a function, or under `TYPE_CHECKING`, does not run at import. `import a.b.c` runs
`a` and `a.b` first, so the `__init__` of a package can close a cycle that no import statement
shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reorg_lib.proof.reading.source_tree import SourceTree, parents

Graph = Mapping[str, frozenset[str]]
"""Module → the modules that have run by the time it is imported."""


def import_time_graph(tree: SourceTree) -> Graph:
    """Return the modules that each module runs at import, parent packages included."""
    graph: dict[str, frozenset[str]] = {}
    for module, path in tree.modules.items():
        runs: set[str] = set()
        if path in tree.readings:
            for found in tree.imports(path):
                target = None if found.late else tree.target(found)
                if target is not None and target != module:
                    runs.add(target)
                    # a parent package of the importer has already started to run
                    runs |= {p for p in parents(target) if not f"{module}.".startswith(p + ".")}
        graph[module] = frozenset(runs & tree.modules.keys())
    return graph


def new_cycles(
    before: Iterable[frozenset[str]], after: Iterable[frozenset[str]], origin: Mapping[str, str]
) -> tuple[frozenset[str], ...]:
    """Return the cycles of `after` that are not part of a cycle of `before`.

    Args:
        origin: new module name → old one; a new module has none, and is left out.
    """
    known = tuple(before)
    fresh = []
    for cycle in after:
        old = frozenset(origin[name] for name in cycle if name in origin)
        if not any(old <= one for one in known):
            fresh.append(cycle)
    return tuple(fresh)
