"""Whether importing the parts of a split still does the same things in the same order.

A split is refused if the order of parts has an effect: a side effect that comes too early, a second
variable.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

import libcst as cst
from libcst.helpers import get_full_name_for_node

from reorg_lib.errors import RewriteError
from reorg_lib.rewrite.libcst_bindings import import_binding
from reorg_lib.rewrite.split.part_imports import natural
from reorg_lib.rewrite.split.part_needs import Need, graph_of, is_for_checkers
from reorg_lib.rewrite.split.placement import Placement
from reorg_lib.rewrite.split.statement_kinds import imported_aliases, imported_names, is_remark
from reorg_lib.rewrite.split.units import SplitSource, Unit


def check_order(
    source: SplitSource, placement: Placement, order: Sequence[str], where: str, top: str
) -> None:
    """Check that each effect at import time still comes before and after the same statements.

    `top` is the top-level package of the module: the order of its registrations is kept.

    Raises:
        RewriteError: with one line for each statement that would run at another time.
    """
    refused = set(_late_imports(source, where))
    code = source.code()
    runs = sorted(code, key=lambda u: (order.index(placement.part_of[u.start]), u.start))
    turn = {unit.start: index for index, unit in enumerate(runs)}

    def flipped(one: Unit, other: Unit) -> bool:
        return (one.start < other.start) != (turn[one.start] < turn[other.start])

    called = {unit.start: _run_by_calls(unit, code) for unit in code}
    touching: dict[str, dict[int, Unit]] = defaultdict(dict)
    for unit in code:
        read = {use.name for use in unit.names.uses if not use.late} | called[unit.start][0]
        for name in unit.names.binds | read:
            touching[name][unit.start] = unit
    registrars = _registrars(source, top)
    registered: dict[str, list[Unit]] = defaultdict(list)
    for unit in code:
        for name in sorted({name for name, _ in unit.names.registers & registrars}):
            for other in registered[name]:
                if flipped(unit, other):
                    refused.add(
                        f"{where}:{unit.start}: `{name}`, which is imported, may keep what it is"
                        f" given in order, and the split would turn round this and line"
                        f" {other.start}; put both in one part"
                    )
            registered[name].append(unit)
    for unit in code:
        again = {n for n in unit.names.binds if next(iter(touching[n])) != unit.start}
        for name, attribute in sorted(_changed(unit, again | called[unit.start][1])):
            for other in touching[name].values() if name in placement.owner else ():
                if flipped(unit, other) and _sees(other, name, attribute):
                    refused.add(
                        f"{where}:{unit.start}: changes `{name}`, which line {other.start} reads,"
                        " and the split would turn their order round; put both in one part"
                    )
        if _is_effect(unit, placement):
            other_unit = next((other for other in code if flipped(unit, other)), None)
            if other_unit:
                refused.add(
                    f"{where}:{unit.start}: runs for its effect and names no definition, so it"
                    f" cannot keep its place after or before line {other_unit.start}; move it"
                    " to the top of the module or into a function first"
                )
    if refused:
        raise RewriteError("the split would change what runs first:", tuple(sorted(refused)))


def sort_parts(
    source: SplitSource,
    placement: Placement,
    order: Sequence[str],
    needs: Sequence[Need],
    where: str,
    top: str,
) -> tuple[str, ...] | None:
    """Return the parts as a linter sorts their imports, or None if that order has an effect.

    An imported part first runs the parts that it needs, so the order of running can differ.
    """
    typed = sorted(order, key=lambda part: natural(part.removesuffix(".py")))
    at_run = [need for need in needs if not is_for_checkers(need, order)]
    needed = graph_of(dict.fromkeys(order, 0), at_run)
    runs: list[str] = []

    def run(part: str) -> None:
        for owner in typed:
            if owner in needed[part] and owner not in runs:
                run(owner)
        runs.append(part)

    for part in typed:
        if part not in runs:
            run(part)
    try:
        check_order(source, placement, runs, where, top)
    except RewriteError:
        return None
    return tuple(typed)


def check_variables(
    source: SplitSource,
    needs: Sequence[Need],
    exported: frozenset[str],
    where: str,
) -> None:
    """Check that no name whose value changes later is copied to another module.

    Raises:
        RewriteError: with one line for each name that would become two variables.
    """
    used: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        used[need.name].append(need)
    refused = set()
    for unit in source.code():
        for use in unit.names.rebinds:
            for need in used[use.name][:1]:
                refused.add(
                    f"{where}:{use.line}: `global {use.name}` rebinds it, and {need.user} would"
                    f" keep the first value (line {need.line}); put both in one part"
                )
            if use.name in exported:
                refused.add(
                    f"{where}:{use.line}: `global {use.name}` rebinds it, and the package's"
                    " re-export would keep the first value; keep this module whole, or hold the"
                    " state in an object first"
                )
        for name in unit.names.deletes:
            for need in used[name][:1]:
                refused.add(
                    f"{where}:{unit.start}: deletes `{name}`, which {need.user} needs"
                    f" (line {need.line}); put both in one part"
                )
    if refused:
        raise RewriteError("the split would make two variables of one:", tuple(sorted(refused)))


def _run_by_calls(unit: Unit, code: Sequence[Unit]) -> tuple[set[str], set[str]]:
    """Return the names that the module's own functions read and change when `unit` calls them."""
    reads: set[str] = set()
    changes: set[str] = set()
    todo = set(unit.names.runs)
    done: set[str] = set()
    while todo:
        done |= todo
        run = [other for other in code if other.names.binds & todo and other is not unit]
        late = {use.name for other in run for use in other.names.uses if use.late}
        reads |= late
        changes.update(*(other.names.later for other in run))
        todo = late - done
    return reads, changes


def _changed(unit: Unit, again: set[str]) -> set[tuple[str, str]]:
    """Names that `unit` changes once they exist, with the attribute, "" for the whole."""
    whole = again | unit.names.calls | unit.names.deletes
    return {(name, "") for name in whole} | unit.names.sets


def _sees(unit: Unit, name: str, attribute: str) -> bool:
    """Whether a change of `name.attribute` can show in `unit`: `users.c.id` sees no `users.x`."""
    if not attribute or name in unit.names.binds:
        return True
    taken = {use.attribute for use in unit.names.uses if use.name == name and not use.late}
    return not taken or bool(taken & {"", attribute})  # no attribute here: a function reads it


def _is_effect(unit: Unit, placement: Placement) -> bool:
    """`warnings.filterwarnings(…)`    `os.environ["X"] = …`"""
    names = unit.names
    if {name for name, _ in names.sets} - placement.owner.keys() - placement.loops:
        return True
    used = {use.name for use in names.uses} | names.binds
    return not is_remark(unit.node) and not used & (placement.owner.keys() | placement.loops)


def _registrars(source: SplitSource, top: str) -> frozenset[tuple[str, bool]]:
    """Imported names that may register what they receive, as decorators or when called.

    `from .app import router`    an object of ours: by itself and by an attribute
    `from m import router`       of others: by an attribute, the standard library's left out
    """
    found = set()
    for unit in source.imports():
        for node, alias in imported_aliases(unit.node):
            module = alias.name if isinstance(node, cst.Import) else node.module
            first = (get_full_name_for_node(module) or "").split(".")[0] if module else ""
            relative = isinstance(node, cst.ImportFrom) and bool(node.relative)
            name = import_binding(alias)
            if relative or first == top:
                found |= {(name, True), (name, False)}
            elif first == "atexit" or (
                isinstance(node, cst.ImportFrom) and first not in sys.stdlib_module_names
            ):
                found.add((name, True))
    return frozenset(found)


def _late_imports(source: SplitSource, where: str) -> Iterator[str]:
    """Statements above an import that may have to run before it: `sys.path.insert(…)`."""
    imports = [unit for unit in source.imports() if imported_names(unit.node)]
    owned = {name for unit in source.code() for name in unit.claims}
    for unit in source.code():
        changes = {name for name, _ in unit.names.sets} - owned
        names = unit.claims | {use.name for use in unit.names.uses}
        later = next((i for i in imports if i.start > unit.start), None)
        if later and (changes or (not names & owned and not is_remark(unit.node))):
            yield (
                f"{where}:{unit.start}: runs before the import on line {later.start}, which"
                " would come first in a part; keep this module whole"
            )
