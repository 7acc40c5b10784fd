"""Modules that code reaches as attributes of a package: `import a.b.c` and then `a.b.c.f()`.

Owns the attribute chains of one file whose first name an import bound, by libcst's scope
analysis, so that a local variable of the same name is never mistaken for the package. Parses
whole files, therefore only those that bind a package that holds something moved. Must not touch
the import statements themselves; it says what they have to load.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate

import libcst as cst
from libcst.helpers import get_full_name_for_node
from libcst.metadata import (
    ByteSpanPositionProvider,
    ImportAssignment,
    MetadataWrapper,
    Scope,
    ScopeProvider,
)

from reorg_lib.model import Edit, ImportStatement, Module
from reorg_lib.rewrite.renaming import NameMap
from reorg_lib.survey.names import absolute_base, resolve

_DEEPEST = 20_000
_BRACKETS = 1000
_NO_BRACKETS = bytes(set(range(256)) - set(b"()[]{}"))
_BOM = b"\xef\xbb\xbf"
_WHY = "reached as an attribute"


@dataclass(frozen=True, slots=True)
class Chains:
    """The edits of one file's attribute chains.

    `loads` are (old, new) names of the modules that the file reaches through a package it binds.
    `unreachable` are (byte offset, old module, why) where the new place cannot be written as an
    attribute of what the import binds. `local` are (start, end, text) of chains that are spelled
    like a module that moves and begin with a local name.
    """

    edits: tuple[Edit, ...]
    loads: frozenset[tuple[str, str]]
    unreachable: tuple[tuple[int, str, str], ...]
    local: tuple[tuple[int, int, str], ...] = ()


UNREADABLE = (cst.ParserSyntaxError, SyntaxError, UnicodeError, LookupError, RecursionError)
"""What libcst raises of a text that it cannot read or a tree that it cannot make."""

NO_CHAINS = Chains((), frozenset(), ())


def packages_that_lose(names: NameMap) -> frozenset[str]:
    """Return the packages below which something moved: reaching through them may go stale.

    One that is renamed itself loses every module that does not keep its place below it.
    """
    moved = [renaming.old for renaming in names.changed()] + list(names.gone())
    splits = (old.split(".") for old in moved)
    above = {".".join(p[:n]) for p in splits for n in range(1, len(p))}
    for module, new in names.modules.items():
        package, _, leaf = module.rpartition(".")
        if package in names.modules and new != f"{names.modules[package]}.{leaf}":
            above.add(package)
    return frozenset(above)


def binds_any(module: Module, packages: frozenset[str]) -> bool:
    """Tell whether an import of the file binds one of `packages` to a name."""
    return any(
        not packages.isdisjoint(_bound_names(statement, module))
        for statement in module.syntax.imports
    )


def rewrite_chains(source: bytes, module: Module, names: NameMap) -> Chains:
    """Return the edits that give every attribute chain of a file its new module names.

    Raises:
        UNREADABLE: libcst cannot read the file, or not go down to where it is deepest.
    """
    _refuse_deep_brackets(source)
    tree = cst.parse_module(source)
    collector = _ChainCollector(module, names)
    with _room_for_deep_trees():
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
        local=tuple((place(a), place(b), text) for a, b, text in sorted(collector.local)),
    )


def _refuse_deep_brackets(source: bytes) -> None:
    """Python gives up at 200 brackets in one another; libcst's parser ends the process at 2000."""
    found = [byte in b"([{" for byte in source.translate(None, _NO_BRACKETS)]
    if max(accumulate(1 if opens else -1 for opens in found), default=0) > _BRACKETS:
        raise RecursionError(f"more than {_BRACKETS} brackets in one another")


@contextmanager
def _room_for_deep_trees() -> Iterator[None]:
    """libcst goes down a tree by recursion: three calls for each term of a sum or `elif`."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _places(source: bytes, tree: cst.Module) -> Callable[[int], int]:
    """libcst counts UTF-8 bytes after the BOM; return what turns that into the file's bytes.

    It also loses a form feed that stands right before a statement.
    """
    lost: list[int] = []
    for match in re.finditer(rb"\x0c", source):
        at = match.start() - len(lost)
        if tree.bytes[at : at + 1] != b"\x0c":
            lost.append(at)

    def found(at: int) -> int:
        return at + bisect_right(lost, at)

    if tree.encoding.startswith("utf-8"):
        bom = len(_BOM) if source.startswith(_BOM) else 0
        return lambda offset: found(offset + bom)
    text = tree.code.encode()
    return lambda offset: found(len(text[:offset].decode().encode(tree.encoding)))


class _ChainCollector(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (ByteSpanPositionProvider, ScopeProvider)

    def __init__(self, module: Module, names: NameMap) -> None:
        super().__init__()
        self.module = module
        self.names = names
        self.chains: list[tuple[int, int, bytes]] = []
        self._captured: dict[Scope, set[str]] = defaultdict(set)
        self.loads: set[tuple[str, str]] = set()
        self.unreachable: list[tuple[int, str, str]] = []
        self.local: list[tuple[int, int, str]] = []

    def visit_Module(self, node: cst.Module) -> None:
        # case {"k": app}: binds app, which libcst's scopes do not say
        for pattern in self.metadata[ScopeProvider]:
            if isinstance(pattern, cst.MatchAs | cst.MatchStar | cst.MatchMapping):
                bound = pattern.rest if isinstance(pattern, cst.MatchMapping) else pattern.name
                scope = self.get_metadata(ScopeProvider, pattern, None)
                if bound is not None and scope is not None:
                    self._captured[scope].add(bound.value)

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
                return False
            part = part.value
        written = get_full_name_for_node(node) or ""
        known = self.names.known(written)
        if known is not None and self.names.modules[known] != known:
            span = self.get_metadata(ByteSpanPositionProvider, node)
            self.local.append((span.start, span.start + span.length, written))
        return False

    def _handle(self, node: cst.Attribute) -> bool:
        """Rename the chain if it names a module; True when it does, and is dealt with."""
        modules = {name for name in self._imported_names(node) if self._is_module(name)}
        if not modules:
            return False
        start = self.get_metadata(ByteSpanPositionProvider, node).start
        written = get_full_name_for_node(node) or ""
        texts = {self._text(written, module) for module in modules}
        if texts == {written}:
            return True
        text = texts.pop() if len(texts) == 1 else None
        if text is None:
            where = " or ".join(self.names.modules[name] or "nothing" for name in sorted(modules))
            self.unreachable.append((start, written, where))
        else:
            self.chains += self._changed_names(node, text.split("."))
        return True

    def _changed_names(
        self, node: cst.Attribute, new: list[str]
    ) -> Iterator[tuple[int, int, bytes]]:
        """Yield (start, end, text) for the names of a chain that change; what is between stays."""
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
        """The absolute names that a chain may stand for, by the imports that bind its root."""
        root = cst.ensure_type(_root(node), cst.Name)
        scope = self.get_metadata(ScopeProvider, root, None)
        if scope is None:
            return set()
        if self._is_captured(root.value, scope):
            return set()
        tail = (get_full_name_for_node(node) or "").removeprefix(root.value)
        # the innermost scope that binds the root decides: a parameter `a` hides `import a.b`
        imports = {a.node for a in scope[root.value] if isinstance(a, ImportAssignment)}
        bound = {name for i in imports for name in _bound_to(i, root.value, self.module.package)}
        return {name + tail for name in bound}

    def _is_captured(self, name: str, scope: Scope) -> bool:
        """Tell whether a `case` of the innermost scope that binds the name binds it."""
        while not any(a.scope is scope for a in scope[name]):
            if name in self._captured[scope]:
                return True
            if scope.parent is scope:
                return False
            scope = scope.parent
        return False


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


def _names_of(node: cst.BaseExpression) -> list[cst.BaseExpression]:
    if isinstance(node, cst.Attribute):
        return [*_names_of(node.value), node.attr]
    return [node]


def _root(node: cst.BaseExpression) -> cst.BaseExpression:
    while isinstance(node, cst.Attribute):
        node = node.value
    return node
