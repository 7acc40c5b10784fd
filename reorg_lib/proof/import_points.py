"""The points of the proof that are about imports: resolved, same graph, no new cycle, witnessed.

Owns what two graphs of imports must have in common. Reads with the proof's own reader and with
pydeps, never with the survey's. Must not look at anything but imports.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reorg_lib.cycles import cycles
from reorg_lib.model import ChangeSet, ProofPoint
from reorg_lib.proof.expected_names import ExpectedNames
from reorg_lib.proof.import_cycles import import_time_graph, new_cycles
from reorg_lib.proof.reading.source_tree import Imported, SourceTree, parents
from reorg_lib.proof.tools.pydeps_witness import PydepsGraph

_IMPORTS = re.compile(r"^from ([\w.]+) import ", re.M)


def imports_resolve(before: SourceTree, after: SourceTree, image: ExpectedNames) -> ProofPoint:
    """Point 2: every file parses, and no first-party import is newly in vain."""
    failures: list[str] = []
    checked = already = unread = 0
    for path in sorted(before.files):
        target = image.path(path)
        if target is None or target not in after.files:
            continue
        if path not in before.readings:
            unread += 1
            if before.files[path] != after.files[target]:
                failures.append(f"{target}: it does not parse, so its edits are unproved")
            continue
        if target not in after.readings:
            failures.append(f"{target}: parsed before, and does not parse after")
            continue
        stale = _unresolved(before, path, image)
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
        notes.append(f"did not resolve before either, and are as they were: {already}")
    if unread:
        notes.append(f"Python files that do not parse, and stay as they are: {unread}")
    return ProofPoint(
        2,
        "Every Python file parses and every first-party import resolves",
        checked,
        f"first-party imports in {len(after.readings)} Python files",
        tuple(failures),
        tuple(notes),
    )


def same_graph(
    before: SourceTree, after: SourceTree, image: ExpectedNames, changeset: ChangeSet
) -> ProofPoint:
    """Point 3: nothing is lost and nothing new, once the names are renamed.

    An import that an approved fix types is new on purpose, and noted.
    """
    expected: dict[tuple[str, str], str] = {}
    failures: list[str] = []
    for edge in _edges(before):
        importer, imported = (image.module(name) for name in edge)
        if importer is None:
            continue
        if imported is None:
            failures.append(f"{edge[0]} imports {edge[1]}, which is gone")
        else:
            expected[importer, imported] = " -> ".join(edge)
    wholes = ((image.whole(a), image.whole(b)) for a, b in _edges(after))
    actual = {(a, b) for a, b in wholes if a != b}
    # `import a.b.c` also loads a.b; where that has to be said on its own, it is no new edge
    implied = {(a, parent) for a, b in expected for parent in parents(b)}
    implied |= {
        (image.module(a) or a, image.module(p) or p) for a, b in _edges(before) for p in parents(b)
    }
    lost = [f"{was} has no counterpart" for e, was in sorted(expected.items()) if e not in actual]
    fresh = actual - expected.keys() - implied
    typed = fresh & _typed(changeset, after)
    new = [f"{a} -> {b} is new" for a, b in sorted(fresh - typed)]
    notes = [f"an approved fix adds {a} -> {b}" for a, b in sorted(typed)]
    return ProofPoint(
        3,
        "The import graph after is the image of the graph before",
        len(actual),
        "imports between modules",
        (*failures, *lost, *new),
        tuple(notes),
    )


# from tests.unit.conftest import env
def _typed(changeset: ChangeSet, after: SourceTree) -> set[tuple[str, str]]:
    """The imports that the fixes of hazards bring into files."""
    kinds = {hazard.kind for hazard in changeset.hazards}
    return {
        (after.module_of(change.target or "") or "", name)
        for change in changeset.changes
        for edit in change.edits
        if edit.why in kinds
        for name in _IMPORTS.findall(edit.new.decode(errors="replace"))
    }


def no_new_cycle(before: SourceTree, after: SourceTree, image: ExpectedNames) -> ProofPoint:
    """Point 5: no circle of imports is closed that was open before."""
    graph = import_time_graph(after)
    known = cycles(import_time_graph(before))
    found = cycles(graph)
    fresh = new_cycles(known, found, image.origins())
    notes = [f"import-time cycles that are there today, and stay: {len(found)}"] if found else []
    return ProofPoint(
        5,
        "No import-time cycle is new",
        sum(map(len, graph.values())),
        "imports that run at import time, packages on the way included",
        tuple(f"{', '.join(sorted(cycle))} import each other" for cycle in fresh),
        tuple(notes),
    )


def pydeps_agrees(before: PydepsGraph, after: PydepsGraph, image: ExpectedNames) -> ProofPoint:
    """Point 8: the same question as point 3, asked of pydeps, which informs and blocks nothing.

    Compared are the imports between modules that pydeps names on both sides.
    """
    title = "pydeps, which shares no code with the survey, sees the same graph before and after"
    unit = "imports inside the package, seen by pydeps"
    home = {name: to for name in before.modules if (to := image.module(name)) is not None}
    both = {*home.values()} & {image.whole(name) for name in after.modules}
    error = next((said.error for said in (before, after) if said.error), "")
    if error or not both:
        why = error or "it names no module on both sides"
        return ProofPoint(8, title, 0, unit, informs=True, unheard=why)
    expected = {
        (home[a], home[b]): (a, b in before.packages)
        for a, b in before.edges
        if {home.get(a), home.get(b)} <= both
    }
    wholes = ((image.whole(a), image.whole(b)) for a, b in after.edges)
    actual = {(a, b) for a, b in wholes if a != b and {a, b} <= both}
    # pydeps also counts the packages that Python loads on the way to a module. These are other
    # packages after the moves, so an edge to a package is asked for only where it was one to a
    # module, and is no news.
    lost = [
        f"{origin}: its import of {b} is not seen any more"
        for (a, b), (origin, was_package) in sorted(expected.items())
        if (a, b) not in actual and not was_package
    ]
    new = [
        f"{a} -> {b} is seen, and was not before"
        for a, b in sorted(actual - expected.keys())
        if b not in after.packages
    ]
    alone = sorted(name for name, to in home.items() if to not in both)
    notes = [
        f"{name}: pydeps names it before the moves only, so it is not compared" for name in alone
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


def _unresolved(tree: SourceTree, path: str, image: ExpectedNames) -> set[str]:
    """What a file imports in vain before the moves, in the words of before and of after."""
    vain = [i for i in tree.imports(path) if tree.target(i) is None]
    renamed = [replace(i, base=image.dotted(i.base)) for i in vain]
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
