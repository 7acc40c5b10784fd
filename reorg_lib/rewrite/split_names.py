"""Which names of its module a top-level statement binds, reads and changes.

Owns what counts as reading at import time, reading late and changing, and finds names in
annotations, quoted or not. Must not know parts, files or lines of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import libcst as cst
from libcst.helpers import get_full_name_for_node

from reorg_lib.rewrite.split_bindings import bound_names
from reorg_lib.rewrite.split_scopes import ScopeVisitor

# subscripts whose strings are types even outside an annotation: Alias = list["Item"]
# fmt: off
_GENERICS = frozenset((
    "list", "dict", "tuple", "set", "frozenset", "type", "Annotated", "Callable",
    "ClassVar", "Dict", "Final", "Iterable", "Iterator", "List", "Mapped", "Mapping",
    "Optional", "Sequence", "Set", "Tuple", "Type", "Union",
))
# fmt: on
_PLAIN_BASES = frozenset(("object", "ABC", "Exception", "Generic", "Protocol"))
_PLAIN_DECORATORS = frozenset(
    ("abstractmethod", "classmethod", "overload", "override", "property", "staticmethod")
)
_TYPE_COMMENT = re.compile(r"#\s*type:\s*(?!ignore)(.+)")
_WORD = re.compile(r"[^\W\d]\w*")


class Hint(StrEnum):
    """What becomes of a name in an annotation when the program runs."""

    NONE = ""  # it is read
    STORED = "stored"  # it is text in `__annotations__`; who asks for types may look it up
    NEVER = "never"  # nobody can look it up: locals, casts, type comments


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A name of the module that is read on `line`; `late` when only a later call reads it.

    `attribute` is what is taken from it (`c` in `users.c.id`), or "" where it is used as a whole.
    """

    line: int
    name: str
    late: bool
    attribute: str = ""
    hint: Hint = Hint.NONE


@dataclass(frozen=True, slots=True)
class Names:
    """What one top-level statement does with the names of its module.

    `sets` are names with the attribute of theirs that it assigns or deletes ("" for an item, and
    for the name itself where it is augmented); `calls` are names of which it calls a method for
    its effect, or that decorate a function; `runs` are names that it calls; `later` are names
    that its functions change when they are called; `deletes` are names that it unbinds;
    `rebinds` are names that a function in it assigns through `global`; `registers` are names that
    decorate something or are called for their effect, True where it is by way of an attribute.
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


class _UseCollector(ScopeVisitor):
    """The module's names that a statement reads, at once or late, and those that it changes."""

    def __init__(self, line_of: Callable[[cst.CSTNode], int], postponed: bool) -> None:
        super().__init__()
        self.uses: set[Use] = set()
        self.sets: set[tuple[str, str]] = set()
        self.calls: set[str] = set()
        self.runs: set[str] = set()
        self.later: set[str] = set()
        self.deletes: set[str] = set()
        self.registers: set[tuple[str, bool]] = set()
        self._line_of = line_of
        self._postponed = postponed
        self._typing = 0
        self._line: int | None = None
        self._plain = True  # nothing around the annotation gets hold of it while the module runs
        self._annotation = Hint.NONE  # what a quoted name at this place is
        self._hint = Hint.NONE  # what a name at this place is

    # ------------------------------------------------------------------------------- names

    def visit_Name(self, node: cst.Name) -> None:
        self._read(node.value, node)

    def _read(self, name: str, node: cst.CSTNode, attribute: str = "") -> None:
        if self.is_global(name):
            line = self._line if self._line is not None else self._line_of(node)
            self.uses.add(Use(line, name, self.late > 0, attribute, self._hint))

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

    def visit_AnnAssign(self, node: cst.AnnAssign) -> bool:
        with self._hinted(Hint.NEVER if self.in_function() else self._annotation):
            self.each(node.annotation)
        self.each(node.value)
        self.assign(node.target)
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
            self._read(node.value.value, node.value, node.attr.value)
        else:
            node.value.visit(self)
        return False

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

    # ------------------------------------------------------------------------- annotations

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        plain = all(_last(d.decorator) in _PLAIN_DECORATORS for d in node.decorators)
        with self._within(plain):
            return super().visit_FunctionDef(node)

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        bases = all(_last(_generic(base.value)) in _PLAIN_BASES for base in node.bases)
        with self._within(bases and not node.decorators and not node.keywords):
            return super().visit_ClassDef(node)

    def visit_Annotation(self, node: cst.Annotation) -> bool:
        kind = self._annotation or (Hint.STORED if self._plain else Hint.NONE)
        with self._hinted(kind):
            hint = self._hint
            if self._postponed or kind is Hint.NEVER:
                self._hint = kind
            self.late += self._postponed
            self._typed(node.annotation)
            self.late -= self._postponed
            self._hint = hint
        return False

    @contextmanager
    def _within(self, plain: bool) -> Iterator[None]:
        before, self._plain = self._plain, self._plain and plain
        yield
        self._plain = before

    @contextmanager
    def _hinted(self, kind: Hint) -> Iterator[None]:
        before, self._annotation = self._annotation, kind
        yield
        self._annotation = before

    def visit_Subscript(self, node: cst.Subscript) -> bool:
        node.value.visit(self)
        generic = _last(node.value)
        if generic == "Literal":
            typing, self._typing = self._typing, 0
            self.each(*node.slice)
            self._typing = typing
        elif self._typing or generic in _GENERICS:
            self._typed(*node.slice)
        else:
            self.each(*node.slice)
        return False

    def visit_Call(self, node: cst.Call) -> bool:
        called = _last(node.func)
        if isinstance(node.func, cst.Name) and self._now(node.func.value):
            self.runs.add(node.func.value)
        node.func.visit(self)
        typed = {"cast": node.args[:1], "TypeVar": node.args[1:], "NewType": node.args[1:]}
        for arg in node.args:
            if any(arg is one for one in typed.get(called, ())):
                with self._hinted(Hint.NEVER if called == "cast" else Hint.NONE):
                    self._typed(arg)
            else:
                typing, self._typing = self._typing, 0
                arg.visit(self)
                self._typing = typing
        return False

    def _typed(self, *nodes: cst.CSTNode) -> None:
        self._typing += 1
        self.each(*nodes)
        self._typing -= 1

    def visit_SimpleString(self, node: cst.SimpleString) -> bool:
        return self._quoted(node)

    def visit_ConcatenatedString(self, node: cst.ConcatenatedString) -> bool:
        return self._quoted(node)

    def _quoted(self, node: cst.SimpleString | cst.ConcatenatedString) -> bool:
        value = node.evaluated_value if self._typing else None
        if not isinstance(value, str):
            return True
        try:
            said = cst.parse_expression(value.strip())
        except cst.ParserSyntaxError:
            return False
        line, self._line = self._line, self._line_of(node) if self._line is None else self._line
        hint, self._hint = self._hint, self._hint or self._annotation
        self.late += 1
        said.visit(self)
        self.late -= 1
        self._line, self._hint = line, hint
        return False

    def visit_Comment(self, node: cst.Comment) -> None:
        said = _TYPE_COMMENT.match(node.value)
        for word in _WORD.findall(said[1]) if said else ():
            if self.is_global(word):
                self.uses.add(Use(self._line_of(node), word, late=True, hint=Hint.NEVER))


def _row(node: cst.CSTNode) -> list[cst.CSTNode]:
    if isinstance(node, cst.Tuple | cst.List):
        return [element.value for element in node.elements]
    return [node]


def _generic(node: cst.BaseExpression) -> cst.BaseExpression:
    """`Generic[T]` is `Generic`."""
    return node.value if isinstance(node, cst.Subscript) else node


def _last(node: cst.CSTNode) -> str:
    return (get_full_name_for_node(node) or "").rpartition(".")[2]


def _root(node: cst.CSTNode) -> tuple[str, str]:
    """Return the name that `node` starts from and the first attribute of it, "" where none is."""
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
