"""The points of the proof about imports: all resolve, same graph, no new cycle, same pydeps graph.

Both sides are read by the proof's own reader and by pydeps.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reorg_lib.cycles import cycles
from reorg_lib.model import ChangeSet, ProofPoint
from reorg_lib.proof.expected_names import ExpectedNames
from reorg_lib.proof.import_cycles import import_time_graph, new_cycles
from reorg_lib.proof.reading.source_tree import Imported, SourceTree, parents
from reorg_lib.proof.tools.pydeps_graph import PydepsGraph

_IMPORTS = re.compile(r"^from ([\w.]+) import ", re.M)


def imports_resolve(before: SourceTree, after: SourceTree, expected: ExpectedNames) -> ProofPoint:
    """Point 2: every file parses, and no first-party import is newly unresolved."""
    failures: list[str] = []
    checked = already = unread = 0
    for path in sorted(before.files):
        target = expected.path(path)
        if target is None or target not in after.files:
            continue
        if path not in before.readings:
            unread += 1
            if before.files[path] != after.files[target]:
                failures.append(f"{target}: does not parse, so its edits are not proved")
            continue
        if target not in after.readings:
            failures.append(f"{target}: parsed before, and does not parse after")
            continue
        stale = _unresolved(before, path, expected)
        for imported in sorted(set(after.imports(target)), key=_place):
            if not _first_party(after, before, imported):
                continue
            checked += 1
            if after.target(imported) is None:
                if _said(imported) in stale:
                    already += 1
                else:
                    failures.append(f"{target}:{imported.line}: {_said(imported)} does not resolve")
    notes = []
    if already:
        notes.append(f"imports that did not resolve before either, and are unchanged: {already}")
    if unread:
        notes.append(f"Python files that do not parse, and are unchanged: {unread}")
    return ProofPoint(
        2,
        "Every Python file parses and every first-party import resolves",
        checked,
        f"first-party imports in {len(after.readings)} Python files",
        tuple(failures),
        tuple(notes),
    )


def same_graph(
    before: SourceTree, after: SourceTree, expected: ExpectedNames, changeset: ChangeSet
) -> ProofPoint:
    """Point 3: after renaming, the graph before has the same edges as the graph after.

    An import that an approved fix adds is new on purpose, and is noted.
    """
    expected_edges: dict[tuple[str, str], str] = {}
    failures: list[str] = []
    for edge in _edges(before):
        importer, imported = (expected.module(name) for name in edge)
        if importer is None:
            continue
        if imported is None:
            failures.append(f"{edge[0]} imports {edge[1]}, which is gone")
        else:
            expected_edges[importer, imported] = " -> ".join(edge)
    wholes = ((expected.whole(a), expected.whole(b)) for a, b in _edges(after))
    actual = {(a, b) for a, b in wholes if a != b}
    # `import a.b.c` also loads a.b; an explicit import of a.b in its place is no new edge
    implied = {(a, parent) for a, b in expected_edges for parent in parents(b)}
    implied |= {
        (expected.module(a) or a, expected.module(p) or p)
        for a, b in _edges(before)
        for p in parents(b)
    }
    lost = [
        f"{was} has no counterpart" for e, was in sorted(expected_edges.items()) if e not in actual
    ]
    fresh = actual - expected_edges.keys() - implied
    typed = fresh & _typed(changeset, after)
    new = [f"{a} -> {b} is new" for a, b in sorted(fresh - typed)]
    notes = [f"an approved fix adds {a} -> {b}" for a, b in sorted(typed)]
    return ProofPoint(
        3,
        "The import graph is the same as before, with the new names",
        len(actual),
        "imports between modules",
        (*failures, *lost, *new),
        tuple(notes),
    )


# from tests.unit.conftest import env
def _typed(changeset: ChangeSet, after: SourceTree) -> set[tuple[str, str]]:
    """Return the imports that the fixes of hazards add to files."""
    kinds = {hazard.kind for hazard in changeset.hazards}
    return {
        (after.module_of(change.target or "") or "", name)
        for change in changeset.changes
        for edit in change.edits
        if edit.why in kinds
        for name in _IMPORTS.findall(edit.new.decode(errors="replace"))
    }


def no_new_cycle(before: SourceTree, after: SourceTree, expected: ExpectedNames) -> ProofPoint:
    """Point 5: there is no import-time cycle that was not there before."""
    graph = import_time_graph(after)
    known = cycles(import_time_graph(before))
    found = cycles(graph)
    fresh = new_cycles(known, found, expected.origins())
    notes = [f"import-time cycles that exist already, and stay: {len(found)}"] if found else []
    return ProofPoint(
        5,
        "There is no new import-time cycle",
        sum(map(len, graph.values())),
        "imports that run at import time, parent packages included",
        tuple(f"{', '.join(sorted(cycle))} import each other" for cycle in fresh),
        tuple(notes),
    )


def pydeps_agrees(before: PydepsGraph, after: PydepsGraph, expected: ExpectedNames) -> ProofPoint:
    """Point 8: the same comparison as point 3, with the graphs of pydeps. It never blocks.

    It compares the imports between modules that pydeps names on both sides.
    """
    title = "pydeps, a separate tool, finds the same import graph before and after"
    unit = "imports inside the package, found by pydeps"
    home = {name: to for name in before.modules if (to := expected.module(name)) is not None}
    both = {*home.values()} & {expected.whole(name) for name in after.modules}
    error = next((said.error for said in (before, after) if said.error), "")
    if error or not both:
        why = error or "it names no module on both sides"
        return ProofPoint(8, title, 0, unit, informs=True, not_checked=why)
    expected_edges = {
        (home[a], home[b]): (a, b in before.packages)
        for a, b in before.edges
        if {home.get(a), home.get(b)} <= both
    }
    wholes = ((expected.whole(a), expected.whole(b)) for a, b in after.edges)
    actual = {(a, b) for a, b in wholes if a != b and {a, b} <= both}
    # pydeps also counts the parent packages of an imported module. After the moves these are
    # other packages. So an edge to a package counts only if it was an edge to a module before.
    lost = [
        f"{origin}: its import of {b} is no longer found"
        for (a, b), (origin, was_package) in sorted(expected_edges.items())
        if (a, b) not in actual and not was_package
    ]
    new = [
        f"{a} -> {b} is found, and was not before"
        for a, b in sorted(actual - expected_edges.keys())
        if b not in after.packages
    ]
    alone = sorted(name for name, to in home.items() if to not in both)
    notes = [
        f"{name}: pydeps knows it before the moves only, so it is not compared" for name in alone
    ]
    return ProofPoint(8, title, len(actual), unit, (*lost, *new), tuple(notes), informs=True)


def _edges(tree: SourceTree) -> set[tuple[str, str]]:
    edges = set()
    for path in tree.readings:
        name = tree.module_of(path)
        if name is not None:
            reached = {tree.target(imported) for imported in tree.imports(path)}
            targets = {tree.canonical(target) for target in reached if target}
            edges |= {(name, target) for target in targets if target != name}
    return edges


def _unresolved(tree: SourceTree, path: str, expected: ExpectedNames) -> set[str]:
    """Return the unresolved imports of a file before the moves, with old and with new names."""
    vain = [i for i in tree.imports(path) if tree.target(i) is None]
    renamed = [replace(i, base=expected.dotted(i.base)) for i in vain]
    return {_said(i) for i in (*vain, *renamed)}


def _first_party(after: SourceTree, before: SourceTree, imported: Imported) -> bool:
    head = imported.base.split(".")[0]
    return after.is_module(head) or before.is_module(head)


def _place(imported: Imported) -> tuple[int, str, str]:
    return imported.line, imported.base, imported.name or ""


def _said(imported: Imported) -> str:
    if imported.name is None:
        return f"import {imported.base}"
    return f"from {imported.base} import {imported.name}"
