"""A module split into a package: which lines go to which file, and what each imports.

A split has two stages. The first is a move like any other, of the module to its package's
`__init__.py`. This is the second: it cuts that file into parts and leaves re-exports. Owns the
order of the steps, what the package re-exports, and the refusal of re-exports that could fail or be
hidden by a part's file. Effects that the source does not show, such as those inside a library's
functions or base classes, are not considered: tables of different parts may register in another
order. Must not know the users of the module.
"""

from __future__ import annotations

import keyword
from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.errors import PlanError, RewriteError
from reorg_lib.model import Split, SplitChange
from reorg_lib.rewrite.split.import_order import check_order, check_variables, sort_parts
from reorg_lib.rewrite.split.part_needs import find_needs, is_for_checkers, order_parts
from reorg_lib.rewrite.split.part_text import write_package, write_part
from reorg_lib.rewrite.split.placement import Placement, place
from reorg_lib.rewrite.split.refusals import find_refusals, literal_names
from reorg_lib.rewrite.split.statement_kinds import Kind, imported_names, is_type_checking
from reorg_lib.rewrite.split.units import SplitSource, Unit, read_units


def split_module(
    path: str,
    source: bytes,
    split: Split,
    package: str,
    *,
    wanted: frozenset[str] = frozenset(),
    taken: frozenset[str] = frozenset(),
    asked: str = "",
) -> SplitChange:
    """Return the parts that the module at `path` is cut into, and the package's new `__init__`.

    Args:
        path: the package's `__init__.py`, where the move has put the module.
        source: its bytes after the move.
        split: the parts by name; lines in messages are those of `split.source`.
        package: the package's dotted name.
        wanted: names that users take from the module beside its public definitions, such as
            private ones and names that the module itself imports.
        taken: names of files that the package's folder already has.
        asked: a place of the repository that looks up annotations when it runs, or "".

    Raises:
        PlanError: a part has no valid name, or has names that the module does not define.
        RewriteError: the parts would not do exactly what the module did.
    """
    _check_parts(split, taken)
    defined = frozenset(name for _, names in split.parts for name in names)
    where = split.source
    read = read_units(source, where, defined)
    _refuse("the module cannot be split:", [*find_refusals(read, source, where)])
    exports = next((unit for unit in read.units if unit.kind is Kind.EXPORTS), None)
    listed = _listed(exports)

    placement = place(read, split, taken)
    needs = find_needs(read, placement)
    order = order_parts(read, placement, needs, where, asked=asked)
    top = package.split(".")[0]
    check_order(read, placement, order, where, top)
    typed = sort_parts(read, placement, order, needs, where, top)
    exported = _exported(read, placement, wanted | listed, where)
    every = frozenset(name for names in exported.values() for name in names)
    check_variables(read, needs, every, where)

    try:
        f"{package}{''.join(order)}".encode(read.encoding)
    except UnicodeEncodeError as error:
        reason = f"{where}:1: {read.encoding} cannot spell the name of a part; rename it"
        raise RewriteError("a part cannot be typed:", (reason,)) from error
    units: dict[str, list[Unit]] = defaultdict(list)
    for unit in read.code():
        units[placement.part_of[unit.start]].append(unit)
    folder = path.rpartition("/")[0]
    for_checkers = {need for need in needs if is_for_checkers(need, order)}
    parts = tuple(
        write_part(
            read,
            f"{folder}/{part}",
            package,
            units[part],
            [need for need in needs if need.user == part and need not in for_checkers],
            [need for need in for_checkers if need.user == part],
        )
        for part in order
    )
    imported = _imported(read, wanted | listed)
    _refuse("a part would hide a name of the package:", [*_hidden(order, exported, imported)])
    public = {name for name in every | (imported & wanted) if not name.startswith("_")}
    after = write_package(
        read,
        [(part, exported[part]) for part in typed or order],
        imported,
        exports,
        listed if exports else frozenset(public),
        is_sorted=typed is not None,
    )
    return SplitChange(path, source, after, parts)


def _refuse(message: str, reasons: list[str]) -> None:
    if reasons:
        raise RewriteError(message, tuple(sorted(set(reasons))))


def _check_parts(split: Split, taken: frozenset[str]) -> None:
    where = f"split of {split.source}"
    homes: dict[str, str] = {}
    files: dict[str, str] = {name.casefold(): name for name in taken}
    if not split.parts:
        raise PlanError("it has no parts; name at least one", where=where)
    for part, names in split.parts:
        stem = part.removesuffix(".py")
        proper = part.endswith(".py") and stem.isidentifier() and not keyword.iskeyword(stem)
        if not proper or part in ("__init__.py", "__main__.py"):
            raise PlanError(
                f'the part "{part}" cannot be a module of the package; give it a file name like'
                ' "records.py"',
                where=where,
            )
        if part.casefold() in files:
            other = files[part.casefold()]
            raise PlanError(
                f'the part "{part}" would be one file with "{other}"; rename it', where=where
            )
        files[part.casefold()] = part
        if not names:
            raise PlanError(
                f'the part "{part}" names no definition; name one, or remove it', where=where
            )
        for name in names:
            if homes.setdefault(name, part) != part:
                raise PlanError(
                    f"{name} is in the parts {homes[name]} and {part}; keep it in one", where=where
                )


def _listed(exports: Unit | None) -> frozenset[str]:
    return (literal_names(exports) if exports else None) or frozenset()


def _exported(
    read: SplitSource, placement: Placement, asked: frozenset[str], where: str
) -> dict[str, list[str]]:
    """Return the names that the package re-exports, by part, in the order of definition."""
    found: dict[str, list[str]] = defaultdict(list)
    refused = []
    certain: set[str] = set()
    line: dict[str, int] = {}
    owner: dict[str, str] = {}
    deleted: set[str] = set()
    for unit in read.code():
        certain = (certain | unit.certain) - unit.names.deletes
        deleted = (deleted | unit.names.deletes) - unit.names.binds
        for name in unit.names.binds:
            line.setdefault(name, unit.start)
            owner[name] = placement.part_of[unit.start]
    for name, part in sorted(owner.items(), key=lambda item: (line[item[0]], item[0])):
        if name in asked or not (name.startswith("_") or name in placement.loops | deleted):
            if name not in certain:
                refused.append(
                    f"{where}:{line[name]}: `{name}` is bound on some paths only, so the package"
                    " cannot always import it; bind it on every path first"
                )
            found[part].append(name)
    _refuse("a re-export might find nothing:", refused)
    return found


def _imported(read: SplitSource, asked: frozenset[str]) -> frozenset[str]:
    """Return the imported names that stay in the package.

    Those that users take, those that no part needs (they are there for their effect or for unknown
    users), and all names that an import block assigns beside its imports.
    """
    used = {use.name for unit in read.code() for use in unit.names.uses}
    names: set[str] = set()
    for unit in read.imports():
        binds = unit.names.binds
        names |= binds & asked
        if unit.kind is Kind.IMPORT or not binds & used:
            names |= binds - used
        elif not is_type_checking(unit.node):
            names |= {n for n in binds - imported_names(unit.node) if not n.startswith("_")}
    needed_by_blocks = {
        use.name for u in read.imports() if u.kind is Kind.BLOCK for use in u.names.uses
    }
    return frozenset(names - (needed_by_blocks - asked))


def _hidden(
    order: tuple[str, ...], exported: dict[str, list[str]], imported: frozenset[str]
) -> Iterator[str]:
    homes = {name: part for part, names in exported.items() for name in names}
    for part in order:
        stem = part.removesuffix(".py")
        if stem in imported or homes.get(stem, part) != part:
            yield (
                f"{part}: the package holds a name {stem} already, and importing the part would"
                " replace it; rename the part"
            )
