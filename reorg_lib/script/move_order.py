"""The order in which files can be moved one after another.

The plan moves all files at the same time; the script cannot. So a move may have to wait until its
target is free, and exchanges and renames by letter case need a temporary name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from reorg_lib.errors import RewriteError
from reorg_lib.model import ChangeSet, FileChange


@dataclass(frozen=True, slots=True)
class OrderedMove:
    """One `git mv`. `change` is the complete move; this may be the first half of it."""

    source: str
    target: str
    change: FileChange


@dataclass(frozen=True, slots=True)
class MoveOrder:
    """`first` frees names for other moves, in this order; `rest` can run in any order after it."""

    first: tuple[OrderedMove, ...]
    rest: tuple[OrderedMove, ...]


def order_moves(changeset: ChangeSet) -> MoveOrder:
    """Return the moves as steps that never overwrite a file.

    Raises:
        RewriteError: a file would have to become a folder, or a folder a file.
    """
    _refuse_files_as_folders(changeset)
    moves = changeset.moves()
    targets = {move.target for move in moves}
    rest: list[OrderedMove] = []
    waiting: list[FileChange] = []
    first: list[OrderedMove] = []
    taken = {path for c in changeset.changes for path in (c.source, c.target) if path}
    for move in moves:
        if _is_case_only(move):
            aside = _temporary(move, taken)
            first.append(aside)
            rest.append(replace(aside, source=aside.target, target=move.target or ""))
        elif move.source in targets:
            waiting.append(move)
        else:
            rest.append(_step(move))
    while waiting:
        occupied = {move.source for move in waiting}
        free = next((move for move in waiting if move.target not in occupied), None)
        if free is not None:
            first.append(_step(free))
            waiting.remove(free)
        else:
            aside = _temporary(waiting.pop(0), taken)
            first.append(aside)
            rest.append(replace(aside, source=aside.target, target=aside.change.target or ""))
    return MoveOrder(tuple(first), tuple(rest))


def _step(move: FileChange) -> OrderedMove:
    return OrderedMove(move.source or "", move.target or "", move)


def _temporary(move: FileChange, taken: set[str]) -> OrderedMove:
    """Return the move of a file to an unused name in the same folder."""
    number = 1
    while (name := f"{move.source}.moving-{number}") in taken:
        number += 1
    taken.add(name)
    return OrderedMove(move.source or "", name, move)


def _is_case_only(move: FileChange) -> bool:
    source, target = move.source or "", move.target or ""
    return source.casefold() == target.casefold()


def _refuse_files_as_folders(changeset: ChangeSet) -> None:
    sources = {c.source for c in changeset.changes if c.source}
    targets = {c.target for c in changeset.changes if c.target}
    wrong = [
        *(f"{t}: {f} is a file now" for t in targets for f in _folders(t) if f in sources),
        *(f"{s}: {f} is a folder now" for s in sources for f in _folders(s) if f in targets),
    ]
    if wrong:
        raise RewriteError(
            "a file and a folder cannot take each other's place in one plan; choose another target",
            tuple(sorted(wrong)),
        )


def _folders(path: str) -> Iterator[str]:
    return (str(parent) for parent in PurePosixPath(path).parents if str(parent) != ".")


def folders_of(paths: Sequence[str]) -> tuple[str, ...]:
    """Return every folder above the paths, outer ones first."""
    return tuple(sorted({folder for path in paths for folder in _folders(path)}))
