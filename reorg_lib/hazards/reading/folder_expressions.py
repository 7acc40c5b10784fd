"""The folder whose path an expression gives, as far as the code shows it.

It reads these forms: literals, `/` and `join`, `Path(__file__).parent`, `package.__path__`,
`files("package")`.
"""

from __future__ import annotations

import posixpath

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.moved_paths import MovedPaths
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.hazards.reading.static_values import module_value

_WRAPPERS = {"Path", "PurePath", "str", "fspath", "abspath", "realpath", "normpath"}
_SAME = {"resolve", "absolute", "as_posix", "expanduser"}
_DEPTH = 8


def folder_value(
    node: Node | None, code: Code, context: HazardContext, places: MovedPaths, depth: int = 0
) -> str | None:
    """Return the tracked folder whose path an expression gives, or None."""
    if node is None or depth > _DEPTH:
        return None
    if (said := code.literal(node)) is not None:
        return places.resolve(said.removeprefix("./").rstrip("/"))
    climbed = _climbed(node, code, context)
    if climbed is not None:
        return climbed

    def read(inner: Node | None) -> str | None:
        return folder_value(inner, code, context, places, depth + 1)

    if node.type == "parenthesized_expression" and node.named_children:
        return read(node.named_children[0])
    if node.type == "identifier":
        return read(code.constant(code.text(node)))
    if node.type == "binary_operator":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        return _below(read(left), [right], code)
    if node.type == "subscript":
        return read(node.child_by_field_name("value"))
    if node.type == "attribute" and code.text(node).endswith(".__path__"):
        return _home(module_value(node.child_by_field_name("object"), code, context), context)
    call = code.call_of(node)
    if call is None:
        return None
    last = call.name.rpartition(".")[2]
    function = node.child_by_field_name("function")
    on = function.child_by_field_name("object") if function is not None else None
    if last == "files" and call.arguments:
        package = code.literal(call.arguments[0]) or module_value(call.arguments[0], code, context)
        return _home(package, context)
    if last == "join" and call.arguments:
        return _below(read(call.arguments[0]), list(call.arguments[1:]), code)
    if last == "joinpath":
        return _below(read(on), list(call.arguments), code)
    if last in _SAME:
        return read(on)
    if last in _WRAPPERS and call.arguments:
        return _below(read(call.arguments[0]), list(call.arguments[1:]), code)
    return None


def _climbed(node: Node, code: Code, context: HazardContext) -> str | None:
    """`Path(__file__).parent` of a file that stays; `file-anchor` reports one that moves."""
    module = context.by_path.get(code.path)
    if module is None or context.new_paths[code.path] != code.path:
        return None
    for anchor in module.syntax.anchors:
        if (anchor.start, anchor.end) == (node.start_byte, node.end_byte) and anchor.climbs:
            return "/".join(code.path.split("/")[: -anchor.climbs])
    return None


def _below(folder: str | None, parts: list[Node | None], code: Code) -> str | None:
    said = [code.literal(part) for part in parts]
    if folder is None or any(part is None for part in said):
        return None
    return posixpath.normpath(posixpath.join(folder, *(part or "" for part in said)))


def _home(package: str | None, context: HazardContext) -> str | None:
    is_one = package is not None and context.is_package(package)
    return context.folder_of(package) if package is not None and is_one else None
