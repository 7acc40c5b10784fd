"""Point 6 of the proof: no old name is left where it means a module.

Whether the context of a name says that it means a module is decided by `text_references`, which
the rewriter uses, too. The search, the reading of both sides and the comparison are the proof's
own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reorg_lib.model import ChangeSet, FileChange, NameClass, NameDecision, ProofPoint
from reorg_lib.proof.expected_names import ExpectedNames
from reorg_lib.proof.leftover_names import LeftoverName, LeftoverNames
from reorg_lib.proof.reading.source_tree import SourceTree
from reorg_lib.proof.rehearsal import Rehearsal
from reorg_lib.text_references import Classifier, FileClassifier, is_page, read_repository_tree


def no_old_name(
    changeset: ChangeSet,
    rehearsal: Rehearsal,
    trees: tuple[SourceTree, SourceTree],
    expected: ExpectedNames,
) -> ProofPoint:
    """Point 6: each old name became a new one, or its context does not say that it is a module."""
    before, after = trees
    search = LeftoverNames(changeset, after.packages | after.modules.keys())
    judge = _judge(changeset, rehearsal, before)
    allowed = {(n.path, n.line) for n in changeset.left if n.kind is NameClass.MODULE}
    listed = {(n.path, n.line, n.text): n.why for n in changeset.left}
    unsaid = expected.unsaid(changeset).items()
    failures = [f"{old} becomes {new}, and was not looked for" for old, new in sorted(unsaid)]
    notes = [
        f"{n.path}:{n.line}: {n.text} is left: {n.why}"
        for n in changeset.left
        if n.kind is not NameClass.IS_NOT
    ]
    changes = {change.target: change for change in changeset.changes if change.target}
    sources = {change.target: change.source for change in changes.values()}
    kept = _Kept(changeset)
    searched = 0
    for file in rehearsal.after:
        content = rehearsal.contents.get(file.blob)
        if content is None or not file.is_regular:
            continue
        searched += 1
        view = judge.view(file.path, content)
        left: Counter[str] = Counter()
        for name in search.find(content):
            left[name.text] += 1
            if (file.path, name.line) in allowed:
                continue
            source = sources.get(file.path, file.path) or file.path
            if kept((source, name.line, name.text)):
                continue
            kind, why = _class(view, name)
            if kind is NameClass.MODULE:
                failures.append(f"{file.path}:{name.line}: {name.text}")
            elif kind is NameClass.COULD_BE and (file.path, name.line, name.text) not in listed:
                notes.append(f"{file.path}:{name.line}: {name.text} is left: {why}")
        change = changes.get(file.path)
        if change is not None:
            failures += _renamed_wrongly(change, left, search, judge, changeset)
    return ProofPoint(
        6,
        "No old name is left where it means a module",
        searched,
        f"tracked files searched for {search.count} old names",
        tuple(failures),
        tuple(notes),
    )


def _class(view: FileClassifier, name: LeftoverName) -> tuple[NameClass, str]:
    if view.is_code(name.start):
        return (NameClass.IS_NOT if name.is_word else NameClass.MODULE), "is code"
    verdict = view.path(name.start, name.end) if name.is_path else view.dotted(name.start, name.end)
    return verdict.kind, verdict.why


def _renamed_wrongly(
    change: FileChange,
    left: Counter[str],
    search: LeftoverNames,
    judge: Classifier,
    changeset: ChangeSet,
) -> Iterator[str]:
    """Yield names that were renamed although they meant no module, except by a fix or the plan."""
    if change.before is None or change.source is None or b"\0" in change.before:
        return
    view = judge.view(change.source, change.before)
    was: Counter[str] = Counter()
    lines: dict[str, int] = {}
    fixed = {hazard.kind for hazard in changeset.hazards}
    spans = [(e.start, e.end) for e in change.edits if e.why in fixed]
    pages = {renaming.old for renaming in changeset.paths}
    for name in search.find(change.before):
        if is_page(change.source, name.text, pages):
            continue
        if name.is_word or any(a <= name.start < b for a, b in spans):
            continue
        if view.is_code(name.start) or _class(view, name)[0] is not NameClass.IS_NOT:
            continue
        if not any(
            rule.decision is NameDecision.REWRITE
            and rule.covers(change.source, name.line, name.text)
            for rule in changeset.references
        ):
            was[name.text] += 1
            lines.setdefault(name.text, name.line)
    for text in sorted(was - left):
        yield f"{change.target}: {text} (before, line {lines[text]}) is renamed and meant no module"


class _Kept:
    """The names that the plan keeps."""

    def __init__(self, changeset: ChangeSet) -> None:
        self._rules = [r for r in changeset.references if r.decision is NameDecision.KEEP]

    def __call__(self, place: tuple[str, int, str]) -> bool:
        return any(rule.covers(*place) for rule in self._rules)


def _judge(changeset: ChangeSet, rehearsal: Rehearsal, before: SourceTree) -> Classifier:
    modules = {
        name: before.readings[path].bound if path in before.readings else frozenset({"*"})
        for name, path in before.modules.items()
    }
    folders = {name: frozenset[str]() for name in before.packages - modules.keys()}
    return Classifier(
        read_repository_tree(
            {**folders, **modules},
            {name: before.files[path] for name, path in before.modules.items()},
            (file.path for file in rehearsal.before),
            changeset.scope.path_prefixes,
            before.files,
        )
    )
