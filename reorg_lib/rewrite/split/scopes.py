"""Which scope a name belongs to, inside one top-level statement.

These are Python's scopes as far as a split needs them: a parameter `metadata` is not the module's
`metadata`. A name that could be either counts as the module's, because an import too many does no
harm and a missing one does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from reorg_lib.rewrite.libcst_bindings import bound_names, read_bindings, target_names


@dataclass(slots=True)
class _Scope:
    """One scope inside the statement; names of a class are not visible in the scopes below."""

    bound: set[str]
    declared: frozenset[str] = frozenset()
    is_class: bool = False
    is_function: bool = False


class ScopeVisitor(cst.CSTVisitor):
    """Visits one statement in the order in which it runs, and knows the scopes around each name.

    `late` counts what must be called before the current code runs; `rebinds` are names that a
    function assigns, with their `global` statements.
    """

    def __init__(self) -> None:
        self.late = 0
        self.rebinds: list[tuple[str, cst.CSTNode]] = []
        self._scopes: list[_Scope] = []

    def is_global(self, name: str) -> bool:
        """Return whether `name`, at this place, is the module's."""
        for depth, scope in enumerate(reversed(self._scopes)):
            if name in scope.declared:
                return True
            if name in scope.bound and not (scope.is_class and depth):
                return False
        return True

    def in_function(self) -> bool:
        """Return whether this place is a function's own suite."""
        return bool(self._scopes) and self._scopes[-1].is_function

    def assign(self, target: cst.CSTNode | None) -> None:
        """Visit what an assignment to `target` reads; a bare name is bound, not read."""
        if isinstance(target, cst.Tuple | cst.List):
            for element in target.elements:
                self.assign(element.value)
        elif target is not None and not isinstance(target, cst.Name):
            target.visit(self)  # a.b = …    a[b] = …
            self.assigned(target)

    def assigned(self, target: cst.CSTNode) -> None:
        """Record an attribute or an item that is assigned."""

    def each(self, *nodes: cst.CSTNode | None) -> None:
        """Visit the nodes that exist."""
        for node in nodes:
            if node is not None:
                node.visit(self)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self.each(*node.decorators)
        self._scopes.append(_Scope(_type_names(node.type_parameters)))
        self.each(node.type_parameters)
        self._signature(node.params)
        self.each(node.returns)
        self._body(node.params, node.body)
        self._scopes.pop()
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        self._signature(node.params)
        self._body(node.params, node.body)
        return False

    def _signature(self, params: cst.Parameters) -> None:
        for param in _params(params):
            self.each(param.default, param.annotation)

    def _body(self, params: cst.Parameters, body: cst.CSTNode) -> None:
        own = read_bindings(body)
        bound = {param.name.value for param in _params(params)}.union(*own.names.values())
        for name, declaration in own.declared.items():
            if name in bound:
                self.rebinds.append((name, declaration))
        local = bound - own.outer - own.declared.keys()
        self._scopes.append(_Scope(local, frozenset(own.declared), is_function=True))
        self.late += 1
        body.visit(self)
        self.late -= 1
        self._scopes.pop()

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        self.each(*node.decorators)
        self._scopes.append(_Scope(_type_names(node.type_parameters)))
        self.each(node.type_parameters, *node.bases, *node.keywords)
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
        self.late += 1
        self.each(node.type_parameters, node.value)
        self.late -= 1
        self._scopes.pop()
        return False

    def visit_TypeVar(self, node: cst.TypeVar) -> bool:
        self.each(node.bound)
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
        self.assign(loop.target)
        self.each(*loop.ifs)
        if loop.inner_for_in is None:
            self.each(*yielded)
        else:
            self._comprehension(loop.inner_for_in, *yielded)
        self._scopes.pop()
        return False


def _params(params: cst.Parameters) -> Iterator[cst.Param]:
    yield from (*params.posonly_params, *params.params, *params.kwonly_params)
    yield from (p for p in (params.star_arg, params.star_kwarg) if isinstance(p, cst.Param))


def _type_names(parameters: cst.TypeParameters | None) -> set[str]:
    return {p.param.name.value for p in parameters.params} if parameters else set()
