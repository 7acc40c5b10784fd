"""The new form of `import a.b.c`, which binds `a`, when the module goes below another root.

There is one spelling for all plain imports of one scope that bind one name: the new dotted name if
its root is free in the file (`import n.c`, and `n.c.f()` for `a.b.c.f()`), else a local name (`from
n import c`, and `c.f()`). A name is free if nothing in the file uses it for anything else, so a
parameter or a function of that name is never hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

import libcst as cst
from libcst.metadata import (
    ClassScope,
    GlobalScope,
    ImportAssignment,
    MetadataWrapper,
    Scope,
    ScopeProvider,
)

from reorg_lib.model import Module
from reorg_lib.rewrite.name_map import NameMap


@dataclass
class PlainImports:
    """All `import a…` without `as` that bind the name `root` in one scope, with their new spelling.

    `bound` maps each imported name to its local name, or to "" if the statement binds the root of
    the new dotted name. `reached` are the modules that the code reaches through a new dotted name.
    `problem` says why no spelling is correct, or is "".
    """

    root: str
    scope: Scope
    statements: Mapping[cst.Import, tuple[str, ...]]
    names: NameMap
    bound: dict[str, str] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    problem: str = ""

    def spelled(self, written: str) -> str | None:
        """Return the new text of a chain (or bare name) of this root, None if there is none."""
        module = self._module(written)
        new = self.names.modules.get(module, module)
        if new is None:
            return None
        tail = written[len(module) :]
        if _root(new) in self._plain_roots() | {self.root}:
            self.reached.add(module)
            return new + tail
        for old, local in sorted(self.bound.items(), key=lambda item: (-len(item[0]), item)):
            whole = self.names.modules.get(old, old)
            if local and whole and f"{new}.".startswith(f"{whole}."):
                return local + new[len(whole) :] + tail
        return None

    def successor(self, written: str) -> str:
        """Return the new name of the module that a chain reaches, for a message."""
        return self._new(self._module(written)) or "nothing"

    def also(self, statement: cst.Import) -> Iterator[str]:
        """Yield the parent modules that a statement loaded before and must still load."""
        plain = self.statements[statement]
        covered = [self._new(name) for name in self.bound if not self.bound[name]]
        for module in sorted(self.reached):
            ways = (n for n in _upwards(module) if any(f"{p}.".startswith(f"{n}.") for p in plain))
            new = self._new(next(ways, ""))
            if new and not any(f"{name}.".startswith(f"{new}.") for name in covered):
                yield new

    def binds(self) -> tuple[str, ...]:
        """Return the names that the new statements bind, sorted."""
        locals_ = {local for local in self.bound.values() if local}
        more = {_root(new) for statement in self.statements for new in self.also(statement)}
        return tuple(sorted(self._plain_roots() | locals_ | more))

    def _plain_roots(self) -> set[str]:
        return {_root(self._new(old)) for old, local in self.bound.items() if not local}

    def _new(self, name: str) -> str:
        known = self.names.known(name)
        new = self.names.modules[known] if known is not None else ""
        return new + name[len(known or "") :] if new else ""

    def _module(self, written: str) -> str:
        """The longest prefix of a chain that is a module and not hidden by its package."""
        module = self.root
        for leaf in written.split(".")[1:]:
            if not self.names.is_submodule(module, leaf):
                break
            module = f"{module}.{leaf}"
        return module


def plain_imports(
    wrapper: MetadataWrapper, module: Module, names: NameMap, asked: frozenset[str]
) -> Mapping[tuple[Scope, str], PlainImports]:
    """Return the new spellings in a file, by the scope and the name that is bound today.

    `asked` are the names that other modules take from this one.
    """
    scopes = {scope for scope in wrapper.resolve(ScopeProvider).values() if scope is not None}
    found = [group for scope in scopes for group in _groups(scope, names)]
    moving = [group for group in found if _is_respelled(group)]
    if not moving:
        return {}
    used = _Identifiers(wrapper)
    wrapper.module.visit(used)
    chosen: dict[str, PlainImports | None] = {}
    for group in sorted(moving, key=lambda g: (not isinstance(g.scope, GlobalScope), g.root)):
        _choose(group, _FreeNames(used, chosen, module, names))
        group.problem = _problem(group, used, asked)
    return {(group.scope, group.root): group for group in moving}


def _groups(scope: Scope, names: NameMap) -> Iterator[PlainImports]:
    statements: dict[str, dict[cst.Import, tuple[str, ...]]] = defaultdict(dict)
    for assignment in scope.assignments:
        node = getattr(assignment, "node", None)
        if isinstance(assignment, ImportAssignment) and isinstance(node, cst.Import):
            plain = [a.evaluated_name for a in node.names if a.asname is None]
            mine = tuple(name for name in plain if _root(name) == assignment.name)
            if mine:
                statements[assignment.name][node] = mine
    for root, found in statements.items():
        yield PlainImports(root, scope, found, names)


def _is_respelled(group: PlainImports) -> bool:
    """Return whether a dotted import goes below another root: `import a` alone keeps its name."""
    imported = {name for plain in group.statements.values() for name in plain}
    new = {group._new(name) for name in imported}
    return imported != {group.root} and any(n and _root(n) != group.root for n in new)


def _choose(group: PlainImports, free: _FreeNames) -> None:
    for old in sorted({name for plain in group.statements.values() for name in plain}):
        new = group._new(old)
        if not new or _root(new) == group.root or free.as_root(_root(new), group):
            group.bound[old] = ""
        else:
            group.bound[old] = free.local(new, group.root if old == group.root else "")


def _problem(group: PlainImports, used: _Identifiers, asked: frozenset[str]) -> str:
    others = [
        assignment
        for assignment in group.scope[group.root]
        if assignment.scope is group.scope
        and getattr(assignment, "node", None) not in group.statements
    ]
    if others:
        return f"`{group.root}` is bound by something else there, too"
    if isinstance(group.scope, ClassScope) and group.root in used.attributes:
        return f"`{group.root}` is an attribute of the class there, too"
    if isinstance(group.scope, GlobalScope) and group.root in asked:
        return f"another module takes `{group.root}` from this one"
    return ""


@dataclass(frozen=True)
class _FreeNames:
    """The names that are free in a file; `chosen` collects the names in use (None: a local)."""

    used: _Identifiers
    chosen: dict[str, PlainImports | None]
    module: Module
    names: NameMap

    def as_root(self, root: str, group: PlainImports) -> bool:
        """Use a name as the root of a dotted import, if it has no other meaning.

        If one old name becomes one new name in several scopes, each hides what the old one hid.
        """
        own = all(
            isinstance(a, ImportAssignment) and a.scope is group.scope and _binds_root(a.node, root)
            for found in self.used.scopes.get(root, ())
            for a in found[root] or (None,)
        )
        if own and root not in self.used.imported and not self._is_submodule(root):
            first = self.chosen.setdefault(root, group)
            return first is not None and (first.root == group.root or first.scope is group.scope)
        return False

    def local(self, new: str, own: str) -> str:
        """Choose a name for a module: `own` or its last name, or one made of more of its names."""
        parts = new.split(".")
        longer = ("_".join(parts[at:]) for at in range(len(parts) - 1, -1, -1))
        numbered = (f"{parts[-1]}_{number}" for number in count(2))
        name = own or next(name for name in chain(longer, numbered) if self._is_free(name))
        self.chosen[name] = None
        return name

    def _is_free(self, name: str) -> bool:
        taken = name in self.used.scopes or name in self.used.imported or name in self.chosen
        return not taken and not self._is_submodule(name)

    def _is_submodule(self, name: str) -> bool:
        """Tell whether a package of this file would hide its module of that name."""
        home = self.names.modules.get(self.module.name)
        return self.module.is_package and f"{home}.{name}" in self.names.modules.values()


class _Identifiers(cst.CSTVisitor):
    """Every name that a file uses, with its scopes, except imports and attributes.

    `imported` are the names that imports bind, except the roots of plain dotted imports, which are
    in `scopes` with the scope of the import.
    """

    def __init__(self, wrapper: MetadataWrapper) -> None:
        super().__init__()
        self._scopes = wrapper.resolve(ScopeProvider)
        self._here: list[Scope | None] = [None]
        self.scopes: dict[str, set[Scope]] = defaultdict(set)
        self.imported: set[str] = set()
        self.attributes: set[str] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        self._here.append(self._scopes.get(node) or self._here[-1])
        return super().on_visit(node)

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self._here.pop()
        super().on_leave(original_node)

    def visit_Name(self, node: cst.Name) -> None:
        if (scope := self._here[-1]) is not None:
            self.scopes[node.value].add(scope)

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        self.attributes.add(node.attr.value)
        node.value.visit(self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False

    def visit_Import(self, node: cst.Import) -> bool:
        scope = self._here[-1]
        for alias in node.names:
            if alias.asname is not None:
                self.imported.add(alias.evaluated_alias or "")
            elif scope is not None:
                self.scopes[_root(alias.evaluated_name)].add(scope)
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        if not isinstance(node.names, cst.ImportStar):
            self.imported |= {a.evaluated_alias or a.evaluated_name for a in node.names}
        return False


def _binds_root(node: cst.CSTNode, root: str) -> bool:
    return isinstance(node, cst.Import) and any(
        alias.asname is None and _root(alias.evaluated_name) == root for alias in node.names
    )


def _root(dotted: str) -> str:
    return dotted.partition(".")[0]


def _upwards(module: str) -> Iterator[str]:
    while module:
        yield module
        module = module.rpartition(".")[0]
