"""Modules that import each other and are entered in another order.

Such a circle of imports works or fails by which module comes first, and often the `__init__.py` of
a package decides that. A module that leaves the package no longer has this `__init__.py` run first,
and then one module may ask another for a name that is not defined yet. Leave the modules in one
package, or import the name where it is used.

Breaks:
    shop/old/__init__.py:
        from shop.old import tables
    shop/old/tables.py:
        from shop.old.db import ROWS
    shop/old/db.py:
        from shop.old.fs import root
        ROWS = []
    shop/old/fs.py:
        root = "/"
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/old/__init__.py:
        from shop.old import tables
    shop/old/tables.py:
        from shop.old import db
        def rows():
            return db.ROWS
    shop/old/db.py:
        from shop.old.fs import root
        ROWS = []
    shop/old/fs.py:
        root = "/"
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from reorg_lib.cycles import cycles
from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.load_graph import RUNS, Edges, LoadGraph, Packages, load_graph
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.model import Hazard, Module

KIND = "import-order"

_Met: TypeAlias = Mapping[tuple[str, str], int]
"""(who asks, who has only begun) → the number of the import that the latter had come to."""

_IMPORTS = ("import_statement", "import_from_statement")
_LATER = {"function_definition": "body", "lambda": "body"}


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the imports in a cycle that reach a partly loaded module which was loaded before."""
    known = load_graph(context)
    moved = {name for name in context.modules if known.before[name] != known.after[name]}
    starts: dict[tuple[str, str], tuple[str, int]] = {}
    for circle in _circles(known) if moved else ():
        if moved.isdisjoint(circle):
            continue
        edges = {name: _within(circle, known.edges.get(name, ())) for name in circle}
        before = _Runs(edges, {name: _within(circle, known.before[name]) for name in circle})
        after = _Runs(edges, {name: _within(circle, known.after[name]) for name in circle})
        if before.above == after.above:
            continue
        for start in sorted(circle):
            was = before.early(start)
            for (asks, asked), reached in sorted(after.early(start).items()):
                if reached < was.get((asks, asked), reached + 1):
                    line = known.lines[asked, edges[asked][reached]]
                    held = starts.setdefault((asks, asked), (start, line))
                    if line < held[1]:
                        starts[asks, asked] = (start, line)
    yield from _told(starts, context)


def _circles(known: LoadGraph) -> tuple[frozenset[str], ...]:
    """Modules that reach each other, before or after, by imports and their parent packages."""

    def reached(name: str) -> Iterator[str]:
        for one in (name, *known.edges.get(name, ())):
            yield from (one, *known.before[one], *known.after[one])

    return cycles({name: frozenset(reached(name)) - {name} for name in known.before})


def _within(circle: frozenset[str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in circle)


@dataclass(slots=True)
class _Runs:
    """What happens in an import cycle, by the module that is imported first."""

    edges: Edges
    above: Packages
    _known: dict[str, tuple[_Met, frozenset[str]]] = field(default_factory=dict)

    def early(self, start: str) -> _Met:
        """Return which module reaches which partly loaded one if `start` is imported first."""
        whole = (*self.above[start], start)
        first = whole[0]
        if first not in self._known:
            self._known[first] = self._run((first,))
        met, begun = self._known[first]
        # If the outermost package runs all of it anyway, nothing depends on `start`.
        return met if begun.issuperset(whole) else self._run(whole)[0]

    def _run(self, start: tuple[str, ...]) -> tuple[_Met, frozenset[str]]:
        met: dict[tuple[str, str], int] = {}
        begun: set[str] = set()
        running: dict[str, int] = {}
        first: Iterator[tuple[str, int, bool]] = ((name, 0, False) for name in start)
        stack = [("", first)]
        while stack:
            module, asked = stack[-1]
            for name, place, is_wanted in asked:
                running[module] = place
                if name not in begun:
                    begun.add(name)
                    stack.append((name, self._asked(name)))
                    break
                if is_wanted and name in running and name != module:
                    reached = running[name]
                    met[module, name] = min(reached, met.get((module, name), reached))
            else:
                running.pop(module, None)
                stack.pop()
        return met, frozenset(begun)

    def _asked(self, module: str) -> Iterator[tuple[str, int, bool]]:
        """Yield what each of its imports loads, with the number of the import."""
        for place, target in enumerate(self.edges[module]):
            yield from ((package, place, False) for package in self.above[target])
            yield target, place, True


def _told(
    starts: Mapping[tuple[str, str], tuple[str, int]], context: HazardContext
) -> Iterator[Hazard]:
    """One hazard for each module that is used too early, at the first place that uses it."""
    places: dict[str, list[tuple[str, int, str, str]]] = defaultdict(list)
    for (asks, asked), (start, reached) in sorted(starts.items()):
        module = context.modules[asks]
        for line, wanted in _wanted(module, asked, context):
            if not _is_bound(wanted, asked, reached, context):
                places[asked].append((module.path, line, wanted, start))
                break
    for asked, found in places.items():
        path, line, wanted, start = found[0]
        others = [f"{path}:{line}" for path, line, _, _ in found[1:]]
        yield hazard(
            KIND,
            path,
            line,
            f"asks {asked} for {wanted or 'what is in it'} while that is still being "
            "imported, where "
            f"{start} is imported first{f'; so do {listed(others)}' if others else ''}: they "
            "import each other, and after the moves another `__init__` comes first; leave them in "
            "one package, or import it where it is used",
        )


def _wanted(module: Module, asked: str, context: HazardContext) -> Iterator[tuple[int, str]]:
    """Yield line and name of what a module needs from `asked` while it runs; "" if all of it."""
    for statement in module.syntax.imports:
        if statement.kind not in RUNS:
            continue
        base = context.imports.base(module, statement)
        for name in statement.names if base or not statement.is_from else ():
            whole = f"{base}.{name.name}" if base else name.name
            if whole == asked:
                used = _used(context.code(module.path), name.alias or name.name)
                yield from ((statement.line, one) for one in sorted(used))
            elif base == asked and whole not in context.modules:
                yield statement.line, "" if name.name == "*" else name.name


def _used(code: Code, name: str) -> set[str]:
    """What is read from a dotted name while the module itself runs, and not only in a function."""
    lazy = b"from __future__ import annotations" in code.content
    found: set[str] = set()
    waiting = [code.root]
    while waiting:
        node = waiting.pop()
        if node.type in _IMPORTS or (node.type == "type" and lazy):
            continue
        if node.type in ("identifier", "attribute"):
            written = code.text(node).replace(" ", "")
            if written == name or written.startswith(f"{name}."):
                found.add(written[len(name) + 1 :].partition(".")[0])
                continue
        later = _LATER.get(node.type)
        body = node.child_by_field_name(later) if later else None
        waiting += [child for child in node.named_children if child != body]
    return found


def _is_bound(name: str, module: str, line: int, context: HazardContext) -> bool:
    """Whether a module has bound a name when it reaches a line; never for all of it ("")."""
    read = context.modules[module]
    earlier = [s for s in read.syntax.imports if s.line < line and s.kind in RUNS]
    if not name:
        return False
    if any(name == (n.alias or n.name) for statement in earlier for n in statement.names):
        return True
    before = b"".join(context.contents.get(read.path, b"").splitlines(keepends=True)[: line - 1])
    word = re.escape(name.encode())
    return bool(
        re.search(rb"^(?:(?:async )?def |class )%b\b|^%b[ \t]*[:=]" % (word, word), before, re.M)
    )
