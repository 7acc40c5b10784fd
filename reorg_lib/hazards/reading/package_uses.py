"""What the program reads from a package's object, and where it passes the object on.

A package does not have a module that left it: `package = shop.old` and then `package.db`,
`getattr(old, "db")`, `self.old.db` after an import in a class. The rewrite follows attributes only
from an import.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.hazards.reading.cached_readings import once
from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.load_graph import packages_above
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.hazards.reading.static_values import module_value, resolve_reexports
from reorg_lib.model import ImportedName, ImportStatement, Module

_ALL = (ImportedName("*"),)
_ASKS = ("getattr", "hasattr", "setattr", "delattr", "object")
_HARMLESS = {"reload", "isinstance", "id", "print", "repr", "type"}
_READERS = {"files", "contents", "open_text", "open_binary", "read_text", "read_binary", "path"}
_SILENT = {
    "expression_statement", "delete_statement", "comparison_operator", "not_operator",
    "global_statement", "nonlocal_statement",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackageUse:
    """A use of a package's object that does not have all of its modules after the moves.

    `leaf` is the lost module that is used; None if the code does not show which one, and then
    `around` is the code that takes the package.
    """

    code: Code
    node: Node
    around: Node
    package: str
    leaf: str | None


@once
def package_uses(context: HazardContext) -> tuple[PackageUse, ...]:
    """Return the uses of a package's object whose module is not there after the moves."""
    return (*_in_files(context), *_of_classes(context)) if context.renames_modules else ()


def _in_files(context: HazardContext) -> Iterator[PackageUse]:
    modules = [m for p, m in context.files.items() if p in context.contents and p.endswith(".py")]
    bound = {module.path: _bound_names(module, context) for module in modules}
    handed = {
        m.path: _losing_packages(bound[m.path] | _given(m, context), context) for m in modules
    }
    handing = {
        name for m in modules if handed[m.path] for name in (m.name, *packages_above(m.name))
    }
    leaves = sorted({name.encode() for names in handed.values() for name in names})
    asks = re.compile(rb"\.\s*(?:" + b"|".join(map(re.escape, leaves)) + rb")\b")
    for module in modules:
        packages = _losing_packages(bound[module.path], context)
        if asks.search(context.contents[module.path]):  # shop.app.old, where shop.app imports old
            packages |= {n: found for n, found in bound[module.path].items() if found in handing}
        yield from _in_file(module, packages, context)


# old = shop.infra.old
def _given(module: Module, context: HazardContext) -> dict[str, str]:
    return {
        name: resolve_reexports(f"{module.name}.{name}", context)
        for name in context.imports.aliases(module)
    }


def _losing_packages(names: Mapping[str, str], context: HazardContext) -> dict[str, str]:
    """Return the names that mean a package which does not keep all of its modules."""
    return {n: p for n, p in names.items() if context.is_package(p) and context.displaced(p)}


def _in_file(
    module: Module, packages: Mapping[str, str], context: HazardContext
) -> Iterator[PackageUse]:
    content = context.contents[module.path]
    dynamic = any(word in content for word in (b"import_module", b"sys.modules", b"getattr"))
    if not packages and not dynamic:
        return
    code = context.code(module.path)
    for name, package in packages.items():
        # try: from shop.infra import old        except ImportError: old = None
        if all(value and value.type == "none" for value in code.assigned.get(name, ())):
            direct = package == (context.imports.resolve(module.path, name) or "")
            for node in name_uses(name, code):
                yield from _asked(node, package, direct, code, context)
    calls = (call.node for call in code.calls_of("import_module", "getattr"))
    for node in (*calls, *_entries(code)) if dynamic else ():
        found = module_value(node, code, context)
        if found is not None and context.is_package(found) and context.displaced(found):
            yield from _asked(node, found, False, code, context)


# sys.modules["shop.infra.old"]
def _entries(code: Code) -> Iterator[Node]:
    for match in re.finditer(rb"\bsys\.modules\[", code.content):
        node = code.at(match.end() - 1)
        if node is not None and node.type == "subscript":
            yield node


def _bound_names(module: Module, context: HazardContext) -> dict[str, str]:
    """Return name → the absolute name that an import binds to it, re-exports resolved."""
    found: dict[str, str] = {}
    for statement in module.syntax.imports:
        for imported in statement.names:
            name = imported.alias or imported.name.partition(".")[0]
            whole = context.imports.resolve(module.path, name)
            if whole is not None:
                found[name] = resolve_reexports(whole, context)
        base = context.modules.get(context.imports.base(module, statement) or "")
        if statement.names == _ALL and base is not None:
            found |= {
                n: resolve_reexports(f"{base.name}.{n}", context)
                for n in context.imports.bound_in(base.name)
            }
    return found


def name_uses(name: str, code: Code) -> Iterator[Node]:
    for match in re.finditer(rb"(?<![\w.])" + re.escape(name.encode()) + rb"(?!\w)", code.content):
        node = code.at(match.start())
        if node is None or node.type != "identifier" or node.parent is None:
            continue
        outer = node.parent
        if outer.type in ("dotted_name", "aliased_import"):  # an import, or the pattern of a `case`
            continue
        if outer.type == "keyword_argument" and outer.child_by_field_name("name") == node:
            continue
        yield node


def _asked(
    node: Node, package: str, direct: bool, code: Code, context: HazardContext
) -> Iterator[PackageUse]:
    """Follow a package's object upwards; `direct` if the rewrite follows its attributes."""
    outer = _around(node)
    while outer is not None and outer.type == "attribute" and _is_object(node, outer):
        last = outer.child_by_field_name("attribute")
        leaf = code.text(last) if last is not None else ""
        if leaf in context.lost_submodules(package):
            if not direct:
                yield PackageUse(code, node, node, package, leaf)
            return
        child = resolve_reexports(f"{package}.{leaf}", context)
        if child not in context.new_names:
            return
        direct = direct and child == f"{package}.{leaf}"
        package = child
        node = outer
        outer = _around(node)
    if outer is not None and outer.type == "expression_list":  # del old, x
        outer = outer.parent
    if outer is None or outer.type in _SILENT or not context.displaced(package):
        return
    if _is_put_back(outer, code) or _is_subscripted(node, outer) or _is_wired(outer, code):
        return
    target = _taken_by(outer)
    if target is not None and len(code.assigned.get(code.text(target), ())) == 1:
        for use in name_uses(code.text(target), code):
            if use != target:
                yield from _asked(use, package, False, code, context)
        return
    call = code.call_around(node)
    last_name = call.name.rpartition(".")[2] if call is not None else ""
    if call is not None and call.arguments and call.arguments[0] == node:
        if last_name in _ASKS:
            leaf = code.literal(call.argument(1, "name")) or ""
            if leaf in context.lost_submodules(package):
                yield PackageUse(code, call.node, call.node, package, leaf)
            if leaf or not context.lost_submodules(package) or _is_of_all(call, code):
                return
        if last_name in _HARMLESS or last_name in _READERS:
            return
    yield PackageUse(code, node, outer, package, None)


# sys.modules["shop.infra.old"] = old
def _is_put_back(outer: Node, code: Code) -> bool:
    left = outer.child_by_field_name("left") if outer.type == "assignment" else None
    return left is not None and code.text(left).startswith("sys.modules[")


# container.wire(packages=[old]), which the kind `wired-module` checks
def _is_wired(outer: Node, code: Code) -> bool:
    around = outer.parent if outer.type in ("list", "tuple", "set") else None
    name = around.child_by_field_name("name") if around is not None else None
    call = around.parent.parent if around is not None and around.parent is not None else None
    called = call.child_by_field_name("function") if call is not None else None
    if name is None or called is None or code.text(name) != "packages":
        return False
    return code.text(called).rpartition(".")[2] in ("wire", "WiringConfiguration")


# old["key"]: a module has no items, so this is another object of the same name
def _is_subscripted(node: Node, outer: Node) -> bool:
    return outer.type == "subscript" and outer.child_by_field_name("value") in (node, node.parent)


def _is_object(node: Node, outer: Node) -> bool:
    return outer.child_by_field_name("object") in (node, node.parent)


def _around(node: Node) -> Node | None:
    """The node around an expression; `[*a.b]` is parsed as `(*a).b`."""
    outer = node.parent
    if outer is None or outer.type != "list_splat" or outer.parent is None:
        return outer
    return outer.parent if outer.parent.type == "attribute" else outer


# hasattr(old, name) for name in old.__all__: the names in `__all__` are checked separately
def _is_of_all(call: Call, code: Code) -> bool:
    name = re.escape(code.argument_text(call, 1, "name").encode())
    return re.search(rb"\bfor\s+" + name + rb"\s+in\s+[\w.]+\.__all__\b", code.content) is not None


# old = shop.infra.old        for package in (old, http):
def _taken_by(outer: Node) -> Node | None:
    """The plain name that gets the value, or values like it."""
    if outer.type in ("tuple", "list") and outer.parent is not None:
        outer = outer.parent
        if outer.type not in ("for_statement", "for_in_clause"):
            return None
    if outer.type == "assignment" and _is_of_a_class(outer):
        return None
    target = outer.child_by_field_name("left") or outer.child_by_field_name("name")
    kinds = ("assignment", "named_expression", "for_statement", "for_in_clause")
    plain = outer.type in kinds and target is not None and target.type == "identifier"
    return target if plain else None


def _is_of_a_class(node: Node) -> bool:
    outer = node.parent
    while outer is not None and outer.type not in ("class_definition", "function_definition"):
        outer = outer.parent
    return outer is not None and outer.type == "class_definition"


# class A: import shop.infra.old.db        and then self.shop.infra.old.db
def _of_classes(context: HazardContext) -> Iterator[PackageUse]:
    """Yield the uses of a package imported in a class: through `self`, the class or anything."""
    held: dict[str, set[str]] = defaultdict(set)
    for path, module in context.files.items():
        indented = [s for s in module.syntax.imports if _is_indented(s, context.contents.get(path))]
        packages = _losing_packages(_bound_names(module, context), context) if indented else {}
        for statement in indented if packages else ():
            names = {n.alias or n.name.partition(".")[0] for n in statement.names}
            node = context.code(path).at(statement.start) if names & packages.keys() else None
            for name in names & packages.keys() if node and _is_of_a_class(node) else ():
                held[name].add(packages[name])
    for name, found in sorted(held.items()):
        for code in context.python_files(b"." + name.encode()):
            for node in _attributes(name, code):
                for package in sorted(found) if not _is_of_a_module(node, code, context) else ():
                    yield from _asked(node, package, False, code, context)


def _is_indented(statement: ImportStatement, content: bytes | None) -> bool:
    return (content or b"")[max(statement.start - 1, 0) : statement.start] in (b" ", b"\t")


# self.old.db.f()        A.old.db.f()        look(self.old)
def _attributes(name: str, code: Code) -> Iterator[Node]:
    for match in re.finditer(rb"\.\s*" + name.encode() + rb"\b", code.content):
        leaf = code.at(match.end() - 1)
        node = leaf.parent if leaf is not None else None
        if (
            node is None
            or node.type != "attribute"
            or node.child_by_field_name("attribute") != leaf
        ):
            continue
        outer = node.parent
        goes_on = outer is not None and outer.type == "attribute"
        is_set = outer is not None and outer.child_by_field_name("left") == node
        if goes_on or (_head(node, code) in ("self", "cls") and not is_set):
            yield node


def _is_of_a_module(node: Node, code: Code, context: HazardContext) -> bool:
    origin = context.imports.resolve(code.path, _head(node, code))
    return origin is not None and resolve_reexports(origin, context) in context.new_names


def _head(node: Node, code: Code) -> str:
    return code.text(node).partition(".")[0].strip()
