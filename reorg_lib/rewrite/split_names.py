"""Which names of its module a top-level statement binds, reads and changes.

Owns Python's scopes as far as a split needs them: a parameter called `metadata` is not the
module's `metadata`. Where a name could be either, it counts as the module's, for an import too
many does no harm and one too few does. Must not know parts, files or lines of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.helpers import get_full_name_for_node

from reorg_lib.rewrite.split_bindings import BindingCollector, bound_names, target_names

# subscripts whose strings are types even outside an annotation: Alias = list["Item"]
# fmt: off
_GENERICS = frozenset((
    "list", "dict", "tuple", "set", "frozenset", "type", "Annotated", "Callable",
    "ClassVar", "Dict", "Final", "Iterable", "Iterator", "List", "Mapped", "Mapping",
    "Optional", "Sequence", "Set", "Tuple", "Type", "Union",
))
# fmt: on
_TYPE_COMMENT = re.compile(r"#\s*type:\s*(?!ignore)(.+)")
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A name of the module that is read on `line`; `late` when only a later call reads it.

    `attribute` is what is taken from it (`c` in `users.c.id`), or "" where it is used as a whole.
    """

    line: int
    name: str
    late: bool
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What one top-level statement does with the names of its module.

    `sets` are names with the attribute of theirs that it assigns or deletes ("" for an item, and
    for the name itself where it is augmented); `calls` are names of which it calls a method for
    its effect, or that decorate a function; `runs` are names that it calls; `later` are names
    that its functions change when they are called; `deletes` are names that it unbinds;
    `rebinds` are names that a function in it assigns through `global`.
    """

    binds: frozenset[str]
    uses: tuple[Use, ...]
    sets: frozenset[tuple[str, str]]
    calls: frozenset[str]
    runs: frozenset[str]
    later: frozenset[str]
    deletes: frozenset[str]
    rebinds: tuple[Use, ...]


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
        rebinds=tuple(sorted(reader.rebinds)),
    )


@dataclass(slots=True)
class _Scope:
    """One scope inside the statement; names of a class are not seen from the scopes below."""

    bound: set[str]
    declared: frozenset[str] = frozenset()
    is_class: bool = False


class _UseCollector(cst.CSTVisitor):
    """The module's names that a statement reads, at once or late, and those that it changes."""

    def __init__(self, line_of: Callable[[cst.CSTNode], int], postponed: bool) -> None:
        self.uses: set[Use] = set()
        self.sets: set[tuple[str, str]] = set()
        self.calls: set[str] = set()
        self.runs: set[str] = set()
        self.later: set[str] = set()
        self.deletes: set[str] = set()
        self.rebinds: set[Use] = set()
        self._line_of = line_of
        self._postponed = postponed
        self._scopes: list[_Scope] = []
        self._late = 0
        self._typing = 0
        self._line: int | None = None

    # ------------------------------------------------------------------------------- names

    def visit_Name(self, node: cst.Name) -> None:
        self._read(node.value, node)

    def _read(self, name: str, node: cst.CSTNode, attribute: str = "") -> None:
        if self._is_global(name):
            line = self._line if self._line is not None else self._line_of(node)
            self.uses.add(Use(line, name, self._late > 0, attribute))

    def _is_global(self, name: str) -> bool:
        for depth, scope in enumerate(reversed(self._scopes)):
            if name in scope.declared:
                return True
            if name in scope.bound and not (scope.is_class and depth):
                return False
        return True

    def _assign(self, target: cst.CSTNode | None) -> None:
        if isinstance(target, cst.Tuple | cst.List):
            for element in target.elements:
                self._assign(element.value)
        elif target is not None and not isinstance(target, cst.Name):
            target.visit(self)  # a.b = …    a[b] = …
            self._set(target)

    def _set(self, target: cst.CSTNode) -> None:
        name, attribute = _root(target)
        if self._now(name):
            self.sets.add((name, attribute))
        elif name and self._is_global(name):
            self.later.add(name)

    def _now(self, name: str) -> bool:
        return bool(name) and not self._late and self._is_global(name)

    def _each(self, *nodes: cst.CSTNode | None) -> None:
        for node in nodes:
            if node is not None:
                node.visit(self)

    # -------------------------------------------------------------------------- statements

    def visit_Assign(self, node: cst.Assign) -> bool:
        node.value.visit(self)
        for target in node.targets:
            self._assign(target.target)
        return False

    def visit_AnnAssign(self, node: cst.AnnAssign) -> bool:
        self._each(node.annotation, node.value)
        self._assign(node.target)
        return False

    def visit_AugAssign(self, node: cst.AugAssign) -> bool:
        self._each(node.value, node.target)
        self._set(node.target)
        return False

    def visit_Del(self, node: cst.Del) -> bool:
        node.target.visit(self)
        for target in _row(node.target):
            if not isinstance(target, cst.Name):
                self._set(target)
            elif self._now(target.value):
                self.deletes.add(target.value)
        return False

    def visit_Expr(self, node: cst.Expr) -> None:
        if isinstance(node.value, cst.Call) and isinstance(node.value.func, cst.Attribute):
            name, _ = _root(node.value.func)
            if name and self._is_global(name):
                (self.later if self._late else self.calls).add(name)

    def visit_For(self, node: cst.For) -> bool:
        node.iter.visit(self)
        self._assign(node.target)
        self._each(node.body, node.orelse)
        return False

    def visit_WithItem(self, node: cst.WithItem) -> bool:
        node.item.visit(self)
        self._assign(node.asname.name if node.asname else None)
        return False

    def visit_ExceptHandler(self, node: cst.ExceptHandler) -> bool:
        self._each(node.type, node.body)
        return False

    def visit_ExceptStarHandler(self, node: cst.ExceptStarHandler) -> bool:
        self._each(node.type, node.body)
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

    def visit_Global(self, node: cst.Global) -> bool:
        return False

    def visit_Nonlocal(self, node: cst.Nonlocal) -> bool:
        return False

    def visit_MatchAs(self, node: cst.MatchAs) -> bool:
        self._each(node.pattern)
        return False

    def visit_MatchStar(self, node: cst.MatchStar) -> bool:
        return False

    def visit_MatchMapping(self, node: cst.MatchMapping) -> bool:
        self._each(*node.elements)
        return False

    def visit_MatchKeywordElement(self, node: cst.MatchKeywordElement) -> bool:
        node.pattern.visit(self)
        return False

    # ------------------------------------------------------------------------------ scopes

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self._each(*node.decorators)
        for decorator in node.decorators:  # @routes.get("/x")    adds to routes
            name, _ = _root(decorator.decorator)
            if self._now(name):
                own = isinstance(decorator.decorator, cst.Name)
                (self.runs if own else self.calls).add(name)
        self._scopes.append(_Scope(_type_names(node.type_parameters)))
        self._each(node.type_parameters)
        self._signature(node.params)
        self._each(node.returns)
        self._body(node.params, node.body)
        self._scopes.pop()
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        self._signature(node.params)
        self._body(node.params, node.body)
        return False

    def _signature(self, params: cst.Parameters) -> None:
        for param in _params(params):
            self._each(param.default, param.annotation)

    def _body(self, params: cst.Parameters, body: cst.CSTNode) -> None:
        own = BindingCollector()
        body.visit(own)
        bound = own.bound | {param.name.value for param in _params(params)}
        for name, declaration in own.declared.items():
            if name in bound:
                self.rebinds.add(Use(self._line_of(declaration), name, late=True))
        local = bound - own.outer - own.declared.keys()
        self._scopes.append(_Scope(local, frozenset(own.declared)))
        self._late += 1
        body.visit(self)
        self._late -= 1
        self._scopes.pop()

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        self._each(*node.decorators)
        self._scopes.append(_Scope(_type_names(node.type_parameters)))
        self._each(node.type_parameters, *node.bases, *node.keywords)
        scope = _Scope(set(), is_class=True)
        self._scopes.append(scope)
        for statement in node.body.body:  # metadata = metadata   reads the module's, then binds
            statement.visit(self)
            scope.bound |= bound_names(statement)
        self._scopes.pop()
        self._scopes.pop()
        return False

    def visit_TypeAlias(self, node: cst.TypeAlias) -> bool:
        self._scopes.append(_Scope(_type_names(node.type_parameters)))
        self._late += 1
        self._each(node.type_parameters, node.value)
        self._late -= 1
        self._scopes.pop()
        return False

    def visit_TypeVar(self, node: cst.TypeVar) -> bool:
        self._each(node.bound)
        return False

    def visit_TypeVarTuple(self, node: cst.TypeVarTuple) -> bool:
        return False

    def visit_ParamSpec(self, node: cst.ParamSpec) -> bool:
        return False

    def visit_ListComp(self, node: cst.ListComp) -> bool:
        return self._comprehension(node.for_in, node.elt)

    def visit_SetComp(self, node: cst.SetComp) -> bool:
        return self._comprehension(node.for_in, node.elt)

    def visit_GeneratorExp(self, node: cst.GeneratorExp) -> bool:
        return self._comprehension(node.for_in, node.elt)

    def visit_DictComp(self, node: cst.DictComp) -> bool:
        return self._comprehension(node.for_in, node.key, node.value)

    def _comprehension(self, loop: cst.CompFor, *yielded: cst.CSTNode) -> bool:
        loop.iter.visit(self)
        self._scopes.append(_Scope(set(target_names(loop.target))))
        self._assign(loop.target)
        self._each(*loop.ifs)
        if loop.inner_for_in is None:
            self._each(*yielded)
        else:
            self._comprehension(loop.inner_for_in, *yielded)
        self._scopes.pop()
        return False

    # ------------------------------------------------------------------------- annotations

    def visit_Annotation(self, node: cst.Annotation) -> bool:
        self._late += self._postponed
        self._typed(node.annotation)
        self._late -= self._postponed
        return False

    def visit_Subscript(self, node: cst.Subscript) -> bool:
        node.value.visit(self)
        generic = _last(node.value)
        if generic == "Literal":
            typing, self._typing = self._typing, 0
            self._each(*node.slice)
            self._typing = typing
        elif self._typing or generic in _GENERICS:
            self._typed(*node.slice)
        else:
            self._each(*node.slice)
        return False

    def visit_Call(self, node: cst.Call) -> bool:
        called = _last(node.func)
        if isinstance(node.func, cst.Name) and self._now(node.func.value):
            self.runs.add(node.func.value)
        node.func.visit(self)
        typed = {"cast": node.args[:1], "TypeVar": node.args[1:], "NewType": node.args[1:]}
        for arg in node.args:
            if any(arg is one for one in typed.get(called, ())):
                self._typed(arg)
            else:
                typing, self._typing = self._typing, 0
                arg.visit(self)
                self._typing = typing
        return False

    def _typed(self, *nodes: cst.CSTNode) -> None:
        self._typing += 1
        self._each(*nodes)
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
        self._late += 1
        said.visit(self)
        self._late -= 1
        self._line = line
        return False

    def visit_Comment(self, node: cst.Comment) -> None:
        said = _TYPE_COMMENT.match(node.value)
        for word in _WORD.findall(said[1]) if said else ():
            if self._is_global(word):
                self.uses.add(Use(self._line_of(node), word, late=True))


def _params(params: cst.Parameters) -> Iterator[cst.Param]:
    yield from (*params.posonly_params, *params.params, *params.kwonly_params)
    yield from (p for p in (params.star_arg, params.star_kwarg) if isinstance(p, cst.Param))


def _type_names(parameters: cst.TypeParameters | None) -> set[str]:
    return {p.param.name.value for p in parameters.params} if parameters else set()


def _row(node: cst.CSTNode) -> list[cst.CSTNode]:
    if isinstance(node, cst.Tuple | cst.List):
        return [element.value for element in node.elements]
    return [node]


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
