"""ChangeSets drawn by hand: files before and after, and which of them moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from reorg_lib.model import ChangeSet, Edit, FileChange, LeftName, Renaming, Scope

Files = Mapping[str, str | bytes]


def make_changeset(
    before: Files,
    after: Files,
    moves: Mapping[str, str] | None = None,
    *,
    modules: Mapping[str, str] | None = None,
    paths: Mapping[str, str] | None = None,
    commit: str = "0" * 40,
    package: str = "pkg",
    source_root: str = ".",
    left: Iterable[LeftName] = (),
    modes: Mapping[str, str] | None = None,
    reason: str = "it adapts this technology",
) -> ChangeSet:
    """Say what leads from the files `before` to the files `after`.

    `moves` pairs old with new paths; a file that is only in `before` is deleted, one that is only
    in `after` is new, and one that is the same in both is not touched.
    """
    old, new, moves = _bytes(before), _bytes(after), moves or {}
    changes = []
    for path, text in old.items():
        target = moves.get(path, path if path in new and path not in moves.values() else None)
        if target == path and new[path] == text:
            continue
        mode = (modes or {}).get(path, "100644")
        edits = () if target is None else _edits(text, new[target])
        result = None if target is None else new[target]
        changes.append(FileChange(path, target, mode, text, result, edits, reason))
    taken = {change.target for change in changes} | (old.keys() - moves.keys())
    for path in new.keys() - taken:
        changes.append(FileChange(None, path, "100644", None, new[path], (), "the target needs it"))
    return ChangeSet(
        commit,
        Scope(package, source_root, commit),
        tuple(sorted(changes, key=lambda c: (c.source or "", c.target or ""))),
        tuple(Renaming(*pair) for pair in sorted((modules or {}).items())),
        tuple(Renaming(*pair) for pair in sorted((paths or {}).items())),
        tuple(left),
        (),
    )


def _bytes(files: Files) -> dict[str, bytes]:
    return {
        path: text.encode() if isinstance(text, str) else text
        for path, text in sorted(files.items())
    }


def _edits(old: bytes, new: bytes) -> tuple[Edit, ...]:
    """Return edits as a rewriter would make them: of whole words, where that is possible."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        Edit(a, b, old[a:b], new[c:d], "test")
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )
