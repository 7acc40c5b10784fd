"""Modules that code reaches as attributes of a package: `import a.b.c` and then `a.b.c.f()`.

The attribute chains of one file whose first name is bound by an import are found with libcst's
scope analysis, so that a local variable of the same name is never mistaken for the package. Only
files that bind a package with a moved module, and that contain the last name of a moved module, are
parsed. The import statements are changed elsewhere; the result says what they have to load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import libcst as cst
from libcst.metadata import MetadataWrapper

from reorg_lib.model import Edit, ImportStatement, Module
from reorg_lib.python.dotted_names import names_imported
from reorg_lib.rewrite.chain_collector import ChainCollector, RespelledChain
from reorg_lib.rewrite.libcst_parsing import places, raised_recursion_limit, refuse_deep_brackets
from reorg_lib.rewrite.name_map import NameMap
from reorg_lib.rewrite.plain_imports import plain_imports

_WHY = "reached as an attribute"


@dataclass(frozen=True, slots=True)
class ChainEdits:
    """The edits of one file's attribute chains.

    `loads` are (old, new) names of the modules that the file reaches through a package it binds.
    `unreachable` are (byte offset, sentence) where the new place cannot be written as an attribute
    of the imported name. `local` are (start, end, text) of chains that are spelled like a module
    that moves and begin with a local name. `imports` has, by its first byte, each plain import that
    goes below another root.
    """

    edits: tuple[Edit, ...]
    loads: frozenset[tuple[str, str]]
    unreachable: tuple[tuple[int, str], ...]
    local: tuple[tuple[int, int, str], ...] = ()
    imports: Mapping[int, RespelledChain] = field(default_factory=dict)


NO_CHAINS = ChainEdits((), frozenset(), ())


@dataclass(frozen=True, slots=True)
class Reach:
    """Through which packages, and by which last names, code reaches moved modules."""

    packages: frozenset[str]
    leaves: re.Pattern[bytes]

    def concerns(self, module: Module, source: bytes) -> bool:
        """Return whether a chain of the file may reach a moved module; else it is not parsed."""
        binds = any(
            not self.packages.isdisjoint(_bound_names(statement, module))
            for statement in module.syntax.imports
        )
        return binds and self.leaves.search(source) is not None


def reach_of(names: NameMap) -> Reach:
    """Return what a file must bind and contain so that one of its chains becomes outdated.

    The packages are those below which something moved; a renamed package loses every module that
    does not keep its place below it.
    """
    moved = [renaming.old for renaming in names.changed()] + list(names.gone())
    splits = [old.split(".") for old in moved]
    above = {".".join(p[:n]) for p in splits for n in range(1, len(p))}
    leaves = {parts[-1] for parts in splits}
    for module, new in names.modules.items():
        package, _, leaf = module.rpartition(".")
        if package in names.modules and new != f"{names.modules[package]}.{leaf}":
            above.add(package)
            leaves.add(leaf)
    said = "|".join(map(re.escape, sorted(leaves))) or "(?!)"
    return Reach(frozenset(above), re.compile(rf"(?<!\w)(?:{said})(?!\w)".encode()))


def rewrite_chains(
    source: bytes, module: Module, names: NameMap, asked: frozenset[str] = frozenset()
) -> ChainEdits:
    """Return the edits that give every attribute chain of a file its new module names.

    `asked` are the names that other modules take from this one.

    Raises:
        UNREADABLE: libcst cannot read the file, or it is nested too deeply.
    """
    refuse_deep_brackets(source)
    tree = cst.parse_module(source)
    with raised_recursion_limit():
        wrapper = MetadataWrapper(tree, unsafe_skip_copy=True)
        collector = ChainCollector(module, names, plain_imports(wrapper, module, names, asked))
        wrapper.visit(collector)
    place = places(source, tree)
    edits = (
        Edit(place(start), place(end), source[place(start) : place(end)], new, _WHY)
        for start, end, new in sorted(collector.chains)
    )
    refused = ((place(start), sentence) for start, sentence in sorted(collector.unreachable))
    return ChainEdits(
        edits=tuple(edits),
        loads=frozenset(collector.loads),
        unreachable=tuple(refused),
        local=tuple((place(a), place(b), text) for a, b, text in sorted(collector.local)),
        imports={place(start): said for start, said in collector.imports.items()},
    )


# import a.b.c          binds a
# import a.b as x       binds a.b
# from a import b       binds a.b
def _bound_names(statement: ImportStatement, module: Module) -> set[str]:
    return {whole for _, whole in names_imported(statement, module.package)}
