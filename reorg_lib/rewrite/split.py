"""A module cut into a package: which lines go to which file, and what each imports.

A split has two stages. The first is a move like any other, of the module to its package's
`__init__.py`. This is the second: it cuts that file into parts and leaves re-exports behind. Owns
the order of the steps and the refusal of what a split would change: names that speak of the file
itself, definitions that may be missing, names that a part's file would hide. What cannot be seen
in the source, such as an effect hidden in a call, is not weighed; a group of calls that name
nothing in common may run in another order. Must not know users of the module.
"""

from __future__ import annotations

import keyword
from collections import defaultdict
from collections.abc import Iterator

import libcst as cst

from reorg_lib.errors import PlanError, RewriteError
from reorg_lib.model import Split, SplitChange
from reorg_lib.rewrite.split_imports import star_lines
from reorg_lib.rewrite.split_order import check_order, check_variables, find_needs, order_parts
from reorg_lib.rewrite.split_place import Placement, place
from reorg_lib.rewrite.split_text import write_package, write_part
from reorg_lib.rewrite.split_units import (
    Kind,
    SplitSource,
    Unit,
    imported_names,
    is_type_checking,
    read_units,
    small_statements,
)
from reorg_lib.survey.syntax import read_syntax

_OF_THE_FILE = {
    "__spec__": "the module's own specification",
    "__loader__": "the module's own loader",
    "__path__": "the module's own search path",
    "__doc__": "the module's own docstring",
    "__annotations__": "the module's own annotations",
    "globals": "the names of the module, as a dictionary",
    "exec": "names that only show when it runs",
    "eval": "names that only show when it runs",
}
_HOOKS = frozenset({"__getattr__", "__dir__", "__path__", "__class__"})


def split_module(
    path: str,
    source: bytes,
    split: Split,
    package: str,
    *,
    wanted: frozenset[str] = frozenset(),
    taken: frozenset[str] = frozenset(),
) -> SplitChange:
    """Return the parts that the module at `path` is cut into, and the package's new `__init__`.

    Args:
        path: the package's `__init__.py`, where the move has put the module.
        source: its bytes after the move.
        split: the parts by name; lines in messages are those of `split.source`.
        package: the package's dotted name.
        wanted: names that users take from the module beside its public definitions, such as
            private ones and names that the module itself imports.
        taken: names of files that the package's folder holds already.

    Raises:
        PlanError: a part has no proper name, or names what the module does not define.
        RewriteError: the parts could not do exactly what the module did.
    """
    _check_parts(split, taken)
    defined = frozenset(name for _, names in split.parts for name in names)
    where = split.source
    read = read_units(source, where, defined)
    _refuse("the module cannot be split:", [*_unsplittable(read, source, where)])
    exports = next((unit for unit in read.units if unit.kind is Kind.EXPORTS), None)
    listed = _listed(exports)

    placement = place(read, split, taken)
    needs = find_needs(read, placement)
    order = order_parts(read, placement, needs, where)
    check_order(read, placement, order, where)
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
    parts = tuple(
        write_part(
            read, f"{folder}/{part}", package, units[part], (n for n in needs if n.user == part)
        )
        for part in order
    )
    imported = _imported(read, wanted | listed)
    _refuse("a part would hide a name of the package:", [*_hidden(order, exported, imported)])
    public = {name for name in every | (imported & wanted) if not name.startswith("_")}
    after = write_package(
        read,
        [(part, exported[part]) for part in order],
        imported,
        exports,
        listed if exports else frozenset(public),
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


def _unsplittable(read: SplitSource, source: bytes, where: str) -> Iterator[str]:
    code_names = {name for unit in read.code() for name in unit.claims}
    imported = {name for unit in read.imports() for name in unit.names.binds}
    for unit in read.units:
        at = f"{where}:{unit.start}:"
        for name in sorted(unit.claims & _HOOKS):
            yield f"{at} `{name}` works on the module as a whole; keep this module whole"
        if unit.kind is Kind.CODE and any(
            isinstance(s, cst.Import | cst.ImportFrom) for s in small_statements(unit)
        ):
            yield f"{at} an import shares its line with another statement; write two lines"
        if unit.kind is Kind.CODE and "__all__" in unit.claims:
            yield f"{at} `__all__` is made by more than one plain list; write it as one list"
        if unit.kind is Kind.CODE and unit.names.binds & imported:
            name = min(unit.names.binds & imported)
            yield f"{at} `{name}` is imported and bound again here; give one of them another name"
        if is_type_checking(unit):
            for use in unit.names.uses:
                if use.name in code_names:
                    yield (
                        f"{where}:{use.line}: under TYPE_CHECKING, `{use.name}` of this module is"
                        " used; take that statement out of the block"
                    )
        yield from _about_the_file(unit, where)
    yield from _exports_problems(read, where)
    for anchor in read_syntax(source).anchors:
        if not anchor.climbs:
            yield (
                f"{where}:{anchor.line}: `{anchor.text}` is the file itself, which would be"
                " another one in a part; use its folder (`.parent`), or keep this module whole"
            )
    first_code = min((unit.start for unit in read.code()), default=0)
    plain = {unit.start for unit in read.units if unit.kind is Kind.IMPORT}
    for line in star_lines(read):
        if line not in plain or line > first_code:
            yield (
                f"{where}:{line}: nobody can say which names this star import binds or hides;"
                " name them, or put it above all definitions"
            )


def _about_the_file(unit: Unit, where: str) -> Iterator[str]:
    for use in unit.names.uses:
        if use.name in _OF_THE_FILE:
            what = _OF_THE_FILE[use.name]
            yield f"{where}:{use.line}: `{use.name}` is about {what}; keep this module whole"
        if use.name in ("vars", "locals") and not use.late:
            yield f"{where}:{use.line}: `{use.name}` reads the module's names; keep it whole"
    if isinstance(unit.node, cst.If) and "__name__" in {use.name for use in unit.names.uses}:
        yield (
            f"{where}:{unit.start}: a package's __init__ is not run as a script; move this block"
            " to a module of its own first"
        )
        return
    loggers = _LoggerCounter()
    unit.node.visit(loggers)
    if loggers.others:
        line = next((use.line for use in unit.names.uses if use.name == "__name__"), unit.start)
        yield (
            f"{where}:{line}: `__name__` would be another name in a part; write the name out"
            " (only in `getLogger(__name__)` it may stay: the new logger is a child of the old)"
        )


class _LoggerCounter(cst.CSTVisitor):
    """Uses of `__name__` beside `getLogger(__name__)`."""

    def __init__(self) -> None:
        self.others = 0

    def visit_Call(self, node: cst.Call) -> bool:
        called = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
        alone = len(node.args) == 1 and isinstance(node.args[0].value, cst.Name)
        return not (alone and isinstance(called, cst.Name) and called.value == "getLogger")

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        node.value.visit(self)  # other.__name__ is not ours
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.others += node.value == "__name__"


def _exports_problems(read: SplitSource, where: str) -> Iterator[str]:
    units = [unit for unit in read.units if unit.kind is Kind.EXPORTS]
    if len(units) > 1 or any(_literal_names(unit) is None for unit in units):
        line = units[-1].start
        yield f"{where}:{line}: `__all__` is made by more than one plain list; write it as one list"
        return
    bound = {name for unit in read.units for name in unit.names.binds}
    stars = star_lines(read)
    for unit in units:
        for name in sorted((_literal_names(unit) or frozenset()) - bound):
            if not stars:
                yield f"{where}:{unit.start}: `__all__` lists {name}, which is not there; remove it"


def _listed(exports: Unit | None) -> frozenset[str]:
    return (_literal_names(exports) if exports else None) or frozenset()


def _literal_names(unit: Unit) -> frozenset[str] | None:
    """Return the names in `__all__ = ["a", "b"]`, or None where it is written otherwise."""
    node = small_statements(unit)[0]
    value = node.value if isinstance(node, cst.Assign | cst.AnnAssign) else None
    if not isinstance(value, cst.List | cst.Tuple):
        return None
    names = set()
    for element in value.elements:
        said = element.value
        text = said.evaluated_value if isinstance(said, cst.SimpleString) else None
        if not isinstance(element, cst.Element) or not isinstance(text, str):
            return None
        names.add(text)
    return frozenset(names)


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

    Those that are asked for, those that no part needs (they are there for their effect or for
    somebody that we do not see), and all that an import block assigns beside its imports.
    """
    used = {use.name for unit in read.code() for use in unit.names.uses}
    names: set[str] = set()
    for unit in read.imports():
        binds = unit.names.binds
        names |= binds & asked
        if unit.kind is Kind.IMPORT or not binds & used:
            names |= binds - used
        elif not is_type_checking(unit):
            names |= {n for n in binds - imported_names(unit) if not n.startswith("_")}
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
