"""Modules that are imported by a name which no import statement says.

`import_module(".di", package=P)` counts from P, and what stands after the dots is no name that
could be renamed as text: when P and the module part, the literal has to be counted anew, which is
the fix. A name that is computed from nothing readable is a note: what it will be comes from
settings, a database or the environment, and only the settings are tracked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.model import Hazard, Severity
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed, note
from reorg_lib.survey.names import resolve_name

KIND = "dynamic-import"
_OWN_PACKAGE = {"__package__", "__spec__.parent"}


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield relative imports by string that reach elsewhere, and names that cannot be read."""
    computed: list[tuple[str, int]] = []
    for code in ground.python(b"import_module", b"__import__", b"find_spec", b"resolve_name"):
        counts = ground.is_product(code.path) and not _names_modules(code, ground)
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
                yield from _relative(_Relative(code, call, given, said), ground)
            elif call.name.endswith("__import__"):
                yield from _top_of(code, call, said, ground)
    if computed and any(old != new for old, new in ground.names.items()):
        path, line = min(computed)
        yield note(
            KIND,
            path,
            line,
            "modules are imported by computed names at "
            f"{listed(f'{path}:{line}' for path, line in sorted(computed))}: names in tracked "
            "settings are renamed, names kept elsewhere (database, environment) are not",
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
def _top_of(code: Code, call: Call, said: str, ground: Ground) -> Iterator[Hazard]:
    """Without a `fromlist` it gives `a`, and what is asked of that is written with old names."""
    outer = call.node.parent
    is_used = outer is not None and outer.type != "expression_statement"
    from_list = code.argument_text(call, 3, "fromlist")
    new = ground.module_after(said)
    if is_used and from_list in ("", "()", "[]", "None") and "." in said and new != said:
        yield hazard(
            KIND,
            code.path,
            code.line(call.node),
            f"`{code.text(call.node)}` gives {said.partition('.')[0]} and not {said}, which "
            f"becomes {new or 'nothing'}: what is asked of it still says the old names; use "
            "`import_module`",
        )


def _relative(found: _Relative, ground: Ground) -> Iterator[Hazard]:
    packages = _packages(found, ground)
    if packages is None:
        yield from _from_some_package(found, ground)
        return
    before, after = packages
    target = resolve_name(before, found.said)
    known = ground.known(target) if target else None
    if target is None or known is None or "." not in known:
        return
    new = ground.module_after(target)
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
            f"would reach {resolve_name(after, found.said)}",
            span=span or (0, 0),
            fix=fix,
        )


# import_module(".di", package=PACKAGES[name])
def _from_some_package(found: _Relative, ground: Ground) -> Iterator[Hazard]:
    """The package is computed: those count that the file names, or else all of them."""
    if found.code.path not in ground.by_path:
        return
    tail = found.said.lstrip(".")
    holders = [name.removesuffix(f".{tail}") for name in ground.names if name.endswith(f".{tail}")]
    named = [package for package in holders if _says(found.code, package, ground)]
    parted = [p for p in named or holders if f"{p}.{tail}" in ground.strays(p)]
    if tail and parted:
        yield hazard(
            KIND,
            found.code.path,
            found.line,
            f"`{found.text}` counts from a package that is computed; {listed(parted)} and its "
            f"{tail} part",
            Severity.BLOCK if named else Severity.NOTE,
        )


def _says(code: Code, package: str, ground: Ground) -> bool:
    module = ground.by_path[code.path]
    spans = module.syntax.texts
    return any(code.content[start:end] == package.encode() for start, end in spans)


def _packages(found: _Relative, ground: Ground) -> tuple[str, str | None] | None:
    """What the dots count from, before and after; None where that cannot be read."""
    code = found.code
    node = found.call.argument(1, "package")
    literal = code.literal(node)
    if literal is not None:
        return literal, ground.module_after(literal)
    text = code.text(node) if node is not None else ""
    if text in _OWN_PACKAGE:
        return ground.package_of(code.path)
    if text == "__name__" and code.path in ground.by_path:
        name = ground.by_path[code.path].name
        return name, ground.names[name]
    head, dot, last = text.rpartition(".")
    if dot and last in ("__name__", "__package__"):
        origin = ground.origin(code.path, head)
        if origin is not None and origin in ground.names:
            return origin, ground.names[origin]
    return None


def relative_name(target: str, package: str) -> str:
    """Return the dots and names that lead from a package to a module; absolute if none do.

    >>> relative_name("a.x.m", "a.b")
    '..x.m'
    """
    wanted, start = target.split("."), package.split(".")
    common = 0
    while common < min(len(wanted), len(start)) and wanted[common] == start[common]:
        common += 1
    if not common:
        return target
    return "." * (len(start) - common + 1) + ".".join(wanted[common:])


def _is_composed(given: Node) -> bool:
    """An f-string, a sum, `%` or `.format`: the kind `composed-name` reads what stands first."""
    return given.type in ("string", "concatenated_string", "binary_operator") or (
        given.type == "call" and b".format" in (given.text or b"")
    )


def _names_modules(code: Code, ground: Ground) -> bool:
    """The names stand in the same file, as strings that are renamed."""
    root = ground.root.encode() + b"."
    module = ground.by_path.get(code.path)
    return module is not None and any(
        code.content.startswith(root, start) for start, _ in module.syntax.texts
    )
