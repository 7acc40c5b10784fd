"""Point 4 of the proof: no logic changes, only references.

It decides which files are compared, where an approved fix may differ, and how the parts of a split
are compared with the module that they came from. The normal form is in `reading/normal_form.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import zip_longest

from reorg_lib.model import (
    NAMED_IN_TEXT,
    ChangeSet,
    FileChange,
    ProofPoint,
    SplitChange,
    apply_edits,
)
from reorg_lib.proof.reading.new_names import NewNames, normalized_text
from reorg_lib.proof.reading.normal_form import NormalForm, Statement, first_difference
from reorg_lib.proof.reading.source_tree import SourceTree, parents
from reorg_lib.proof.reading.stubs_and_notebooks import SUFFIXES, other_code_form


def same_logic(before: SourceTree, after: SourceTree, changeset: ChangeSet) -> ProofPoint:
    """Point 4: the normal form is the same before and after, except for approved fixes."""
    paths = {
        renaming.old.removeprefix(prefix): renaming.new.removeprefix(prefix)
        for prefix in changeset.scope.path_prefixes
        for renaming in changeset.paths
        if renaming.old.startswith(prefix) and renaming.new.startswith(prefix)
    }
    # handler: app/db.main        names the file app/db.py
    stems = {old[:-3]: new[:-3] for old, new in paths.items() if old.endswith(".py")}
    paths = {**stems, **paths}
    modules = {r.old: r.new for r in changeset.modules}
    stay = (n for n in before.modules if n not in modules and any(p in modules for p in parents(n)))
    new_names = NewNames({**modules, **{name: name for name in stay}}, paths)
    kept = _words_that_stay(modules, paths, after)
    unmoved = NewNames({}, {}, kept)
    splits = {split.path: split for split in changeset.splits}
    wholes = {  # tables.users is followed to tables.auth.users, which tables.users was before
        after.module_of(part.path) or "": after.module_of(split.path) or ""
        for split in changeset.splits
        for part in split.parts
    }
    followed = NewNames(wholes, {}, {**wholes, **kept})
    rebound: dict[str, frozenset[str]] = {}
    fixed_kinds = {hazard.kind for hazard in changeset.hazards}
    failures: list[str] = []
    fixes: list[str] = []
    compared = comments = 0
    for change in changeset.changes:
        old, new = change.source, change.target
        if old not in before.readings or new not in after.readings:
            if old is not None and old.endswith(SUFFIXES) and not _is_fixed(change, fixed_kinds):
                failures += _other_code(change, (before, new_names), (after, unmoved))
            else:
                failures += _other_text(change, new_names, unmoved)
            continue
        assert old is not None and new is not None and change.before is not None
        approved = [edit for edit in change.edits if edit.why in fixed_kinds]
        fixes += [f"{new}: {edit.new.decode(errors='replace')}" for edit in approved]
        compared += 1
        fixed = apply_edits(change.before, approved)
        split = splits.get(new)
        if split is not None:
            failures += _lost_statements(split, old, fixed, (new_names, unmoved), before, after)
            continue
        was = NormalForm(fixed, old, before, new_names)
        now = NormalForm(after.files[new], new, after, followed)
        line = first_difference(was, now)
        if line is not None:
            failures.append(f"{new}:{line}: differs beyond renamed references")
        on_the_way = was.reached | {above for name in was.reached for above in parents(name)}
        lost = sorted(on_the_way & was.loaded - now.loaded)
        failures += [f"{new}: none of its imports loads {name} any more" for name in lost]
        if was.bound != now.bound:
            rebound[before.module_of(old) or ""] = was.bound ^ now.bound
        had = was.comments()
        comments += had.total()
        failures += _other_comments(had, now.comments(), new)
    touched = {change.source for change in changeset.changes}
    for path in sorted(_takers(before, rebound) - touched):
        was = NormalForm(before.files[path], path, before, new_names)
        now = NormalForm(after.files[path], path, after, followed)
        line = first_difference(was, now)
        if line is not None:
            failures.append(f"{path}:{line}: imports a name that another module no longer binds")
    notes = [f"comments of these files, all compared: {comments}"] if comments else []
    notes += [f"only an approved fix differs: {fix}" for fix in fixes]
    return ProofPoint(
        4,
        "No logic changes: only references are renamed",
        compared,
        "moved or rewritten Python files with the same normal form",
        tuple(failures),
        tuple(notes),
    )


def _takers(tree: SourceTree, changed: Mapping[str, Collection[str]]) -> set[str]:
    """Return the files that import a module whose plain imports bind other names than before."""
    return {
        path
        for path in (tree.readings if changed else ())
        for taken in tree.imports(path)
        if taken.base in changed or f"{taken.base}.{taken.name}" in changed
    }


def _other_comments(had: Counter[str], has: Counter[str], path: str) -> Iterable[str]:
    """Yield lost and new comments. If a statement becomes two, both may have its `# noqa`."""
    for comment in sorted(had - has):
        yield f"{path}: the comment `{comment[:60]}` is lost"
    for comment in sorted(has.keys() - had.keys()):
        yield f"{path}: the comment `{comment[:60]}` is new"


def _words_that_stay(
    modules: Mapping[str, str], paths: Mapping[str, str], after: SourceTree
) -> Mapping[str, str]:
    """Return the names for the texts after the moves: an old name that is left counts as new.

    Point 6 decides whether it may be left. A name that exists after the moves means itself.
    """
    words = {old: new for old, new in {**paths, **modules}.items() if not after.has(old)}
    below = (n for n in after.modules if any(p in modules for p in parents(n)))
    return {**words, **{new: new for new in (*modules.values(), *paths.values(), *below)}}


def _other_text(change: FileChange, new_names: NewNames, unmoved: NewNames) -> Iterable[str]:
    """Compare a file that is no Python or does not parse: only names in its text may differ.

    A file with a fix or a guardrail is not compared; the plan says what was written into it.
    """
    if change.before is None or change.after is None:
        return
    if any(edit.why != NAMED_IN_TEXT for edit in change.edits):
        return
    old, new = (t.decode(errors="surrogateescape") for t in (change.before, change.after))
    sides = normalized_text(old, new_names).splitlines(), normalized_text(new, unmoved).splitlines()
    for number, (one, other) in enumerate(zip_longest(*sides), start=1):
        if one != other:
            yield f"{change.target}:{number}: differs beyond renamed references"
            return


def _is_fixed(change: FileChange, kinds: set[str]) -> bool:
    return any(edit.why in kinds for edit in change.edits)


def _other_code(
    change: FileChange, was: tuple[SourceTree, NewNames], now: tuple[SourceTree, NewNames]
) -> Iterable[str]:
    """Compare a stub, a Cython file or a notebook: the imports must bind the same names."""
    if None in (change.source, change.target, change.before, change.after):
        return
    forms = [
        other_code_form(path or "", (text or b"").decode(errors="surrogateescape"), tree, new_names)
        for (tree, new_names), path, text in (
            (was, change.source, change.before),
            (now, change.target, change.after),
        )
    ]
    for number, (one, other) in enumerate(zip_longest(*(f.splitlines() for f in forms)), start=1):
        if one != other:
            yield f"{change.target}:{number}: differs beyond renamed references"
            return


def _lost_statements(
    split: SplitChange,
    old: str,
    source: bytes,
    sides: tuple[NewNames, NewNames],
    before: SourceTree,
    after: SourceTree,
) -> Iterable[str]:
    """Check that each statement of a split module is in exactly one part, and nothing else is."""
    package = after.module_of(split.path) or ""
    paths = [split.path, *(part.path for part in split.parts)]
    new_names, unmoved = sides
    whole = NormalForm(source, old, before, new_names)
    had = whole.statements()
    has: Counter[Statement] = Counter()
    comments: Counter[str] = Counter()
    for path in paths:
        form = NormalForm(after.files[path], path, after, unmoved, package)
        has += form.statements()
        comments += form.comments()
    yield from _other_comments(whole.comments(), comments, split.path)
    for statement in sorted((had - has).elements()):
        yield f"{split.path}: no part holds {_shown(statement)}"
    for statement in sorted((has - had).elements()):
        yield f"{split.path}: a part holds one statement more, {_shown(statement)}"


def _shown(statement: Statement) -> str:
    words = [word for piece in statement if len(piece) > 1 for word in piece[1:]]
    return f"`{' '.join(words)[:60]}`"
