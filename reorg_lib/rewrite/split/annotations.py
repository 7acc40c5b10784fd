"""Names in annotations, quoted or not, and how the program uses them when it runs.

It finds the places of a statement that contain types, and what could look up a name there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

import libcst as cst
from libcst.helpers import get_full_name_for_node

from reorg_lib.rewrite.split.scopes import ScopeVisitor

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
    """How a name in an annotation is used when the program runs."""

    NONE = ""  # it is read
    STORED = "stored"  # it is text in `__annotations__`; code that reads the types may look it up
    NEVER = "never"  # it cannot be looked up: locals, casts, type comments


class HintVisitor(ScopeVisitor):
    """Visits one statement, its quoted types included, and knows the kind of each name.

    `hint` is that of the current place.
    """

    def __init__(self, line_of: Callable[[cst.CSTNode], int], postponed: bool) -> None:
        super().__init__()
        self.hint = Hint.NONE
        self._line_of = line_of
        self._line: int | None = None
        self._postponed = postponed
        self._typing = 0
        self._plain = True  # nothing around the annotation uses it while the module runs
        self._annotation = Hint.NONE  # what a quoted name at this place is

    def read(self, name: str, node: cst.CSTNode, attribute: str = "") -> None:
        """Record `name`, and the attribute read from it, at `node`."""

    def line_of(self, node: cst.CSTNode) -> int:
        """Return the line of `node`; in a quoted type, that of the quotes."""
        return self._line if self._line is not None else self._line_of(node)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> bool:
        with self._hinted(Hint.NEVER if self.in_function() else self._annotation):
            self.each(node.annotation)
        self.each(node.value)
        self.assign(node.target)
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        plain = all(last_name(d.decorator) in _PLAIN_DECORATORS for d in node.decorators)
        with self._within(plain):
            return super().visit_FunctionDef(node)

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        bases = all(last_name(_generic(base.value)) in _PLAIN_BASES for base in node.bases)
        with self._within(bases and not node.decorators and not node.keywords):
            return super().visit_ClassDef(node)

    def visit_Annotation(self, node: cst.Annotation) -> bool:
        kind = self._annotation or (Hint.STORED if self._plain else Hint.NONE)
        with self._hinted(kind):
            hint = self.hint
            if self._postponed or kind is Hint.NEVER:
                self.hint = kind
            self.late += self._postponed
            self._typed(node.annotation)
            self.late -= self._postponed
            self.hint = hint
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
        generic = last_name(node.value)
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
        called = last_name(node.func)
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
        line, self._line = self._line, self.line_of(node)
        hint, self.hint = self.hint, self.hint or self._annotation
        self.late += 1
        said.visit(self)
        self.late -= 1
        self._line, self.hint = line, hint
        return False

    def visit_Comment(self, node: cst.Comment) -> None:
        said = _TYPE_COMMENT.match(node.value)
        hint, self.hint = self.hint, Hint.NEVER
        self.late += 1
        for word in _WORD.findall(said[1]) if said else ():
            self.read(word, node)
        self.late -= 1
        self.hint = hint


def last_name(node: cst.CSTNode) -> str:
    """Return `c` of `a.b.c`, "" if `node` is not a dotted name."""
    return (get_full_name_for_node(node) or "").rpartition(".")[2]


def _generic(node: cst.BaseExpression) -> cst.BaseExpression:
    """`Generic[T]` is `Generic`."""
    return node.value if isinstance(node, cst.Subscript) else node
