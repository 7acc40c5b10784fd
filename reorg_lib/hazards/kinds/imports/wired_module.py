"""A module or package that a dependency injection container is told to wire.

`container.wire(modules=[".orders"])` counts from `from_package`, or else from the package of the
file, and `packages=["shop.views"]` means all modules of the package. When a module leaves, the
container does not wire it. The fix counts the dots again, or names the new places.

Breaks:
    shop/app.py:
        def start(container):
            container.wire(packages=["shop.views"])
    shop/views/order.py, shop/views/user.py
    move shop/views/user.py to shop/core/user.py
    fix: , "shop.core.user"

Breaks:
    shop/app.py:
        def start(container):
            container.wire(modules=[".orders"])
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
    fix: .sales.orders

Safe:
    shop/app.py:
        def start(container):
            container.wire(modules=["shop.orders"])
    shop/orders.py
    move shop/orders.py to shop/sales/orders.py
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.hazards.reading.relative_names import relative_name
from reorg_lib.hazards.reading.static_values import module_value
from reorg_lib.model import Hazard
from reorg_lib.python.dotted_names import resolve_name

KIND = "wired-module"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the wired names that reach nothing, or something else, after the moves."""
    for code in context.python_files(b"wire(", b"WiringConfiguration("):
        for call in code.calls_of("wire", "WiringConfiguration"):
            yield from _wired(code, call, context)


# container.wire(modules=[".orders"], packages=[".api"], from_package="shop")
def _wired(code: Code, call: Call, context: HazardContext) -> Iterator[Hazard]:
    own = context.package_of(code.path)
    given = code.literal(call.keywords.get("from_package"))
    base = (given, context.module_after(given)) if given else own
    text = code.argument_text(call, 9, "from_package")
    if text and given is None and text not in ("__name__", "__package__"):
        base = None
    if base is not None and base[1] is not None:
        for node in code.strings(call.keywords.get("modules")):
            yield from _wired_module(node, (base[0], base[1]), code, context)
    for node in _elements(call.keywords.get("packages")):
        said = code.literal(node)
        if said is None:
            package = module_value(node, code, context)
        elif said.startswith("."):
            package = resolve_name(base[0], said) if base is not None else None
        else:
            package = said
        if package is not None and package in context.new_names:
            yield from _left_unwired(node, package, code, context)


def _wired_module(
    node: Node, base: tuple[str, str], code: Code, context: HazardContext
) -> Iterator[Hazard]:
    before, after = base
    said = code.literal(node) or ""
    target = resolve_name(before, said) if said.startswith(".") else None
    new = context.module_after(target) if target else None
    if target not in context.new_names or (new is not None and resolve_name(after, said) == new):
        return
    fix = relative_name(new, after) if new else None
    span = code.inside(node) if fix else None
    yield hazard(
        KIND,
        code.path,
        code.line(node),
        f'"{said}" wires {target}, which becomes {new or "nothing"}; from {after} the same '
        "dots reach something else: correct them",
        span=span or (0, 0),
        fix=fix if span else None,
    )


# container.wire(packages=[shop.api])        container.wire(packages=["shop.api"])
def _left_unwired(node: Node, package: str, code: Code, context: HazardContext) -> Iterator[Hazard]:
    home = context.new_names[package]
    new = [context.new_names[name] for name in context.displaced(package)]
    gone = sorted(name for name in new if name and not name.startswith(f"{home}."))
    if not gone:
        return
    added = [name for name in gone if not any(name.startswith(f"{g}.") for g in gone)]
    yield hazard(
        KIND,
        code.path,
        code.line(node),
        f"`{code.text(node)}` wires all modules of {package}, and {listed(gone)} will not lie "
        "there any more: name what leaves among the modules or packages to wire",
        span=(node.end_byte, node.end_byte) if home else (0, 0),
        fix="".join(f', "{name}"' for name in added) if home else None,
    )


def _elements(node: Node | None) -> Iterator[Node]:
    if node is not None and node.type in ("list", "tuple", "set"):
        yield from (child for child in node.named_children if child.type != "comment")
