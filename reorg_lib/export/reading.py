"""A second reading of the imports, with Python's own parser.

Owns the proof's view of a source tree: which files parse, what they import, and what that
resolves to. Shares no code with the survey's reader or the rewriter, so that an error in those
shows as a difference here. Must not know the plan.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Imported:
    """`name` (or None for a plain import) taken from the absolute `base`, on `line`."""

    line: int
    base: str
    name: str | None


@dataclass(frozen=True)
class SourceTree:
    """The Python files below a source root: path → bytes, both sides of a move alike."""

    files: Mapping[str, bytes]
    source_root: str

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """Module name → path, for every file whose path can be imported."""
        named = ((self.module_of(path), path) for path in sorted(self.files))
        return {name: path for name, path in named if name is not None}

    @cached_property
    def packages(self) -> frozenset[str]:
        """The names of all folders that hold modules, with or without `__init__`."""
        parents = set()
        for name in self.modules:
            while "." in name:
                name = name.rpartition(".")[0]
                parents.add(name)
        return frozenset(parents)

    @cached_property
    def parsed(self) -> Mapping[str, ast.Module]:
        """Path → syntax tree of every file that this Python can parse."""
        trees = ((path, parse(source)) for path, source in sorted(self.files.items()))
        return {path: tree for path, tree in trees if tree is not None}

    def module_of(self, path: str) -> str | None:
        """Return the dotted name under which the file at `path` is imported."""
        prefix = "" if self.source_root == "." else self.source_root + "/"
        if not path.startswith(prefix) or not path.endswith(".py"):
            return None
        parts = path[len(prefix) : -len(".py")].split("/")
        if parts[-1] == "__init__":
            parts = parts[:-1]
        return ".".join(parts) if parts and all(p.isidentifier() for p in parts) else None

    def imports(self, path: str) -> Iterator[Imported]:
        """Yield what the file at `path` imports, with relative names made absolute."""
        name = self.module_of(path) or ""
        package = name if path.endswith("__init__.py") else name.rpartition(".")[0]
        for node in ast.walk(self.parsed[path]):
            if isinstance(node, ast.Import):
                yield from (Imported(node.lineno, alias.name, None) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                anchor = package.split(".")[: len(package.split(".")) - node.level + 1]
                above = [*anchor] if node.level else []
                base = ".".join([*above, *([node.module] if node.module else [])])
                yield from (Imported(node.lineno, base, alias.name) for alias in node.names)

    def is_module(self, name: str) -> bool:
        """Tell whether `name` is a module or a folder of modules."""
        return name in self.modules or name in self.packages

    def target(self, imported: Imported) -> str | None:
        """Return the module that an import reaches, or None if it reaches none of this tree."""
        base, name = imported.base, imported.name
        if name is None or name == "*":
            return base if self.is_module(base) else None
        submodule = f"{base}.{name}"
        bound = self.attributes(base) if base in self.modules else frozenset()
        if self.is_module(submodule) and (name not in bound or self._imports(base, base, name)):
            return submodule
        return base if name in bound or "*" in bound else None

    def attributes(self, module: str) -> frozenset[str]:
        """Return the names that a module binds at its top level; "*" where it cannot be told."""
        if module not in self._attributes:
            tree = self.parsed.get(self.modules[module])
            bound = frozenset(_bound(tree)) if tree else frozenset({"*"})
            self._attributes[module] = bound
        return self._attributes[module]

    @cached_property
    def _attributes(self) -> dict[str, frozenset[str]]:
        return {}

    def _imports(self, importer: str, base: str, name: str) -> bool:
        found = self.imports(self.modules[importer])
        return any((i.base, i.name) == (base, name) for i in found)


def parse(source: bytes) -> ast.Module | None:
    """Return the syntax tree, or None where this Python cannot parse the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


def _bound(tree: ast.Module) -> Iterator[str]:
    stack: list[ast.AST] = list(tree.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            if node.name == "__getattr__":
                yield "*"
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Import):
            yield from (a.asname or a.name.split(".")[0] for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (a.asname or a.name for a in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Global):
            yield from node.names
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        stack.extend(ast.iter_child_nodes(node))
