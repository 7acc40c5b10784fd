"""Modules that code reaches as attributes of a package: `import a.b.c` and then `a.b.c.f()`.

Owns the attribute chains of one file whose first name an import bound, by libcst's scope
analysis, so that a local variable of the same name is never mistaken for the package. Parses
whole files, therefore only those that bind a package that holds something moved. Must not touch
the import statements themselves; it says what they have to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.helpers import get_full_name_for_node
from libcst.metadata import (
    ByteSpanPositionProvider,
    ImportAssignment,
    MetadataWrapper,
    ScopeProvider,
)

from reorg_lib.model import Edit, ImportStatement, Module
from reorg_lib.rewrite.renaming import NameMap
from reorg_lib.survey.names import absolute_base, resolve

_BOM = b"\xef\xbb\xbf"
_WHY = "reached as an attribute"


@dataclass(frozen=True, slots=True)
class Chains:
    """The edits of one file's attribute chains.

    `loads` are (old, new) names of the modules that the file reaches through a package it binds.
    `unreachable` are (byte offset, old module, why) where the new place cannot be written as an
    attribute of what the import binds.
    """

    edits: tuple[Edit, ...]
    loads: frozenset[tuple[str, str]]
    unreachable: tuple[tuple[int, str, str], ...]


NO_CHAINS = Chains((), frozenset(), ())


def packages_that_lose(names: NameMap) -> frozenset[str]:
    """Return the packages below which something moved: reaching through them may go stale."""
    moved = [renaming.old for renaming in names.changed()] + list(names.gone())
    splits = (old.split(".") for old in moved)
    return frozenset(".".join(p[:n]) for p in splits for n in range(1, len(p)))


def binds_any(module: Module, packages: frozenset[str]) -> bool:
    """Tell whether an import of the file binds one of `packages` to a name."""
    return any(
        not packages.isdisjoint(_bound_names(statement, module))
        for statement in module.syntax.imports
    )


def rewrite_chains(source: bytes, module: Module, names: NameMap) -> Chains:
    """Return the edits that give every attribute chain of a file its new module names."""
    tree = cst.parse_module(source)
    collector = _ChainCollector(module, names)
    MetadataWrapper(tree, unsafe_skip_copy=True).visit(collector)
    place = _places(source, tree)
    edits = (
        Edit(place(start), place(end), source[place(start) : place(end)], new, _WHY)
        for start, end, new in sorted(collector.chains)
    )
    refused = ((place(start), old, new) for start, old, new in sorted(collector.unreachable))
    return Chains(
        edits=tuple(edits),
        loads=frozenset(collector.loads),
        unreachable=tuple(refused),
    )


def _places(source: bytes, tree: cst.Module) -> Callable[[int], int]:
    """libcst counts UTF-8 bytes after the BOM; return what turns that into the file's bytes."""
    if tree.encoding.startswith("utf-8"):
        bom = len(_BOM) if source.startswith(_BOM) else 0
        return lambda offset: offset + bom
    text = tree.code.encode()
    return lambda offset: len(text[:offset].decode().encode(tree.encoding))


class _ChainCollector(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (ByteSpanPositionProvider, ScopeProvider)

    def __init__(self, module: Module, names: NameMap) -> None:
        super().__init__()
        self.module = module
        self.names = names
        self.chains: list[tuple[int, int, bytes]] = []
        self.loads: set[tuple[str, str]] = set()
        self.unreachable: list[tuple[int, str, str]] = []

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        # a.b.c.f: the whole chain is looked at once, from its outermost attribute inwards
        if not isinstance(_root(node), cst.Name):  # f().x, d["k"].x: no chain of names
            return True
        part: cst.BaseExpression = node
        while isinstance(part, cst.Attribute):
            if self._handle(part):
                break
            part = part.value
        return False

    def _handle(self, node: cst.Attribute) -> bool:
        """Rename the chain if it names a module; True when it does, and is dealt with."""
        modules = {name for name in self._imported_names(node) if self._is_module(name)}
        if not modules:
            return False
        span = self.get_metadata(ByteSpanPositionProvider, node)
        start = span.start
        written = get_full_name_for_node(node) or ""
        texts = {self._text(written, module) for module in modules}
        if texts == {written}:
            return True
        text = texts.pop() if len(texts) == 1 else None
        if text is None:
            where = " or ".join(self.names.modules[m] or "nothing" for m in sorted(modules))
            self.unreachable.append((start, written, where))
        else:
            self.chains.append((start, start + span.length, text.encode()))
        return True

    def _text(self, written: str, module: str) -> str | None:
        # import a.b      a.b.c -> a.x.c      from a import b      b.c -> b.y.c
        #                 ^ root: a                                ^ root: a.b
        head, _, tail = written.partition(".")
        root = module.removesuffix("." + tail)
        new_root = self.names.modules.get(root, root)
        new = self.names.modules[module]
        if new is None or new_root is None or not new.startswith(new_root + "."):
            return None
        self.loads.add((module, new))
        return head + new[len(new_root) :]

    def _is_module(self, dotted: str) -> bool:
        parent, _, leaf = dotted.rpartition(".")
        return bool(parent) and self.names.is_submodule(parent, leaf)

    def _imported_names(self, node: cst.Attribute) -> set[str]:
        """The absolute names that a chain may stand for, by the imports that bind its root."""
        root = cst.ensure_type(_root(node), cst.Name)
        scope = self.get_metadata(ScopeProvider, root, None)
        if scope is None:
            return set()
        tail = (get_full_name_for_node(node) or "").removeprefix(root.value)
        # the innermost scope that binds the root decides: a parameter `a` hides `import a.b`
        imports = {a.node for a in scope[root.value] if isinstance(a, ImportAssignment)}
        bound = {name for i in imports for name in _bound_to(i, root.value, self.module.package)}
        return {name + tail for name in bound}


# import a.b.c          a stands for a
# import a.b as x       x stands for a.b
# from a import b       b stands for a.b
def _bound_to(node: cst.CSTNode, name: str, package: str) -> Iterator[str]:
    if isinstance(node, cst.Import):
        for alias in node.names:
            if alias.asname is None and alias.evaluated_name.split(".")[0] == name:
                yield name
            elif alias.evaluated_alias == name:
                yield alias.evaluated_name
    elif isinstance(node, cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
        module = get_full_name_for_node(node.module) if node.module else None
        base = absolute_base(package, len(node.relative), module or "")
        for alias in node.names:
            if base and (alias.evaluated_alias or alias.evaluated_name) == name:
                yield f"{base}.{alias.evaluated_name}"


# import a.b.c          binds a
# import a.b as x       binds a.b
# from a import b       binds a.b
def _bound_names(statement: ImportStatement, module: Module) -> set[str]:
    if not statement.is_from:
        return {n.name if n.alias else n.name.split(".")[0] for n in statement.names}
    base = resolve(module.package, statement)
    return {f"{base}.{name.name}" for name in statement.names}


def _root(node: cst.BaseExpression) -> cst.BaseExpression:
    while isinstance(node, cst.Attribute):
        node = node.value
    return node
