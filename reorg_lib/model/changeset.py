"""The exact new bytes of every file: edits, files, renamed names, splits, and the whole of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reorg_lib.errors import RewriteError

from .hazards import Hazard
from .plan import ReferenceRule, Scope

NAMED_IN_TEXT = "named in text"
"""Why an edit is made that renames a module in a text."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Bytes `[start, end)` of the old file, which are `old`, become `new`; `why` in a few words.

    `context` is what says of a name in a text that it is a module, "" for any other edit.
    """

    start: int
    end: int
    old: bytes
    new: bytes
    why: str
    context: str = ""


def apply_edits(source: bytes, edits: Iterable[Edit], *, offset: int = 0) -> bytes:
    """Return `source` with the edits made; `offset` is where it starts in the edits' file.

    Raises:
        RewriteError: two edits overlap, or one does not find the bytes that it expects.
    """
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits):
        start, end = edit.start - offset, edit.end - offset
        if start < at or source[start:end] != edit.old:
            raise RewriteError(f"two edits meet at byte {edit.start}: {edit.old!r}")
        parts += [source[at:start], edit.new]
        at = end
    return b"".join([*parts, source[at:]])


@dataclass(frozen=True, slots=True)
class FileChange:
    """What happens to one file.

    A move has two different paths, a rewrite in place the same path twice, a new file no source
    and a deletion no target. `before` and `after` are whole contents (None on the missing side).
    `edits` lead from one to the other, in order and without overlap.
    """

    source: str | None
    target: str | None
    mode: str
    before: bytes | None
    after: bytes | None
    edits: tuple[Edit, ...]
    reason: str

    @property
    def is_move(self) -> bool:
        """True when the file goes to another path."""
        return self.source is not None and self.target is not None and self.source != self.target


@dataclass(frozen=True, slots=True, order=True)
class Renaming:
    """An old name and its new one: both dotted (`a.b.c`), or both paths (`a/b/c.py`)."""

    old: str
    new: str


class NameClass(StrEnum):
    """What a name in a text means, as far as its context says."""

    MODULE = "module"
    COULD_BE = "could be"
    IS_NOT = "is not"


@dataclass(frozen=True, slots=True, order=True)
class LeftName:
    """An old name that stays in a tracked file on purpose, and why.

    One that means a `MODULE` stays because nothing has its place: it is binary, or its modules went
    to several places.
    """

    path: str
    line: int
    text: str
    why: str
    kind: NameClass = NameClass.MODULE


@dataclass(frozen=True, slots=True, order=True)
class NamedText:
    """A name in a text as it was judged: its class, and why.

    `path` and `line` are those before the moves where it is renamed, and after them where it stays.
    """

    path: str
    line: int
    text: str
    kind: NameClass
    why: str


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One new file of a split.

    `header` is typed anew (docstring, imports); then come the lines `ranges` (first and last, in
    this order) of the module that is split. `content` is the whole.
    """

    path: str
    header: bytes
    ranges: tuple[tuple[int, int], ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class SplitChange:
    """A module that has become a package's `__init__.py` is cut into parts.

    `path` is that `__init__.py`, `before` what it holds after the moves and before the split,
    `after` its re-exports. `parts` are in the order in which it imports them.
    """

    path: str
    before: bytes
    after: bytes
    parts: tuple[SplitPart, ...]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The exact new bytes of every file that the plan touches, and nothing else.

    `changes` are sorted by source, then target. `modules` and `paths` are the renamings behind
    the edits: modules and packages by dotted name, files and folders by path. `splits` happen
    after all changes. `references` are what people decided about names in texts.
    """

    commit: str
    scope: Scope
    changes: tuple[FileChange, ...]
    modules: tuple[Renaming, ...]
    paths: tuple[Renaming, ...]
    left: tuple[LeftName, ...]
    hazards: tuple[Hazard, ...]
    splits: tuple[SplitChange, ...] = ()
    references: tuple[ReferenceRule, ...] = ()

    def moves(self) -> tuple[FileChange, ...]:
        """The changes that take a file to another path."""
        return tuple(change for change in self.changes if change.is_move)

    def named_texts(self) -> tuple[NamedText, ...]:
        """The names in texts that are renamed, and those that could be modules and stay."""
        renamed = (
            NamedText(
                change.source or "",
                change.before.count(b"\n", 0, edit.start) + 1,
                edit.old.decode(errors="replace"),
                NameClass.MODULE,
                edit.context,
            )
            for change in self.changes
            if change.before is not None
            for edit in change.edits
            if edit.context
        )
        left = (
            NamedText(name.path, name.line, name.text, name.kind, name.why)
            for name in self.left
            if name.kind is NameClass.COULD_BE
        )
        return tuple(sorted((*renamed, *left)))

    def results(self) -> Mapping[str, tuple[str, bytes]]:
        """Path → (mode, content) of every file that is touched, after moves and splits."""
        after = {
            change.target: (change.mode, change.after)
            for change in self.changes
            if change.target is not None and change.after is not None
        }
        for split in self.splits:
            after[split.path] = (after[split.path][0], split.after)
            after |= {part.path: ("100644", part.content) for part in split.parts}
        return after
