"""The rules by which Python finds a module from a dotted name.

They cover the names of files, relative imports, and the modules that an import statement reaches.
No function reads the disk: each answer comes from paths and from modules that were read before.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping

from reorg_lib.model import ImportStatement, Module


def module_name(path: str, source_root: str) -> str | None:
    """Return the dotted name of a `.py` file, or of a folder, under the source root.

    None for a path outside the source root, for any other kind of file, and where one part of the
    path is a keyword or no identifier, so that no import statement can contain it.

    >>> module_name("server/app/db/__init__.py", "server")
    'app.db'
    """
    parts = _inner(path, source_root)
    return ".".join(parts) if parts and all(map(is_importable, parts)) else None


def path_name(path: str, source_root: str) -> str | None:
    """Return the dotted name that the path spells, even where no import statement can contain it.

    None for a path outside the source root, for the source root, and for its own `__init__.py`.

    >>> path_name("migrations/0001_first.py", ".")
    'migrations.0001_first'
    """
    return ".".join(_inner(path, source_root)) or None


def _inner(path: str, source_root: str) -> list[str]:
    """Return the parts of the path below the source root, none for a path outside of it."""
    prefix = "" if source_root in ("", ".") else source_root.rstrip("/") + "/"
    if not path.startswith(prefix):
        return []
    parts = path[len(prefix) :].removesuffix(".py").strip("/").split("/")
    return [part for part in (parts[:-1] if parts[-1] == "__init__" else parts) if part]


def is_importable(part: str) -> bool:
    """Return whether one part of a dotted name can stand in an import statement."""
    return part.isidentifier() and not keyword.iskeyword(part)


def resolve(package: str, statement: ImportStatement) -> str | None:
    """Return the absolute dotted base of a from-import in a module of `package`.

    `package` is `Module.package`. None when the dots lead above the top-level package, and for
    `import a, b`, which has no base.

    >>> # from ..x import y   in a module of package "a.b"   reaches from "a.x"
    """
    if not statement.is_from:
        return None
    return absolute_base(package, statement.level, statement.module)


def absolute_base(package: str, level: int, module: str) -> str | None:
    """Return the absolute base name of a from-import, or None if its dots lead too far up.

    The rule is the import system's: level 1 is the importer's own package, each further one its
    parent (https://docs.python.org/3/reference/import.html#package-relative-imports).

    >>> absolute_base("a.b", 2, "x")
    'a.x'
    """
    if level == 0:
        return module
    parts = package.split(".") if package else []
    kept = len(parts) - level + 1
    if kept < 1:
        return None
    return ".".join([*parts[:kept], *([module] if module else [])])


def resolve_name(package: str, written: str) -> str | None:
    """Return what a name with leading dots means in `package`, as `importlib.util.resolve_name`.

    None if the dots lead above the top-level package.

    >>> resolve_name("a.b", "..x")
    'a.x'
    """
    module = written.lstrip(".")
    return absolute_base(package, len(written) - len(module), module)


def names_imported(statement: ImportStatement, package: str) -> Iterator[tuple[str, str]]:
    """Yield each name that the statement binds, and the absolute dotted name that it stands for.

    `import a.b` binds `a`, `import a.b as x` binds `x` to `a.b`, `from a import b` binds `b` to
    `a.b`. A star import yields nothing, nor does one whose dots lead too far up.
    """
    base = resolve(package, statement)
    for name in statement.names:
        root = name.name.partition(".")[0]
        if not statement.is_from:
            yield (name.alias, name.name) if name.alias else (root, root)
        elif base is not None and name.name != "*":
            yield name.alias or name.name, f"{base}.{name.name}"


def reached_modules(
    statement: ImportStatement, package: str, modules: Mapping[str, Module]
) -> tuple[str, ...]:
    """Return the first-party modules that the statement imports, each once, in its order.

    `from a.b import c` reaches the module `a.b.c` if there is one and `a.b` binds no other object
    to the name `c`; else it reaches `a.b`. `import a.b.c` reaches the longest prefix that is a
    module. Names that are not among `modules` are left out.
    """
    return tuple(dict.fromkeys(_reached(statement, package, modules)))


def _reached(
    statement: ImportStatement, package: str, modules: Mapping[str, Module]
) -> Iterator[str]:
    if not statement.is_from:
        for name in statement.names:
            known = longest_module(name.name, modules)
            if known is not None:
                yield known
        return
    base = resolve(package, statement)
    if base is None or base not in modules:
        return
    for name in statement.names:
        child = f"{base}.{name.name}"
        is_module = child in modules and not hides(modules[base], name.name)
        yield child if is_module else base


def longest_module(dotted: str, modules: Mapping[str, Module]) -> str | None:
    """Return the longest prefix of a dotted name that is a module, or None."""
    while dotted and dotted not in modules:
        dotted = dotted.rpartition(".")[0]
    return dotted or None


def hides(package: Module, name: str) -> bool:
    """Return whether `package` binds `name` to an object other than its submodule `name`."""
    return name in package.syntax.bound and name not in own_imports(package)


# from . import name        import pkg.name as name
def own_imports(package: Module) -> frozenset[str]:
    """Return the names that a package binds by imports of its own submodules of these names."""
    return frozenset(
        name
        for statement in package.syntax.imports
        for name, meant in names_imported(statement, package.package)
        if meant == f"{package.name}.{name}"
    )
