"""The names and attribute chains by which one parsed file reaches modules.

It walks over the tree and finds the chains that begin with an imported name, and their spelling
after the moves. The imports are edited elsewhere; the result says what they have to load.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import libcst as cst
from libcst.helpers import get_full_name_for_node
from libcst.metadata import (
    ByteSpanPositionProvider,
    ExpressionContext,
    ExpressionContextProvider,
    ImportAssignment,
    Scope,
    ScopeProvider,
)

from reorg_lib.model import Module
from reorg_lib.python.dotted_names import names_imported
from reorg_lib.rewrite.libcst_bindings import names_bound_by, statement_of
from reorg_lib.rewrite.name_map import NameMap
from reorg_lib.rewrite.plain_imports import PlainImports


@dataclass(frozen=True, slots=True)
class RespelledChain:
    """The new binding of a plain import (`plain_imports`), and what else it loads."""

    bound: Mapping[str, str]
    also: tuple[str, ...]


class ChainCollector(cst.CSTVisitor):
    """Finds what changes in a file; all offsets are libcst's.

    `chains` are (start, end, text) of the new spellings, and `unreachable` (start, sentence) of
    chains without one. `loads` are (old, new) names of modules that are reached. `local` are chains
    that only look like a module. `imports` has the new form of plain imports, by their start.
    """

    METADATA_DEPENDENCIES = (
        ByteSpanPositionProvider, ExpressionContextProvider, ScopeProvider
    )  # fmt: skip

    def __init__(
        self,
        module: Module,
        names: NameMap,
        respelled: Mapping[tuple[Scope, str], PlainImports],
    ) -> None:
        super().__init__()
        self.module = module
        self.names = names
        self.respelled = respelled
        self.chains: list[tuple[int, int, bytes]] = []
        self._captured: dict[Scope, set[str]] = defaultdict(set)
        self.loads: set[tuple[str, str]] = set()
        self.unreachable: list[tuple[int, str]] = []
        self.local: list[tuple[int, int, str]] = []
        self._declared: list[cst.Global | cst.Nonlocal] = []
        self.imports: dict[int, RespelledChain] = {}

    def visit_Module(self, node: cst.Module) -> None:
        # case {"k": app}: binds app, which libcst's scopes do not show
        for pattern, scope in self.metadata[ScopeProvider].items():
            if isinstance(pattern, cst.MatchPattern) and isinstance(scope, Scope):
                self._captured[scope].update(names_bound_by(pattern))

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    # global a, x
    def visit_Global(self, node: cst.Global) -> bool:
        self._declared.append(node)
        return False

    def visit_Nonlocal(self, node: cst.Nonlocal) -> bool:
        self._declared.append(node)
        return False

    def leave_Module(self, original_node: cst.Module) -> None:
        for statement in self._declared:
            for item in statement.names:
                group = self._respelled_by(item.name, statement)
                if group is not None and group.binds() != (group.root,):
                    self._replace(item.name, ", ".join(group.binds()))
        for group in self.respelled.values():
            for plain, imported in group.statements.items():
                start = self.get_metadata(ByteSpanPositionProvider, plain).start
                had = self.imports.get(start, RespelledChain({}, ()))
                also = {*had.also, *group.also(plain)}
                self.imports[start] = RespelledChain(
                    {**had.bound, **group.bound}, tuple(sorted(also))
                )
                if group.problem:
                    sentence = (
                        f"`import {imported[0]}` binds `{group.root}`, and its new name starts"
                        f" otherwise; {group.problem}: import the module under a name of its own"
                        " there first, as in `import a.b as b`"
                    )
                    self.unreachable.append((start, sentence))

    # f(a)      del a
    def visit_Name(self, node: cst.Name) -> None:
        context = self.get_metadata(ExpressionContextProvider, node, None)
        if context not in (ExpressionContext.LOAD, ExpressionContext.DEL):
            return
        group = self._respelled_by(node, node)
        text = group.spelled(node.value) if group is not None else node.value
        if text is None or (context is ExpressionContext.DEL and "." in text):
            self._refuse(node, node.value, text or "nothing")
        elif text != node.value:
            self._replace(node, text)

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)  # the keyword is not a name of the code
        return False

    def _refuse(self, node: cst.BaseExpression, written: str, new: str) -> None:
        sentence = (
            f"`{written}` reaches a module through its package, which the new place ({new}) does"
            " not allow; import the module itself there first"
        )
        start = self.get_metadata(ByteSpanPositionProvider, node).start
        self.unreachable.append((start, sentence))

    def _replace(self, node: cst.BaseExpression, text: str) -> None:
        span = self.get_metadata(ByteSpanPositionProvider, node)
        self.chains.append((span.start, span.start + span.length, text.encode()))

    def _respelled_by(self, name: cst.BaseExpression, place: cst.CSTNode) -> PlainImports | None:
        """The plain imports that bind a name at a place, if their spelling changes."""
        scope = self.get_metadata(ScopeProvider, place, None)
        if not self.respelled or scope is None or not isinstance(name, cst.Name):
            return None
        if self._is_captured(name.value, scope):
            return None
        groups = (self.respelled.get((a.scope, name.value)) for a in scope[name.value])
        return next((group for group in groups if group is not None), None)

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        # a.b.c.f: the whole chain is handled once, from its outermost attribute inwards
        root = _root(node)
        if not isinstance(root, cst.Name):  # f().x, d["k"].x: not a chain of names
            node.value.visit(self)
            return False
        group = self._respelled_by(root, root)
        if group is not None:
            written = get_full_name_for_node(node) or ""
            text = group.spelled(written)
            if text is None:
                self._refuse(node, written, group.successor(written))
            elif text != written:
                self.chains += self._changed_names(node, text.split("."))
            return False
        part: cst.BaseExpression = node
        while isinstance(part, cst.Attribute):
            if self._handle(part):
                return False
            part = part.value
        written = get_full_name_for_node(node) or ""
        known = self.names.known(written)
        if known is not None and self.names.modules[known] != known:
            span = self.get_metadata(ByteSpanPositionProvider, node)
            self.local.append((span.start, span.start + span.length, written))
        return False

    def _handle(self, node: cst.Attribute) -> bool:
        """Rename the chain if it names a module, and return whether it does."""
        modules = {name for name in self._imported_names(node) if self._is_module(name)}
        if not modules:
            return False
        written = get_full_name_for_node(node) or ""
        texts = {self._text(written, module) for module in modules}
        if texts == {written}:
            return True
        text = texts.pop() if len(texts) == 1 else None
        if text is None:
            where = " or ".join(self.names.modules[name] or "nothing" for name in sorted(modules))
            self._refuse(node, written, where)
        else:
            self.chains += self._changed_names(node, text.split("."))
        return True

    def _changed_names(
        self, node: cst.Attribute, new: list[str]
    ) -> Iterator[tuple[int, int, bytes]]:
        """Yield (start, end, text) for the names of a chain that change, and nothing else."""
        spans = [self.get_metadata(ByteSpanPositionProvider, name) for name in _names_of(node)]
        old = (get_full_name_for_node(node) or "").split(".")
        if len(old) == len(new):
            ends = [(i, i + 1, i, i + 1) for i in range(len(old)) if old[i] != new[i]]
        else:
            shorter = min(len(old), len(new))
            head = next((i for i in range(shorter) if old[i] != new[i]), shorter - 1)
            rest = shorter - head - 1
            tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
            ends = [(head, len(old) - tail, head, len(new) - tail)]
        for first, last, new_first, new_last in ends:
            end = spans[last - 1].start + spans[last - 1].length
            yield spans[first].start, end, ".".join(new[new_first:new_last]).encode()

    def _text(self, written: str, module: str) -> str | None:
        # import a.b      a.b.c -> a.x.c      from a import b      b.c -> b.y.c
        #                 ^ root: a                                ^ root: a.b
        head, _, tail = written.partition(".")
        root = module.removesuffix("." + tail)
        new_root = self.names.modules.get(root, root)
        new = self.names.modules[module]
        if new is None or new_root is None or not new.startswith(new_root + "."):
            return self._re_exported(written, module)
        self.loads.add((module, new))
        return head + new[len(new_root) :]

    # from . import c, in the __init__ of a.b        a.b.c -> a.b.c, wherever the module c is now
    def _re_exported(self, written: str, module: str) -> str | None:
        above, _, leaf = written.rpartition(".")
        package = module.rpartition(".")[0]
        if leaf not in self.names.exported.get(package, ()):
            return None
        if "." not in above:
            return written
        text = self._text(above, package)
        return f"{text}.{leaf}" if text else None

    def _is_module(self, dotted: str) -> bool:
        parent, _, leaf = dotted.rpartition(".")
        return bool(parent) and self.names.is_submodule(parent, leaf)

    def _imported_names(self, node: cst.Attribute) -> set[str]:
        """The absolute names that a chain may mean, by the imports that bind its root."""
        root = cst.ensure_type(_root(node), cst.Name)
        scope = self.get_metadata(ScopeProvider, root, None)
        if scope is None:
            return set()
        if self._is_captured(root.value, scope):
            return set()
        tail = (get_full_name_for_node(node) or "").removeprefix(root.value)
        # the innermost scope that binds the root decides: a parameter `a` hides `import a.b`
        nodes = {a.node for a in scope[root.value] if isinstance(a, ImportAssignment)}
        package = self.module.package
        imports = [statement_of(n) for n in nodes if isinstance(n, cst.Import | cst.ImportFrom)]
        pairs = (pair for statement in imports for pair in names_imported(statement, package))
        return {whole + tail for name, whole in pairs if name == root.value}

    def _is_captured(self, name: str, scope: Scope) -> bool:
        """Tell whether a `case` of the innermost scope that binds the name binds it."""
        while not any(a.scope is scope for a in scope[name]):
            if name in self._captured[scope]:
                return True
            if scope.parent is scope:
                return False
            scope = scope.parent
        return False


def _names_of(node: cst.BaseExpression) -> list[cst.BaseExpression]:
    if isinstance(node, cst.Attribute):
        return [*_names_of(node.value), node.attr]
    return [node]


def _root(node: cst.BaseExpression) -> cst.BaseExpression:
    while isinstance(node, cst.Attribute):
        node = node.value
    return node
