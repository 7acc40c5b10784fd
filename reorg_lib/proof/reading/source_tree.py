"""The proof's view of a source tree, read with Python's own parser.

It says which files parse, what they import, and what each import resolves to. It shares no code
with the survey's reader or the rewriter, so that an error in one of them shows as a difference.
The module is longer than 300 lines, since it holds the whole name resolution of the proof.
"""

from __future__ import annotations

import ast
import keyword
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reorg_lib.git import blob_id
from reorg_lib.proof.reading.import_roots import other_roots
from reorg_lib.proof.reading.newer_syntax import read_newer

# the fields of a statement that contain statements
_BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")
_ONLY_FOR_TYPES = ("TYPE_CHECKING", "typing.TYPE_CHECKING", "t.TYPE_CHECKING")


@dataclass(frozen=True, slots=True, order=True)
class ImportLine:
    """`name` imported from `level` dots and `base`, as written; no name for a plain import.

    A `late` one is in a function or under TYPE_CHECKING: it does not run at import.
    """

    line: int
    level: int
    base: str
    name: str | None
    alias: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Imported:
    """`name` (or None for a plain import) imported from the absolute `base`, on `line`."""

    line: int
    base: str
    name: str | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The imports of one file, and its top-level names ("*": they are not known)."""

    imports: tuple[ImportLine, ...]
    bound: frozenset[str]


Ahead = Callable[[], Mapping[str, Reading]]
"""Returns readings that were made in advance, by git's id of the content."""


@dataclass(frozen=True)
class SourceTree:
    """The Python files of a repository, path → bytes, and the folder that is on `sys.path`.

    A file with the same content in the `earlier` tree, or among those read `ahead`, is not read
    again. The folders at which imports start are those of the `earlier` tree. The `steady` files
    exist before and after the moves.
    """

    files: Mapping[str, bytes]
    source_root: str
    earlier: SourceTree | None = None
    ahead: Ahead | None = None
    steady: frozenset[str] = frozenset()

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """Module name → path, for every file whose path can be imported."""
        return {name: path for name, (path, _) in self._placed.items()}

    @cached_property
    def _placed(self) -> Mapping[str, tuple[str, str]]:
        """Module name → path, and the root at which the name starts.

        A name below one of the other roots counts only if no other root has its first part.
        """
        roots = (self.source_root, *self.other_roots)
        named = {
            root: {n: path for path in sorted(self.files) if (n := name_below(path, root))}
            for root in roots
        }
        firsts = Counter(first for names in named.values() for first in {_first(n) for n in names})
        return {
            name: (path, root)
            for root in roots
            for name, path in named[root].items()
            if root == self.source_root or firsts[_first(name)] == 1
        }

    @cached_property
    def other_roots(self) -> tuple[str, ...]:
        """The other folders at which imports start, the deepest first."""
        if self.earlier is not None:
            return self.earlier.other_roots
        return other_roots(self.files, self.readings, self.source_root)

    def named_like(self, path: str, name: str, before: SourceTree) -> str | None:
        """Return the module name of a file, below the root that `name` had `before`."""
        below = name_below(path, before._placed[name][1])
        return below if below in self.modules else self.module_of(path)

    def canonical(self, name: str) -> str:
        """Return the main name of a module that has several, one for each root above it."""
        return self.module_of(self.modules[name]) or name if name in self.modules else name

    @cached_property
    def packages(self) -> frozenset[str]:
        """The names of all folders that contain modules, with or without `__init__`."""
        parents = set()
        for name in self.modules:
            while "." in name:
                name = name.rpartition(".")[0]
                parents.add(name)
        return frozenset(parents)

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """Path → reading of every file that parses."""
        known: dict[int, Reading | None] = {}
        if self.earlier is not None:
            files = self.earlier.files
            known = {id(files[path]): said for path, said in self.earlier.readings.items()}
        elif self.ahead is not None and (said := self.ahead()):
            known = {id(source): said.get(blob_id(source)) for source in self.files.values()}
        read = (
            (path, known.get(id(source)) or read_file(source))
            for path, source in sorted(self.files.items())
        )
        return {path: reading for path, reading in read if reading is not None}

    def module_of(self, path: str) -> str | None:
        """Return the dotted name of the file at `path`, even if no import can contain it."""
        roots = (self.source_root, *self.other_roots)
        home = next((root for root in roots if root == "." or path.startswith(f"{root}/")), None)
        return name_below(path, home) if home is not None else None

    def imports(self, path: str) -> Iterator[Imported]:
        """Yield the imports of the file at `path`, with absolute names."""
        return self.absolute(path, self.readings[path])

    def absolute(self, path: str, reading: Reading) -> Iterator[Imported]:
        """Yield the imports of a reading as absolute names, for a file at `path`."""
        name = self.module_of(path) or ""
        package = name if path.endswith("__init__.py") else name.rpartition(".")[0]
        for found in reading.imports:
            above = package.split(".")[: len(package.split(".")) - found.level + 1]
            parts = [*(above if found.level else ()), *([found.base] if found.base else ())]
            if not found.level and self._is_beside(path, _first(found.base)):
                parts = [f":{found.base}"]  # no module of the roots
            yield Imported(found.line, ".".join(parts), found.name, found.late)

    def _is_beside(self, path: str, top: str) -> bool:
        """Tell whether a top-level name is a file in the importer's own folder, which both stay.

        That folder comes first on the path. It counts outside of the source root, for a name that
        the source root has too.
        """
        if path not in self.steady or top not in self._tops:
            return False
        folder = path.rpartition("/")[0]
        while folder and f"{folder}/__init__.py" in self.files:
            folder = folder.rpartition("/")[0]
        root = "" if self.source_root == "." else self.source_root
        if folder == root or (root and path.startswith(f"{root}/")):
            return False
        stem = f"{folder}/{top}" if folder else top
        return f"{stem}.py" in self.steady or f"{stem}/__init__.py" in self.steady

    @cached_property
    def _tops(self) -> frozenset[str]:
        """The top-level names of the source root, before the moves."""
        if self.earlier is not None:
            return self.earlier._tops
        return frozenset(
            _first(n) for n, (_, root) in self._placed.items() if root == self.source_root
        )

    def is_module(self, name: str) -> bool:
        """Return whether `name` is a module or a folder of modules."""
        return name in self.modules or name in self.packages

    def has(self, word: str) -> bool:
        """Return whether a dotted name, or a path with or without the source root, exists."""
        prefix = "" if self.source_root == "." else self.source_root + "/"
        return self.is_module(word) or word in self.files or prefix + word in self.files

    def target(self, imported: Imported) -> str | None:
        """Return the module of this tree that an import reaches, or None."""
        base, name = imported.base, imported.name
        if name is None or name == "*":
            return base if self.is_module(base) else None
        if self._is_submodule(base, name):
            return f"{base}.{name}"
        bound = self._bound(base)
        return base if name in bound or "*" in bound else None

    def followed(self, dotted: str) -> str:
        """Return what a dotted name means where packages import parts of it from elsewhere.

        >>> # with `from x import c` in the package a.b        a.b.c.f  is  x.c.f
        """
        if dotted not in self._followed:
            self._followed[dotted] = self._follow(dotted)
        return self._followed[dotted]

    @cached_property
    def _followed(self) -> dict[str, str]:
        return {}

    def _follow(self, dotted: str) -> str:
        seen: set[str] = set()
        while dotted not in seen:
            seen.add(dotted)
            parts = dotted.split(".")
            whole = next(
                (n for n in range(len(parts) - 1, 0, -1) if ".".join(parts[:n]) in self.modules), 0
            )
            path = self.modules.get(".".join(parts[:whole]), "")
            package = ".".join(parts[:whole])
            if path not in self.readings or self._is_submodule(package, parts[whole]):
                return dotted
            lines = zip(self.readings[path].imports, self.imports(path), strict=True)
            found = {
                _target(line, absolute)
                for line, absolute in lines
                if _bound_by(line) == parts[whole]
            }
            if len(found) == 1:
                dotted = ".".join([*found, *parts[whole + 1 :]])
        return dotted

    def plain_names(self, module: str) -> frozenset[str]:
        """Return the names that a module binds by plain imports, each a top-level module."""
        reading = self.readings.get(self.modules.get(module, ""))
        lines = reading.imports if reading is not None else ()
        plain = (line for line in lines if line.name is None and line.alias is None)
        return frozenset(_bound_by(line) for line in plain if not line.late)

    def _is_submodule(self, package: str, name: str) -> bool:
        """Return whether `package.name` is a module that no other object of that name hides."""
        if not self.is_module(f"{package}.{name}"):
            return False
        return name not in self._bound(package) or self._imports(package, name)

    def _bound(self, module: str) -> frozenset[str]:
        if module not in self.modules:
            return frozenset()
        reading = self.readings.get(self.modules[module])
        return reading.bound if reading else frozenset({"*"})

    def _imports(self, package: str, name: str) -> bool:
        """Return whether a package binds `name` by importing its own submodule of that name."""
        path = self.modules[package]
        if path not in self.readings:
            return True
        return any((i.base, i.name) == (package, name) for i in self.imports(path))


def name_below(path: str, root: str) -> str | None:
    """Return the dotted name of the Python file at `path`, as it is imported from `root`."""
    prefix = "" if root == "." else root + "/"
    if not path.startswith(prefix) or not path.endswith(".py"):
        return None
    parts = path[len(prefix) : -len(".py")].split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or None


def can_be_imported(name: str) -> bool:
    """Return whether an import statement can contain a dotted name."""
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in name.split("."))


def _first(name: str) -> str:
    return name.partition(".")[0]


# import a.b.c: a        import a.b as x: x        from a import b: b
def _bound_by(line: ImportLine) -> str:
    return line.alias or line.name or line.base.split(".")[0]


def _target(line: ImportLine, absolute: Imported) -> str:
    """Return the absolute name of the object that an import binds."""
    if line.name is not None:
        return f"{absolute.base}.{absolute.name}"
    return line.base if line.alias else line.base.split(".")[0]


def parents(module: str) -> Iterator[str]:
    """Yield the packages that contain a module, the innermost first."""
    while "." in module:
        module = module.rpartition(".")[0]
        yield module


def read_file(source: bytes) -> Reading | None:
    """Return the reading of a file, or None if it does not parse.

    Syntax that is newer than the running Python is read by `newer_syntax`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
        return Reading(_in_order(_import_lines(tree)), frozenset(_bound_names(tree)))
    except (RecursionError, MemoryError):  # no version of Python compiles it
        return None
    except (SyntaxError, ValueError) as error:
        newer = None if "nested parentheses" in str(error) else read_newer(source, _ONLY_FOR_TYPES)
    if newer is None:
        return None
    taken, bound = newer
    return Reading(_in_order(ImportLine(*said) for said in taken), frozenset(bound))


def _in_order(lines: Iterable[ImportLine]) -> tuple[ImportLine, ...]:
    return tuple(
        sorted(lines, key=lambda line: (line.line, line.level, line.base, line.name or ""))
    )


def _import_lines(tree: ast.Module) -> Iterator[ImportLine]:
    stack: list[tuple[ast.AST, bool]] = [(tree, False)]
    while stack:
        node, late = stack.pop()
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield ImportLine(node.lineno, 0, alias.name, None, alias.asname, late)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                base = node.module or ""
                yield ImportLine(node.lineno, node.level, base, alias.name, alias.asname, late)
        elif isinstance(node, ast.If) and ast.unparse(node.test) in _ONLY_FOR_TYPES:
            stack += [(child, True) for child in node.body]
            stack += [(child, late) for child in node.orelse]
        else:
            inside = late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            stack += [(child, inside) for field in _BLOCKS for child in getattr(node, field, ())]


def _bound_names(tree: ast.Module) -> Iterator[str]:
    stack: list[ast.AST] = list(tree.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield "*" if node.name == "__getattr__" else node.name
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.comprehension):  # its target has a scope of its own
            stack += [node.iter, *node.ifs]
            continue
        if isinstance(node, ast.Import):
            yield from (a.asname or a.name.split(".")[0] for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (a.asname or a.name for a in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        stack.extend(ast.iter_child_nodes(node))
