"""Import-time cycles: which modules run each other's code while they are being imported.

Owns what runs at import, and which circles are new. An import inside a function, or under
`TYPE_CHECKING`, runs no code at import. `import a.b.c` runs `a` and `a.b` first, which is how a
package's `__init__` closes a circle that no import statement shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reorg_lib.proof.reading.source_tree import SourceTree, parents

Graph = Mapping[str, frozenset[str]]
"""Module → the modules whose code runs, at the latest, when it is imported."""


def import_time_graph(tree: SourceTree) -> Graph:
    """Return what each module runs at import, the packages on the way included."""
    graph: dict[str, frozenset[str]] = {}
    for module, path in tree.modules.items():
        runs: set[str] = set()
        if path in tree.readings:
            for found in tree.imports(path):
                target = None if found.late else tree.target(found)
                if target is not None and target != module:
                    runs.add(target)
                    # a package that holds the importer has already begun to run
                    runs |= {p for p in parents(target) if not f"{module}.".startswith(p + ".")}
        graph[module] = frozenset(runs & tree.modules.keys())
    return graph


def new_cycles(
    before: Iterable[frozenset[str]], after: Iterable[frozenset[str]], origin: Mapping[str, str]
) -> tuple[frozenset[str], ...]:
    """Return the cycles of `after` that lie in no cycle of `before`.

    Args:
        origin: new module name → old one; a module that is new has none, and takes no part.
    """
    known = tuple(before)
    fresh = []
    for cycle in after:
        old = frozenset(origin[name] for name in cycle if name in origin)
        if not any(old <= one for one in known):
            fresh.append(cycle)
    return tuple(fresh)
