"""What a name in a file means, by the imports of the file.

Names are resolved by an import, a star import, or a plain alias such as `old = shop.old`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reorg_lib.model import ImportedName, ImportStatement, Module
from reorg_lib.python.dotted_names import names_imported, resolve

_ALL = (ImportedName("*"),)
_ALIAS = re.compile(
    rb"^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=[ \t]*([A-Za-z_][\w.]*)[ \t\r]*(?:#.*)?$", re.M
)


@dataclass(frozen=True, slots=True)
class ImportedNames:
    """The imports of all modules (by name) and Python files (by path); each file is read once."""

    modules: Mapping[str, Module]
    files: Mapping[str, Module]
    contents: Mapping[str, bytes]
    _bound: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _given: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    _imported: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    _starred: dict[str, Sequence[str]] = field(default_factory=dict, repr=False)

    def resolve(self, path: str, dotted: str) -> str | None:
        """Return the absolute name that a dotted expression of a file means, by its imports.

        None if the file does not import the first segment.
        """
        module = self.files.get(path)
        if module is None:
            return None
        head, _, tail = dotted.partition(".")
        whole = self.imported_by(module).get(head)
        return f"{whole}.{tail}" if whole and tail else whole

    def imported_by(self, module: Module) -> Mapping[str, str]:
        """Return name → the absolute name that the first import of the file binds to it."""
        if module.path not in self._imported:
            found: dict[str, str] = {}
            for statement in module.syntax.imports:
                for name, whole in names_imported(statement, module.package):
                    found.setdefault(name, whole)
            self._imported[module.path] = found
        return self._imported[module.path]

    def base(self, module: Module, statement: ImportStatement) -> str | None:
        """Return the absolute name that a from-import starts at, None if it has too many dots."""
        return resolve(module.package, statement)

    def reexported(self, module: str, name: str) -> str | None:
        """Return what a module's name means if an import of the module binds it, or None."""
        read = self.modules[module]
        if (whole := self.imported_by(read).get(name)) is not None:
            return whole
        for base in self.starred(read):
            if name in self.bound_in(base):
                return f"{base}.{name}"
        written = self.aliases(read).get(name) if name in read.syntax.bound else None
        return (self.resolve(read.path, written) or f"{module}.{written}") if written else None

    def bound_in(self, module: str) -> frozenset[str]:
        """Return the names that a module binds, including those of its star imports."""
        if module not in self._bound:
            read = self.modules[module]
            self._bound[module] = read.syntax.bound  # two modules may import all of each other
            given = (self.bound_in(base) for base in self.starred(read))
            self._bound[module] = read.syntax.bound.union(*given)
        return self._bound[module]

    # from shop.wiring import *
    def starred(self, module: Module) -> Sequence[str]:
        """Return the modules from which a module imports everything."""
        if module.path not in self._starred:
            bases = (
                self.base(module, statement)
                for statement in module.syntax.imports
                if statement.names == _ALL
            )
            self._starred[module.path] = [base for base in bases if base and base in self.modules]
        return self._starred[module.path]

    # old = shop.infra.old
    def aliases(self, module: Module) -> Mapping[str, str]:
        """Return name → the dotted name that a module assigns to it, "" if it is assigned twice."""
        if module.path not in self._given:
            found: dict[str, str] = {}
            for match in _ALIAS.finditer(self.contents.get(module.path, b"")):
                name, written = (part.decode(errors="replace") for part in match.groups())
                found[name] = "" if name in found else written
            self._given[module.path] = found
        return self._given[module.path]
