"""Modules that import each other, and would be entered from another side.

In a circle that works, everything depends on who comes first, and that is settled by the `__init__`
of a package more often than by an import statement: it runs before any module below it. A module
that leaves the package no longer has it run first, and then something may ask a module for a name
while that module has only begun. The circle is the same, so no graph shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tree_sitter import Node

from reorg_lib.model import Hazard, ImportStatement, Module
from reorg_lib.plan.hazard_kinds.code import Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.plan.hazard_kinds.loading import RUNS, Edges, Packages, loading
from reorg_lib.survey.circles import cycles

KIND = "import-order"
_LATER = {"function_definition": "body", "lambda": "body"}


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the imports in a circle that meet a module which has only begun, and did not before."""
    known = loading(ground)
    moved = {name for name in ground.modules if known.before[name] != known.after[name]}
    graph = {
        name: frozenset(
            other
            for one in (name, *known.edges.get(name, ()))
            for other in (one, *known.before[one], *known.after[one])
            if other != name
        )
        for name in ground.modules
    }
    starts: dict[tuple[str, str], str] = {}
    for circle in cycles(graph) if moved else ():
        if moved.isdisjoint(circle):
            continue
        edges = {name: _within(circle, known.edges.get(name, ())) for name in circle}
        before = _Runs(edges, {name: _within(circle, known.before[name]) for name in circle})
        after = _Runs(edges, {name: _within(circle, known.after[name]) for name in circle})
        if before.above == after.above:
            continue
        for start in sorted(circle):
            for met in sorted(after.early(start) - before.early(start)):
                starts.setdefault(met, start)
    yield from _told(starts, ground)


def _within(circle: frozenset[str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in circle)


@dataclass(slots=True)
class _Runs:
    """What happens in a circle, by the module that is imported first."""

    edges: Edges
    above: Packages
    _known: dict[str, tuple[frozenset[tuple[str, str]], frozenset[str]]] = field(
        default_factory=dict
    )

    def early(self, start: str) -> frozenset[tuple[str, str]]:
        """Return who imports whom while that one has only begun, if `start` is imported first."""
        first = (*self.above[start], start)[0]
        if first not in self._known:
            self._known[first] = self._run((first,))
        met, begun = self._known[first]
        # Where the outermost package runs all of it anyway, nothing depends on `start`.
        whole = (*self.above[start], start)
        return met if begun.issuperset(whole) else self._run(whole)[0]

    def _run(self, start: tuple[str, ...]) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
        met: set[tuple[str, str]] = set()
        begun: set[str] = set()
        running: set[str] = set()
        stack: list[tuple[str, Iterator[tuple[str, bool]]]] = [("", ((n, False) for n in start))]
        while stack:
            module, asked = stack[-1]
            for name, is_wanted in asked:
                if name not in begun:
                    begun.add(name)
                    running.add(name)
                    stack.append((name, self._asked(name)))
                    break
                if is_wanted and name in running and name != module:
                    met.add((module, name))
            else:
                running.discard(module)
                stack.pop()
        return frozenset(met), frozenset(begun)

    def _asked(self, module: str) -> Iterator[tuple[str, bool]]:
        for target in self.edges[module]:
            yield from ((package, False) for package in self.above[target])
            yield target, True


def _told(starts: Mapping[tuple[str, str], str], ground: Ground) -> Iterator[Hazard]:
    """One hazard for each module that is asked too early, at the first place that asks."""
    places: dict[str, list[tuple[str, int, str, str]]] = defaultdict(list)
    for (asks, asked), start in sorted(starts.items()):
        module = ground.modules[asks]
        needs = _needs(module, asked, ground)
        if needs is not None:
            line, wanted = needs
            places[asked].append((module.path, line, wanted, start))
    for asked, found in places.items():
        path, line, wanted, start = found[0]
        others = [f"{path}:{line}" for path, line, _, _ in found[1:]]
        yield hazard(
            KIND,
            path,
            line,
            f"asks {asked} for {wanted} while that has only begun, where {start} is imported "
            f"first{f'; so do {listed(others)}' if others else ''}: they import each other, and "
            "after the moves another `__init__` comes first; leave them in one package, or import "
            "it where it is used",
        )


def _needs(module: Module, asked: str, ground: Ground) -> tuple[int, str] | None:
    """Return the line that needs something of `asked` at once, and what; None if none does."""
    for statement in module.syntax.imports:
        if statement.kind in RUNS:
            for wanted, used in _wanted(statement, module, asked, ground):
                if not used or _is_used(ground.code(module.path), used):
                    return statement.line, wanted
    return None


def _wanted(
    statement: ImportStatement, module: Module, asked: str, ground: Ground
) -> Iterator[tuple[str, str]]:
    """Yield what is wanted of `asked`, and by which name it is used if it is the module itself."""
    if not statement.is_from:
        for name in statement.names:
            if name.name == asked:
                yield "what is in it", name.alias or name.name
        return
    base = ground.base(module, statement)
    for name in statement.names:
        if f"{base}.{name.name}" == asked:
            yield "what is in it", name.alias or name.name
        elif base == asked and f"{base}.{name.name}" not in ground.modules:
            yield name.name if name.name != "*" else "everything", ""


def _is_used(code: Code, name: str) -> bool:
    """Whether a dotted name is used while the module itself runs, and not only in a function."""
    lazy = b"from __future__ import annotations" in code.content

    def used(node: Node) -> bool:
        if node.type in ("import_statement", "import_from_statement"):
            return False
        if node.type == "type" and lazy:
            return False
        if node.type in ("identifier", "attribute"):
            written = code.text(node).replace(" ", "")
            if written == name or written.startswith(f"{name}."):
                return True
        later = _LATER.get(node.type)
        body = node.child_by_field_name(later) if later else None
        return any(used(child) for child in node.named_children if child != body)

    return used(code.root)
