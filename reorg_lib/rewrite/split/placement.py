"""Which part each statement of a split module goes to.

These are the rules for what the plan does not name. A statement that uses definitions of one part
goes there; of several, to the one defined last. A definition that only one part uses goes to that
part; one that several parts use goes below all of them, into the shared module.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reorg_lib.errors import PlanError, RewriteError
from reorg_lib.model import Split
from reorg_lib.rewrite.split.statement_kinds import is_remark
from reorg_lib.rewrite.split.units import SplitSource, Unit

SHARED = ("base.py", "shared.py")
"""What the shared module is called, the first that is free; then base_2.py, base_3.py …"""


@dataclass(frozen=True, slots=True)
class Placement:
    """`part_of` gives the part of each code unit by its first line, `owner` the part of a name.

    `loops` are loop variables that each loop binds for itself, so that no part owns them.
    """

    part_of: Mapping[int, str]
    owner: Mapping[str, str]
    loops: frozenset[str]


@dataclass(slots=True)
class _Piece:
    """Statements that must stay in one file, because they bind the same names."""

    units: list[Unit]
    names: set[str]
    needs: set[int]
    part: str | None = None

    @property
    def line(self) -> int:
        return self.units[0].start


def place(source: SplitSource, split: Split, taken: frozenset[str]) -> Placement:
    """Return where each statement goes; `taken` are file names that the package already has.

    Raises:
        PlanError: a part names something that the module does not define.
        RewriteError: one statement binds names of two parts.
    """
    code = source.code()
    loops = _loop_variables(code)
    pieces = _pieces(code, loops)
    owner = {name: index for index, piece in enumerate(pieces) for name in piece.names}
    _take_named(pieces, owner, source, split)
    _need(pieces, owner)
    pieces = _merge_recursive(pieces)
    _need(pieces, {name: index for index, piece in enumerate(pieces) for name in piece.names})
    bound = {name for unit in source.units for name in unit.names.binds}
    shared = _shared_file(pieces, split, taken | {f"{name}.py" for name in bound})

    named = {index for index, piece in enumerate(pieces) if piece.part}
    for piece in pieces:
        if not piece.names and piece.needs & named:
            piece.part = _latest(pieces, piece.needs & named)
    _place_definitions(pieces, named, shared)
    above: str | None = None
    for piece in pieces:
        if piece.part is None:
            parts = {i for i in piece.needs if pieces[i].part != shared}
            if parts:
                piece.part = _latest(pieces, parts)
            elif not piece.needs and is_remark(piece.units[0].node) and above:
                piece.part = above
            else:
                piece.part = shared
        above = piece.part
    part_of = {unit.start: piece.part or shared for piece in pieces for unit in piece.units}
    parts_of_names = {name: piece.part or shared for piece in pieces for name in piece.names}
    return Placement(part_of, parts_of_names, loops)


def _loop_variables(code: Sequence[Unit]) -> frozenset[str]:
    """Names that are only the variable of the loop that reads them."""
    loops = {name for unit in code for name in unit.loops}
    for unit in code:
        touched = unit.claims | {use.name for use in unit.names.uses}
        loops -= touched - unit.loops
    return frozenset(loops)


def _pieces(code: Sequence[Unit], loops: frozenset[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    home: dict[str, _Piece] = {}
    for unit in code:
        names = set(unit.claims - loops)
        piece = _Piece([unit], names, set())
        for other in {id(home[n]): home[n] for n in sorted(names) if n in home}.values():
            piece.units += other.units
            piece.names |= other.names
            pieces.remove(other)
        home.update(dict.fromkeys(piece.names, piece))
        pieces.append(piece)
    return _in_order(pieces)


def _in_order(pieces: Iterable[_Piece]) -> list[_Piece]:
    done = list(pieces)
    for piece in done:
        piece.units.sort(key=lambda unit: unit.start)
    return sorted(done, key=lambda piece: piece.line)


def _need(pieces: Sequence[_Piece], owner: Mapping[str, int]) -> None:
    for index, piece in enumerate(pieces):
        used = {use.name for unit in piece.units for use in unit.names.uses}
        piece.needs = {owner[name] for name in used if name in owner} - {index}


def _take_named(
    pieces: Sequence[_Piece], owner: Mapping[str, int], source: SplitSource, split: Split
) -> None:
    where = f"split of {split.source}"
    imported = {name for unit in source.imports() for name in unit.names.binds}
    refused = []
    chosen: dict[int, tuple[str, str]] = {}
    for part, names in split.parts:
        for name in names:
            if name in imported:
                raise PlanError(
                    f"{name}, in the part {part}, is imported there, not defined; remove it",
                    where=where,
                )
            if name not in owner:
                near = difflib.get_close_matches(name, owner, 1)
                hint = f"did you mean {near[0]}?" if near else "correct it, or remove it"
                raise PlanError(
                    f"{name}, in the part {part}, is not defined in the module; {hint}", where=where
                )
            first, first_part = chosen.setdefault(owner[name], (name, part))
            if first_part != part:
                why = _bond(pieces[owner[name]], first, name)
                refused.append(
                    f"{split.source}:{why}; {first} ({first_part}) and {name} ({part}) must stay"
                    " in one part"
                )
    if refused:
        raise RewriteError("the split would tear a statement apart:", tuple(sorted(refused)))
    for index, (_, part) in chosen.items():
        pieces[index].part = part


def _bond(piece: _Piece, one: str, other: str) -> str:
    """Return the line and the reason why two names cannot be separated."""
    for unit in piece.units:
        for use in unit.names.rebinds:
            if use.name in (one, other):
                return f"{use.line}: `global {use.name}` would rebind a second variable"
    for unit in piece.units:
        if {one, other} <= unit.claims:
            return f"{unit.start}: one statement binds both"
    last = piece.units[-1]
    return f"{last.start}: they are bound together, by way of this statement"


def _merge_recursive(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Unnamed definitions that need each other become one piece."""
    free = {i for i, piece in enumerate(pieces) if piece.names and piece.part is None}
    reach = {i: _reach(pieces, i, free) for i in free}
    merged: list[_Piece] = []
    gone: set[int] = set()
    for index, piece in enumerate(pieces):
        if index in gone:
            continue
        ring = {j for j in reach.get(index, ()) if index in reach.get(j, ())} - {index}
        for other in sorted(ring):
            piece.units += pieces[other].units
            piece.names |= pieces[other].names
        gone |= ring
        merged.append(piece)
    return _in_order(merged)


def _reach(pieces: Sequence[_Piece], start: int, through: set[int]) -> set[int]:
    """Return what `start` needs, directly or through the pieces in `through`, those included."""
    found: set[int] = set()
    todo = [start]
    while todo:
        new = pieces[todo.pop()].needs - found
        found |= new
        todo += new & through
    return found


def _shared_file(pieces: Sequence[_Piece], split: Split, taken: frozenset[str]) -> str:
    """Return the module for the shared definitions.

    The plan's `base.py` or `shared.py`, or the one part that every other part names something
    of; otherwise a new file.
    """
    parts = [part for part, _ in split.parts]
    for part in parts:
        if part in SHARED:
            return part
    users: dict[str, set[str]] = defaultdict(set)
    for piece in pieces:
        for index in piece.needs:
            used = pieces[index].part
            if piece.part and used and used != piece.part:
                users[used].add(piece.part)
    common = [part for part in parts if len(parts) > 2 and len(users[part]) == len(parts) - 1]
    if len(common) == 1:
        return common[0]
    used_files = {name.casefold() for name in (*parts, *taken)}
    numbered = (f"base_{n}.py" for n in range(2, len(used_files) + 3))
    return next(name for name in (*SHARED, *numbered) if name not in used_files)


def _place_definitions(pieces: Sequence[_Piece], named: set[int], shared: str) -> None:
    """Place what the plan does not name, each after all that use it."""
    waiting = {i for i, piece in enumerate(pieces) if piece.names and piece.part is None}
    free = frozenset(waiting)
    while waiting:
        held = {i for other in waiting for i in pieces[other].needs if i != other}
        index = max(waiting - held or waiting)
        piece = pieces[index]
        users = {p.part for p in pieces if index in p.needs and p.part}
        below = _reach(pieces, index, set(free)) & named
        if len(users) == 1:
            piece.part = users.pop()
        elif below:
            piece.part = _latest(pieces, below)
        else:
            piece.part = shared
        waiting.remove(index)


def _latest(pieces: Sequence[_Piece], among: Iterable[int]) -> str | None:
    return pieces[max(among, key=lambda index: pieces[index].line)].part
