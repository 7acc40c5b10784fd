"""What a rehearsal proved: each point counts what it checked and lists every place that fails.

Owns the judgement. Takes the repository before and after as bytes, and the plan only as pairs of
paths; reads imports with a parser of its own (`reading`), so that the rewriter does not mark its
own homework. Must not change or run anything.

The numbers of the points are those of the certificate (README, "The certificate").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reorg_lib.export.cycles import cycles, import_time_graph, new_cycles
from reorg_lib.export.logic import (
    NOT_RENAMED,
    Renamed,
    Statement,
    first_difference,
    normal_form,
    statements,
)
from reorg_lib.export.old_names import OldNames
from reorg_lib.export.outcomes import Outcomes, differences, summary
from reorg_lib.export.reading import Imported, SourceTree
from reorg_lib.export.rehearsal import Rehearsal
from reorg_lib.export.witness import Sighting
from reorg_lib.model import ChangeSet, Plan, ProofPoint, Severity, SplitChange, TrackedFile
from reorg_lib.repository import blob_id
from reorg_lib.rewrite.python_file import apply_edits
from reorg_lib.rewrite.text import path_prefixes


def prove(
    changeset: ChangeSet,
    rehearsal: Rehearsal,
    plan: Plan,
    witness: tuple[Sighting, Sighting] | None = None,
    tests: tuple[Outcomes, Outcomes] | None = None,
) -> tuple[ProofPoint, ...]:
    """Return the points of the certificate for one rehearsal, in order.

    `witness` is what pydeps saw before and after, `tests` are the outcomes before and after;
    a point whose evidence was not gathered is left out.
    """
    root = changeset.scope.source_root
    before = SourceTree(_python_files(rehearsal.before, rehearsal.contents), root)
    after = SourceTree(_python_files(rehearsal.after, rehearsal.contents), root)
    image = _Image(before, after, changeset)
    points = [
        _same_bytes(changeset, rehearsal),
        _imports_resolve(before, after, image),
        _same_graph(before, after, image),
        _same_logic(before, after, changeset),
        _no_new_cycle(before, after, image),
        _no_old_name(changeset, rehearsal, after),
        _hazards_settled(changeset, plan),
    ]
    if witness is not None:
        points.append(_witnessed(*witness, image))
    if tests is not None:
        points.append(_same_outcomes(*tests))
    return tuple(points)


class _Image:
    """Where the plan takes paths and module names, read off the paths alone."""

    def __init__(self, before: SourceTree, after: SourceTree, changeset: ChangeSet) -> None:
        self._paths = {c.source: c.target for c in changeset.changes if c.source is not None}
        self._modules: dict[str, str] = {}
        for name, path in before.modules.items():
            target = self.path(path)
            new = after.module_of(target) if target is not None else None
            if new is not None:
                self._modules[name] = new
        for package in before.packages - set(before.modules):
            self._modules[package] = self._folder(package)
        self._wholes = {
            after.module_of(part.path): after.module_of(split.path)
            for split in changeset.splits
            for part in split.parts
        }

    def path(self, path: str) -> str | None:
        """Return where a file is after the plan, or None if it is gone."""
        return self._paths.get(path, path)

    def module(self, name: str) -> str | None:
        """Return what a module is called after the plan, or None if it is gone."""
        return self._modules.get(name)

    def whole(self, name: str) -> str:
        """Return the package that a module is a part of since the split, or the module itself."""
        return self._wholes.get(name) or name

    def origins(self) -> Mapping[str, str]:
        """Return new module name → old one."""
        return {new: old for old, new in self._modules.items()}

    def _folder(self, package: str) -> str:
        """A folder without `__init__` goes where all that is in it goes."""
        inside = {old: new for old, new in self._modules.items() if old.startswith(package + ".")}
        homes = {new.removesuffix(old[len(package) :]) for old, new in inside.items()}
        return homes.pop() if len(homes) == 1 else package


def _same_bytes(changeset: ChangeSet, rehearsal: Rehearsal) -> ProofPoint:
    predicted = {file.path: (file.mode, file.blob) for file in rehearsal.before}
    for change in changeset.changes:
        if change.source is not None:
            predicted.pop(change.source, None)
    for path, (mode, content) in changeset.results().items():
        predicted[path] = (mode, blob_id(content))
    actual = {file.path: (file.mode, file.blob) for file in rehearsal.after}
    failures = list(rehearsal.complaints)
    for path in sorted(predicted.keys() | actual.keys()):
        if path not in actual:
            failures.append(f"{path}: predicted, and not there after the script")
        elif path not in predicted:
            failures.append(f"{path}: there after the script, and not predicted")
        elif predicted[path] != actual[path]:
            failures.append(f"{path}: the script's bytes or mode differ from the predicted ones")
    return ProofPoint(
        1,
        "The script does exactly what was predicted, and undoes it",
        len(predicted),
        "tracked files compared byte for byte after --apply, and again after --undo",
        tuple(failures),
    )


def _imports_resolve(before: SourceTree, after: SourceTree, image: _Image) -> ProofPoint:
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
        for imported in sorted(set(after.imports(target))):
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


def _same_graph(before: SourceTree, after: SourceTree, image: _Image) -> ProofPoint:
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
    implied = {(a, parent) for a, b in expected for parent in _parents(b)}
    implied |= {
        (image.module(a) or a, image.module(p) or p) for a, b in _edges(before) for p in _parents(b)
    }
    lost = [f"{was} has no counterpart" for e, was in sorted(expected.items()) if e not in actual]
    new = [f"{a} -> {b} is new" for a, b in sorted(actual - expected.keys() - implied)]
    return ProofPoint(
        3,
        "The import graph after is the image of the graph before",
        len(actual),
        "imports between modules",
        (*failures, *lost, *new),
    )


def _same_logic(before: SourceTree, after: SourceTree, changeset: ChangeSet) -> ProofPoint:
    paths = {
        renaming.old.removeprefix(prefix): renaming.new.removeprefix(prefix)
        for prefix in path_prefixes(changeset.scope)
        for renaming in changeset.paths
        if renaming.old.startswith(prefix) and renaming.new.startswith(prefix)
    }
    modules = {r.old: r.new for r in changeset.modules}
    stay = (
        n for n in before.modules if n not in modules and any(p in modules for p in _parents(n))
    )
    renamed = Renamed({**modules, **{name: name for name in stay}}, paths)
    splits = {split.path: split for split in changeset.splits}
    fixed_kinds = {hazard.kind for hazard in changeset.hazards}
    failures: list[str] = []
    fixes: list[str] = []
    compared = 0
    for change in changeset.changes:
        old, new = change.source, change.target
        if old not in before.readings or new not in after.readings:
            continue
        assert old is not None and new is not None and change.before is not None
        approved = [edit for edit in change.edits if edit.why in fixed_kinds]
        fixes += [f"{new}: {edit.new.decode(errors='replace')}" for edit in approved]
        compared += 1
        split = splits.get(new)
        if split is not None:
            failures += _lost_statements(split, old, change.before, renamed, before, after)
            continue
        line = first_difference(
            normal_form(apply_edits(change.before, approved), old, before, renamed),
            normal_form(after.files[new], new, after, NOT_RENAMED),
        )
        if line is not None:
            failures.append(f"{new}:{line}: says something else than before")
    notes = [f"an approved fix, and nothing else, differs: {fix}" for fix in fixes]
    return ProofPoint(
        4,
        "Zero logic changes: only references are spelled anew",
        compared,
        "moved or rewritten Python files with the same normal form",
        tuple(failures),
        tuple(notes),
    )


def _lost_statements(
    split: SplitChange,
    old: str,
    source: bytes,
    renamed: Renamed,
    before: SourceTree,
    after: SourceTree,
) -> Iterable[str]:
    """Every statement of a split module stands in one of its parts, once, and nothing else does."""
    package = after.module_of(split.path) or ""
    paths = [split.path, *(part.path for part in split.parts)]
    had = statements(source, old, before, renamed)
    has: Counter[Statement] = Counter()
    for path in paths:
        has += statements(after.files[path], path, after, NOT_RENAMED, whole=package)
    for statement in sorted((had - has).elements()):
        yield f"{split.path}: no part holds {_shown(statement)}"
    for statement in sorted((has - had).elements()):
        yield f"{split.path}: a part holds one statement more, {_shown(statement)}"


def _shown(statement: Statement) -> str:
    words = [word for piece in statement if len(piece) > 1 for word in piece[1:]]
    return f"`{' '.join(words)[:60]}`"


def _no_new_cycle(before: SourceTree, after: SourceTree, image: _Image) -> ProofPoint:
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


def _no_old_name(changeset: ChangeSet, rehearsal: Rehearsal, after: SourceTree) -> ProofPoint:
    search = OldNames(changeset, after.packages | after.modules.keys())
    allowed = {(name.path, name.line) for name in changeset.left}
    failures: list[str] = []
    notes: list[str] = []
    searched = 0
    for file in rehearsal.after:
        content = rehearsal.contents.get(file.blob)
        if content is None or not file.is_regular:
            continue
        searched += 1
        for line, text in search.find(content):
            if (file.path, line) not in allowed:
                failures.append(f"{file.path}:{line}: {text}")
    notes += [f"{n.path}:{n.line}: {n.text} is left: {n.why}" for n in changeset.left]
    return ProofPoint(
        6,
        "No old name is left, dotted or as a path",
        searched,
        f"tracked files searched for {search.count} old names",
        tuple(failures),
        tuple(notes),
    )


def _hazards_settled(changeset: ChangeSet, plan: Plan) -> ProofPoint:
    settled = {settlement.id: settlement for settlement in plan.hazards}
    failures: list[str] = []
    notes: list[str] = []
    for hazard in changeset.hazards:
        said = settled.get(hazard.id)
        place = f"{hazard.path}:{hazard.line}"
        if said is None and hazard.severity is Severity.BLOCK:
            failures.append(f"{place}: {hazard.why}")
        elif said is not None:
            remark = f", {said.note}" if said.note else ""
            notes.append(f"{place}: {said.resolution}{remark}")
    return ProofPoint(
        7,
        "Every hazard is settled",
        len(changeset.hazards),
        "hazards looked at: each is fixed, accepted, or no obstacle",
        tuple(failures),
        tuple(notes),
    )


def _witnessed(before: Sighting, after: Sighting, image: _Image) -> ProofPoint:
    errors = tuple(said.error for said in (before, after) if said.error)
    expected = {
        (image.module(a) or a, image.module(b) or b): (a, b in before.packages)
        for a, b in before.edges
    }
    wholes = ((image.whole(a), image.whole(b)) for a, b in after.edges)
    actual = {(a, b) for a, b in wholes if a != b}
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
    return ProofPoint(
        8,
        "pydeps, which shares no code with the survey, sees the same graph before and after",
        len(actual),
        "imports inside the package, seen by pydeps",
        (*errors, *lost, *new),
    )


def _same_outcomes(before: Outcomes, after: Outcomes) -> ProofPoint:
    return ProofPoint(
        9,
        "Every single test has the same outcome before and after",
        len(after),
        f"tests ({summary(after)})",
        differences(before, after),
    )


def _edges(tree: SourceTree) -> set[tuple[str, str]]:
    edges = set()
    for name, path in tree.modules.items():
        if path in tree.readings:
            reached = {tree.target(imported) for imported in tree.imports(path)}
            edges |= {(name, target) for target in reached if target and target != name}
    return edges


def _parents(module: str) -> Iterable[str]:
    while "." in module:
        module = module.rpartition(".")[0]
        yield module


def _unresolved(tree: SourceTree, path: str, image: _Image) -> set[str]:
    """What a file imports in vain before the moves, in the words of before and of after."""
    vain = [i for i in tree.imports(path) if tree.target(i) is None]
    renamed = [replace(i, base=image.module(i.base) or i.base) for i in vain]
    return {_said(i) for i in (*vain, *renamed)}


def _first_party(after: SourceTree, before: SourceTree, imported: Imported) -> bool:
    head = imported.base.split(".")[0]
    return after.is_module(head) or before.is_module(head)


def _said(imported: Imported) -> str:
    if imported.name is None:
        return f"import {imported.base}"
    return f"from {imported.base} import {imported.name}"


def _python_files(
    files: Iterable[TrackedFile], contents: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    return {
        file.path: contents[file.blob]
        for file in files
        if file.is_regular and file.path.endswith(".py") and file.blob in contents
    }
