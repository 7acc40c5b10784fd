"""What the imports of one file load and bind in each scope, and what its names therefore mean.

The meaning of a name or an attribute chain is the absolute name by the imports of the innermost
scope that binds it. A plain import of this tree, `import a.b.c`, may bind another name than before;
that each use still means the same shows that this is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tree_sitter import Node, QueryCursor

from reorg_lib.proof.reading.name_scopes import MODULE, NameScopes
from reorg_lib.proof.reading.new_names import NewNames
from reorg_lib.proof.reading.source_tree import Imported, ImportLine, Reading, SourceTree, parents
from reorg_lib.proof.reading.syntax_tree import query, text_of

PLAIN = "plain "
"""The prefix of a name that `import a` binds: such a name may change."""

_ALL_IMPORTS = "[(import_statement) (import_from_statement)] @import"
_PARAMETERS = {
    "parameters", "lambda_parameters", "typed_parameter", "list_splat_pattern",
    "dictionary_splat_pattern",
}  # fmt: skip
# the field of a node that looks like a name and is none
_NO_USE = {
    "attribute": "attribute", "keyword_argument": "name", "default_parameter": "name",
    "typed_default_parameter": "name",
}  # fmt: skip


class LocalNames:
    """The imports of one file of a tree, with new names; empty before `read`.

    Attributes:
        reached: the modules that names and chains from plain imports reach, of those asked for.
        loaded: the modules that the imports load. `a.b.f()` after `import a.b.c` works because the
            import loads the parent package `a.b`, too; another import in its place may not.
    """

    def __init__(self, tree: SourceTree, new_names: NewNames) -> None:
        self._new_names = new_names
        self._tree = tree
        self._shadows = NameScopes()
        self._by_line: dict[int, list[str]] = {}
        self._origins: dict[tuple[int | None, str], set[str]] = {}
        self._plain: set[tuple[int | None, str]] = set()
        self._names: set[str] = set()
        self.reached: set[str] = set()
        self.loaded: set[str] = set()

    def read(self, root: Node, path: str, reading: Reading, whole: str = "") -> None:
        """Read the imports of a file; those from below the package `whole` bind nothing."""
        found = QueryCursor(query(_ALL_IMPORTS)).captures(root).get("import", ())
        places = {node.start_point[0] + 1: node for node in found}
        for line, taken in zip(reading.imports, self._tree.absolute(path, reading), strict=True):
            place = places.get(line.line, root)
            if line.name is None and line.alias is None:
                name = line.base.split(".")[0]
                self._plain.add((self._shadows.importing(place, name), name))
                origin = self._plain_import(line, taken, name)
            else:
                name, origin = line.alias or line.name or "", self._named_import(line, taken)
            self._load(line, taken)
            if not (whole and f"{taken.base}.".startswith(f"{whole}.")):
                scope = self._shadows.importing(place, name)
                self._add(scope, name, origin)

    # import a.b.c binds a, and loads a.b.c
    def _plain_import(self, line: ImportLine, taken: Imported, name: str) -> str:
        self._say(line.line, f"load {self._new_names.dotted(taken.base)}")
        origin = taken.base.split(".")[0]
        if not self._tree.is_module(origin):
            self._say(line.line, f"{name} = {origin}")
        elif name == line.base:
            self._say(line.line, f"{PLAIN}{name} = {self._new_names.dotted(name)}")
        return origin

    # from a.b import c       import a.b as c
    def _named_import(self, line: ImportLine, taken: Imported) -> str:
        target = taken.base if line.name is None else f"{taken.base}.{taken.name}"
        hidden = line.name is not None and self._tree.target(taken) == taken.base
        meant = self._new_names.dotted(target)
        if hidden:  # an object of the package hides the module of that name
            meant = f"{self._new_names.dotted(taken.base)}.{taken.name}"
        self._say(line.line, f"{line.alias or line.name} = {meant}")
        if self._tree.is_module(target) and not hidden:
            self._say(line.line, f"load {meant}")
        return f"={meant}" if hidden else target

    def _load(self, line: ImportLine, taken: Imported) -> None:
        loads = taken.base if line.name is None else f"{taken.base}.{taken.name}"
        self.loaded |= {self._new_names.dotted(n) for n in (loads, *parents(loads))}
        if line.name == "*":
            for name in self._tree.plain_names(taken.base):  # they come with the star
                self._add(MODULE, name, name)

    def _add(self, scope: int | None, name: str, origin: str) -> None:
        self._origins.setdefault((scope, name), set()).add(origin)
        self._names.add(name)

    @property
    def bound(self) -> frozenset[str]:
        """The names that imports bind in the module scope."""
        return frozenset(name for scope, name in self._origins if scope == MODULE)

    @property
    def modules(self) -> frozenset[str]:
        """The names that mean packages and modules of the tree.

        Any other imported name means what its import says, and the import is a piece of its own.
        """
        return frozenset(name for (_, name), found in self._origins.items() if self._any(found))

    def said(self, line: int) -> Sequence[str]:
        """Return what the imports on a line load and bind."""
        return self._by_line.get(line, ())

    def meanings(self, chain: str, node: Node) -> list[str]:
        """Return the meaning of a chain at a node, or the chain itself, marked as "local"."""
        head, _, tail = chain.removeprefix("*").partition(".")
        if head not in self._names:
            return ["local", chain]
        key = (self._shadows.importing(node, head), head)
        origins = self._origins.get(key)
        if origins is None:
            return ["local", chain]
        if key in self._plain:
            self.reached |= {self._home(f"{origin}.{tail}") for origin in origins}
        return sorted({self._meaning(f"{origin}.{tail}") for origin in origins})

    def of_module(self, name: Node) -> list[str]:
        """Return the meaning of a name, if an import binds it to a module and it is used here."""
        said = text_of(name)
        if said not in self._names:
            return []
        key = (self._shadows.importing(name, said), said)
        origins = self._origins.get(key, set())
        if not self._any(origins) or not _is_used(name):
            return []
        if key in self._plain:
            self.reached |= {self._home(origin) for origin in origins}
        return sorted({self._meaning(origin) for origin in origins})

    def other_names(self, statement: Node) -> Iterator[str]:
        """Yield the names in `global a, x` that are not imported modules."""
        for name in statement.named_children:
            said = text_of(name)
            if not self._any(self._origins.get((self._shadows.importing(name, said), said), set())):
                yield said

    def _any(self, origins: set[str]) -> bool:
        """Return whether a module is among the possible meanings of a name."""
        return any(
            not origin.startswith("=") and self._tree.is_module(self._tree.followed(origin))
            for origin in origins
        )

    def _say(self, line: int, what: str) -> None:
        self._by_line.setdefault(line, []).append(what)

    def _home(self, dotted: str) -> str:
        """Return the new name of the module that a chain from `import a.b.c` leads into."""
        whole = next((n for n in (dotted, *parents(dotted)) if self._tree.is_module(n)), "")
        return self._new_names.dotted(whole)

    def _meaning(self, dotted: str) -> str:
        if dotted.startswith("="):
            return dotted[1:]
        return self._new_names.dotted(self._tree.followed(dotted))


def _is_used(name: Node) -> bool:
    """Return whether a node uses the name, and is no parameter, keyword or attribute."""
    parent = name.parent
    if parent is None or parent.type in _PARAMETERS:
        return False
    field = _NO_USE.get(parent.type)
    return field is None or parent.child_by_field_name(field) != name
