"""Which names of its module a top-level statement binds, reads and changes.

It defines what counts as reading at import time, reading late, changing and registering.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import libcst as cst

from reorg_lib.rewrite.libcst_bindings import bound_names
from reorg_lib.rewrite.split.annotations import Hint, HintVisitor


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A name of the module that is read on `line`; `late` when only a later call reads it.

    `attribute` is what is read from it (`c` in `users.c.id`), or "" if it is used as a whole.
    """

    line: int
    name: str
    late: bool
    attribute: str = ""
    hint: Hint = Hint.NONE


@dataclass(frozen=True, slots=True)
class Names:
    """What one top-level statement does with the names of its module.

    `sets` are names with the attribute that it assigns or deletes ("" for an item, and for the name
    itself in an augmented assignment); `calls` are names whose method it calls for its effect, or
    that decorate a function; `runs` are names that it calls; `later` are names that its functions
    change when they are called; `deletes` are names that it unbinds; `rebinds` are names that a
    function in it assigns through `global`; `registers` are names that decorate something or are
    called for their effect, True if that is through an attribute.
    """

    binds: frozenset[str]
    uses: tuple[Use, ...]
    sets: frozenset[tuple[str, str]]
    calls: frozenset[str]
    runs: frozenset[str]
    later: frozenset[str]
    deletes: frozenset[str]
    rebinds: tuple[Use, ...]
    registers: frozenset[tuple[str, bool]]


def read_names(node: cst.CSTNode, line_of: Callable[[cst.CSTNode], int], postponed: bool) -> Names:
    """Return what the top-level statement `node` does; `postponed` when annotations run late."""
    reader = _UseCollector(line_of, postponed)
    node.visit(reader)
    return Names(
        binds=frozenset(bound_names(node)),
        uses=tuple(sorted(reader.uses)),
        sets=frozenset(reader.sets),
        calls=frozenset(reader.calls),
        runs=frozenset(reader.runs),
        later=frozenset(reader.later),
        deletes=frozenset(reader.deletes),
        rebinds=tuple(
            sorted(Use(line_of(at), name, late=True) for name, at in set(reader.rebinds))
        ),
        registers=frozenset(reader.registers),
    )


class _UseCollector(HintVisitor):
    """The module's names that a statement reads, at once or late, and those that it changes."""

    def __init__(self, line_of: Callable[[cst.CSTNode], int], postponed: bool) -> None:
        super().__init__(line_of, postponed)
        self.uses: set[Use] = set()
        self.sets: set[tuple[str, str]] = set()
        self.calls: set[str] = set()
        self.runs: set[str] = set()
        self.later: set[str] = set()
        self.deletes: set[str] = set()
        self.registers: set[tuple[str, bool]] = set()

    # ------------------------------------------------------------------------------- names

    def visit_Name(self, node: cst.Name) -> None:
        self.read(node.value, node)

    def read(self, name: str, node: cst.CSTNode, attribute: str = "") -> None:
        if self.is_global(name):
            self.uses.add(Use(self.line_of(node), name, self.late > 0, attribute, self.hint))

    def assigned(self, target: cst.CSTNode) -> None:
        name, attribute = _root(target)
        if self._now(name):
            self.sets.add((name, attribute))
        elif name and self.is_global(name):
            self.later.add(name)

    def _now(self, name: str) -> bool:
        return bool(name) and not self.late and self.is_global(name)

    # -------------------------------------------------------------------------- statements

    def visit_Assign(self, node: cst.Assign) -> bool:
        node.value.visit(self)
        for target in node.targets:
            self.assign(target.target)
        return False

    def visit_AugAssign(self, node: cst.AugAssign) -> bool:
        self.each(node.value, node.target)
        self.assigned(node.target)
        return False

    def visit_Del(self, node: cst.Del) -> bool:
        node.target.visit(self)
        for target in _row(node.target):
            if not isinstance(target, cst.Name):
                self.assigned(target)
            elif self._now(target.value):
                self.deletes.add(target.value)
        return False

    def visit_Expr(self, node: cst.Expr) -> None:
        if not isinstance(node.value, cst.Call):
            return
        name, _ = _root(node.value.func)
        if self._now(name):
            self.registers.add((name, isinstance(node.value.func, cst.Attribute)))
        if isinstance(node.value.func, cst.Attribute) and name and self.is_global(name):
            (self.later if self.late else self.calls).add(name)

    def visit_For(self, node: cst.For) -> bool:
        node.iter.visit(self)
        self.assign(node.target)
        self.each(node.body, node.orelse)
        return False

    def visit_WithItem(self, node: cst.WithItem) -> bool:
        node.item.visit(self)
        self.assign(node.asname.name if node.asname else None)
        return False

    def visit_ExceptHandler(self, node: cst.ExceptHandler) -> bool:
        self.each(node.type, node.body)
        return False

    def visit_ExceptStarHandler(self, node: cst.ExceptStarHandler) -> bool:
        self.each(node.type, node.body)
        return False

    def visit_NamedExpr(self, node: cst.NamedExpr) -> bool:
        node.value.visit(self)
        return False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        if isinstance(node.value, cst.Name):
            self.read(node.value.value, node.value, node.attr.value)
        else:
            node.value.visit(self)
        return False

    def visit_Call(self, node: cst.Call) -> bool:
        if isinstance(node.func, cst.Name) and self._now(node.func.value):
            self.runs.add(node.func.value)
        return super().visit_Call(node)

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    def visit_Decorator(self, node: cst.Decorator) -> None:  # @routes.get("/x")   adds to routes
        name, _ = _root(node.decorator)
        if self._now(name):
            own = isinstance(node.decorator, cst.Name)
            (self.runs if own else self.calls).add(name)
            called = node.decorator.func if isinstance(node.decorator, cst.Call) else node.decorator
            self.registers.add((name, isinstance(called, cst.Attribute)))

    def visit_Global(self, node: cst.Global) -> bool:
        return False

    def visit_Nonlocal(self, node: cst.Nonlocal) -> bool:
        return False

    def visit_MatchAs(self, node: cst.MatchAs) -> bool:
        self.each(node.pattern)
        return False

    def visit_MatchStar(self, node: cst.MatchStar) -> bool:
        return False

    def visit_MatchMapping(self, node: cst.MatchMapping) -> bool:
        self.each(*node.elements)
        return False

    def visit_MatchKeywordElement(self, node: cst.MatchKeywordElement) -> bool:
        node.pattern.visit(self)
        return False


def _row(node: cst.CSTNode) -> list[cst.CSTNode]:
    if isinstance(node, cst.Tuple | cst.List):
        return [element.value for element in node.elements]
    return [node]


def _root(node: cst.CSTNode) -> tuple[str, str]:
    """Return the name that `node` starts from and its first attribute, "" if there is none."""
    attribute = ""
    while not isinstance(node, cst.Name):
        if isinstance(node, cst.Attribute):
            attribute, node = node.attr.value, node.value
        elif isinstance(node, cst.Subscript):
            attribute, node = "", node.value
        elif isinstance(node, cst.Call):
            attribute, node = "", node.func
        else:
            return "", ""
    return node.value, attribute
