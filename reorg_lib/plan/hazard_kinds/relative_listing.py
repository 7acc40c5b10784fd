"""Modules that a call lists by a name that counts from a package.

`lazy_loader.attach(__name__, submodules=["orders"])` and the tables of lazy imports name what lies
right below their own package; `container.wire(modules=[".orders"])` counts from `from_package` or
from its own package. No name in them says its package, so nothing is renamed as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.dynamic_import import relative_name
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.plan.hazard_kinds.meaning import module_of
from reorg_lib.survey.names import resolve_name

LAZY, WIRED = "lazy-submodule", "wired-module"
_TABLES = re.compile(
    r"_?(?:import_structure|lazy_imports?|lazy_submodules|submodules|dynamic_imports)", re.I
)


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the listed names that reach nothing, or something else, after the moves."""
    for code in ground.python(b"attach(", b"_import_structure", b"_lazy_import", b"LazyModule"):
        package = ground.package_of(code.path)
        if package is not None:
            yield from _lazy(code, package, ground)
    for code in ground.python(b"wire(", b"WiringConfiguration("):
        for call in code.calls_of("wire", "WiringConfiguration"):
            yield from _wired(code, call, ground)


# lazy_loader.attach(__name__, submodules=["orders"], submod_attrs={"orders": ["f"]})
def _lazy(code: Code, package: tuple[str, str], ground: Ground) -> Iterator[Hazard]:
    names: list[tuple[Node, bool]] = []
    for call in code.calls_of("attach"):
        if code.argument_text(call, 0, "package_name") != "__name__":
            continue
        names += [(n, False) for n in _strings(code, call.argument(1, "submodules"))]
        names += [(n, True) for n in _keys(code, call.argument(2, "submod_attrs"))]
    for node in code.nodes("statement"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or not _TABLES.fullmatch(code.text(left).split("[")[0]):
            continue
        names += [(n, True) for n in _keys(code, right)]
        names += [(n, True) for n in code.strings(left)]  # _import_structure["orders"] = [...]
    before, after = package
    for node, may_be_deep in names:
        said = code.literal(node) or ""
        old = f"{before}.{said}"
        if old not in ground.names or ground.names[old] == f"{after}.{said}":
            continue
        new = ground.names[old]
        below = new is not None and new.startswith(f"{after}.")
        fix = new[len(after) + 1 :] if below and new is not None else None
        if fix is not None and "." in fix and not may_be_deep:
            fix = None
        span = code.inside(node) if fix is not None else None
        yield hazard(
            LAZY,
            code.path,
            code.line(node),
            f'"{said}" is loaded from {before} when it is asked for, and becomes '
            f"{new or 'nothing'}: "
            + ("name its new place" if fix else "import it in another way, or drop it from here"),
            span=span or (0, 0),
            fix=fix if span else None,
        )


# container.wire(modules=[".orders"], packages=[".api"], from_package="shop")
def _wired(code: Code, call: Call, ground: Ground) -> Iterator[Hazard]:
    own = ground.package_of(code.path)
    given = code.literal(call.keywords.get("from_package"))
    base = (given, ground.module_after(given)) if given else own
    text = code.argument_text(call, 9, "from_package")
    if text and given is None and text not in ("__name__", "__package__"):
        base = None
    if base is not None and base[1] is not None:
        for node in _strings(code, call.keywords.get("modules")):
            yield from _wired_module(node, (base[0], base[1]), code, ground)
    for node in _elements(call.keywords.get("packages")):
        said = code.literal(node)
        if said is None:
            package = module_of(node, code, ground)
        elif said.startswith("."):
            package = resolve_name(base[0], said) if base is not None else None
        else:
            package = said
        if package is not None and package in ground.names:
            yield from _left_unwired(node, package, code, ground)


def _wired_module(
    node: Node, base: tuple[str, str], code: Code, ground: Ground
) -> Iterator[Hazard]:
    before, after = base
    said = code.literal(node) or ""
    target = resolve_name(before, said) if said.startswith(".") else None
    new = ground.module_after(target) if target else None
    if target not in ground.names or (new is not None and resolve_name(after, said) == new):
        return
    fix = relative_name(new, after) if new else None
    span = code.inside(node) if fix else None
    yield hazard(
        WIRED,
        code.path,
        code.line(node),
        f'"{said}" wires {target}, which becomes {new or "nothing"}; from {after} the same '
        "dots reach something else",
        span=span or (0, 0),
        fix=fix if span else None,
    )


# container.wire(packages=[shop.api])        container.wire(packages=["shop.api"])
def _left_unwired(node: Node, package: str, code: Code, ground: Ground) -> Iterator[Hazard]:
    home = ground.names[package]
    new = [ground.names[name] for name in ground.strays(package)]
    gone = sorted(name for name in new if name and not name.startswith(f"{home}."))
    if not gone:
        return
    added = [name for name in gone if not any(name.startswith(f"{g}.") for g in gone)]
    yield hazard(
        WIRED,
        code.path,
        code.line(node),
        f"`{code.text(node)}` wires all modules of {package}, and {listed(gone)} will not lie "
        "there any more: name what leaves among the modules or packages to wire",
        span=(node.end_byte, node.end_byte) if home else (0, 0),
        fix="".join(f', "{name}"' for name in added) if home else None,
    )


def _strings(code: Code, node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield from code.strings(node)


def _elements(node: Node | None) -> Iterator[Node]:
    if node is not None and node.type in ("list", "tuple", "set"):
        yield from (child for child in node.named_children if child.type != "comment")


def _keys(code: Code, node: Node | None) -> Iterator[Node]:
    for pair in node.named_children if node is not None and node.type == "dictionary" else ():
        key = pair.child_by_field_name("key")
        if key is not None and key.type == "string":
            yield key
