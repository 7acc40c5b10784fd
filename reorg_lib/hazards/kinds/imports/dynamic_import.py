"""An import by a string that is relative, or that is computed.

`import_module(".di", package="shop.old")` counts from a package, and the text after the dots is no
name that can be renamed. When the package and the module part, the import fails or reaches another
module; the fix counts the dots again. Names that are computed from nothing readable are noted.

Breaks:
    shop/app.py:
        from importlib import import_module
        di = import_module(".di", package="shop.old")
    shop/old/di.py, shop/old/fs.py
    move shop/old/di.py to shop/pg/di.py
    fix: ..pg.di

Noted:
    shop/app.py:
        from importlib import import_module
        def load(name):
            return import_module(name)
    shop/db.py
    move shop/db.py to shop/pg/db.py

Safe:
    shop/app.py:
        from importlib import import_module
        di = import_module(".di", package="shop.old")
    shop/old/di.py, shop/old/fs.py
    move shop/old to shop/pg
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed, note
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.hazards.reading.relative_names import relative_name
from reorg_lib.model import Hazard, Severity
from reorg_lib.python.dotted_names import resolve_name

KIND = "dynamic-import"
_OWN_PACKAGE = {"__package__", "__spec__.parent"}


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield relative imports by string that reach elsewhere, and names that cannot be read."""
    computed: list[tuple[str, int]] = []
    for code in context.python_files(
        b"import_module", b"__import__", b"find_spec", b"resolve_name"
    ):
        counts = context.is_product(code.path) and not _names_modules(code, context)
        for call in code.calls_of("import_module", "__import__", "find_spec", "resolve_name"):
            given = call.argument(0, "name")
            said = code.literal(given)
            if given is None:
                continue
            imports = call.name.rpartition(".")[2] in ("import_module", "__import__")
            if said is None:
                if counts and imports and not _is_composed(given):
                    computed.append((code.path, code.line(call.node)))
            elif said.startswith("."):
                yield from _relative(_Relative(code, call, given, said), context)
            elif call.name.endswith("__import__"):
                yield from _top_of(code, call, said, context)
    if computed and context.renames_modules:
        path, line = min(computed)
        yield note(
            KIND,
            path,
            line,
            "modules are imported by computed names at "
            f"{listed(f'{path}:{line}' for path, line in sorted(computed))}: names in tracked "
            "settings are renamed, names kept elsewhere (database, environment) are not: "
            "update those",
        )


@dataclass(frozen=True, slots=True)
class _Relative:
    """`import_module(".di", package=…)`."""

    code: Code
    call: Call
    given: Node
    said: str

    @property
    def line(self) -> int:
        return self.code.line(self.given)

    @property
    def text(self) -> str:
        return self.code.text(self.call.node)


# __import__("a.b.c").b.c
def _top_of(code: Code, call: Call, said: str, context: HazardContext) -> Iterator[Hazard]:
    """Without a `fromlist` it gives `a`, and the attributes after it have old names."""
    outer = call.node.parent
    is_used = outer is not None and outer.type != "expression_statement"
    from_list = code.argument_text(call, 3, "fromlist")
    new = context.module_after(said)
    if is_used and from_list in ("", "()", "[]", "None") and "." in said and new != said:
        yield hazard(
            KIND,
            code.path,
            code.line(call.node),
            f"`{code.text(call.node)}` returns {said.partition('.')[0]} and not {said}, which "
            f"becomes {new or 'nothing'}: the attributes that follow still say the old "
            "names; use `import_module`",
        )


def _relative(found: _Relative, context: HazardContext) -> Iterator[Hazard]:
    packages = _packages(found, context)
    if packages is None:
        yield from _from_some_package(found, context)
        return
    before, after = packages
    target = resolve_name(before, found.said)
    known = context.module_prefix(target) if target else None
    if target is None or known is None or "." not in known:
        return
    new = context.module_after(target)
    if new is None or after is None:
        gone = known if new is None else before
        yield hazard(
            KIND,
            found.code.path,
            found.line,
            f"`{found.text}` reaches {target}, but {gone} goes to several places or away: name "
            "the module that is meant",
        )
    elif resolve_name(after, found.said) != new:
        span = found.code.inside(found.given)
        fix = relative_name(new, after) if span else None
        yield hazard(
            KIND,
            found.code.path,
            found.line,
            f"`{found.text}` reaches {target}, which becomes {new}; from {after} the same dots "
            f"would reach {resolve_name(after, found.said)}: correct the dots",
            span=span or (0, 0),
            fix=fix,
        )


# import_module(".di", package=PACKAGES[name])
def _from_some_package(found: _Relative, context: HazardContext) -> Iterator[Hazard]:
    """The package is computed: the packages that the file names count, or else all of them."""
    if found.code.path not in context.by_path:
        return
    tail = found.said.lstrip(".")
    holders = [
        name.removesuffix(f".{tail}") for name in context.new_names if name.endswith(f".{tail}")
    ]
    named = [package for package in holders if _says(found.code, package, context)]
    parted = [p for p in named or holders if f"{p}.{tail}" in context.displaced(p)]
    if tail and parted:
        yield hazard(
            KIND,
            found.code.path,
            found.line,
            f"`{found.text}` counts from a package that is computed; {listed(parted)} and its "
            f"{tail} are separated: name the module that is meant",
            Severity.BLOCK if named else Severity.NOTE,
        )


def _says(code: Code, package: str, context: HazardContext) -> bool:
    module = context.by_path[code.path]
    spans = module.syntax.texts
    return any(code.content[start:end] == package.encode() for start, end in spans)


def _packages(found: _Relative, context: HazardContext) -> tuple[str, str | None] | None:
    """What the dots count from, before and after; None if that cannot be read."""
    code = found.code
    node = found.call.argument(1, "package")
    literal = code.literal(node)
    if literal is not None:
        return literal, context.module_after(literal)
    text = code.text(node) if node is not None else ""
    if text in _OWN_PACKAGE:
        return context.package_of(code.path)
    if text == "__name__" and code.path in context.by_path:
        name = context.by_path[code.path].name
        return name, context.new_names[name]
    head, dot, last = text.rpartition(".")
    if dot and last in ("__name__", "__package__"):
        origin = context.imports.resolve(code.path, head)
        if origin is not None and origin in context.new_names:
            return origin, context.new_names[origin]
    return None


def _is_composed(given: Node) -> bool:
    """An f-string, a sum, `%` or `.format`: the kind `composed-name` reads its first part."""
    return given.type in ("string", "concatenated_string", "binary_operator") or (
        given.type == "call" and b".format" in (given.text or b"")
    )


def _names_modules(code: Code, context: HazardContext) -> bool:
    """The names are in the same file, as strings that are renamed."""
    root = context.root.encode() + b"."
    module = context.by_path.get(code.path)
    return module is not None and any(
        code.content.startswith(root, start) for start, _ in module.syntax.texts
    )
