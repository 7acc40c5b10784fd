"""Packages in the hands of the program, and what is asked of them there.

`db = shop.infra.old` and then `db.engine`, `getattr(old, name)`, `patch.object(old, "engine")`, a
package that another module hands on: the rewrite follows attributes only from an import, and a
package does not have a module that left it. An exact question is told where the answer changes;
a package that is passed on is told because nobody can see what is asked of it then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from reorg_lib.model import Hazard, ImportedName, Module, Severity
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.plan.hazard_kinds.meaning import followed, module_of

NAMED, PASSED = "named-submodule", "package-passed-on"
_ALL = (ImportedName("*"),)
_ASKS = ("getattr", "hasattr", "setattr", "delattr", "object")
_HARMLESS = {"reload", "isinstance", "id", "print", "repr", "type"}
_READERS = {"files", "contents", "open_text", "open_binary", "read_text", "read_binary", "path"}
_HEAD = re.compile(rb"[\w.]*\w\Z")
_SILENT = {
    "expression_statement", "delete_statement", "comparison_operator", "not_operator",
    "global_statement", "nonlocal_statement",
}  # fmt: skip


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield what is asked of a package's object and is not there after the moves."""
    if all(old == new for old, new in ground.names.items()):
        return
    modules = [m for p, m in ground.files.items() if p in ground.contents and p.endswith(".py")]
    bound = {module.path: bound_names(module, ground) for module in modules}
    handed = {m.path: that_stray(bound[m.path] | _given(m, ground), ground) for m in modules}
    handing = {name for m in modules if handed[m.path] for name in _upwards(m.name)}
    leaves = sorted({name.encode() for names in handed.values() for name in names})
    asks = re.compile(rb"\.\s*(?:" + b"|".join(map(re.escape, leaves)) + rb")\b")
    for module in modules:
        packages = that_stray(bound[module.path], ground)
        if asks.search(ground.contents[module.path]):  # shop.app.old, where shop.app imports old
            packages |= {n: found for n, found in bound[module.path].items() if found in handing}
        yield from _in_file(module, packages, ground)


# old = shop.infra.old
def _given(module: Module, ground: Ground) -> dict[str, str]:
    return {name: followed(f"{module.name}.{name}", ground) for name in ground.aliases(module)}


def that_stray(names: Mapping[str, str], ground: Ground) -> dict[str, str]:
    """Return the names that stand for a package which does not keep all of its modules."""
    return {n: p for n, p in names.items() if ground.is_package(p) and ground.strays(p)}


def _upwards(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def _in_file(module: Module, packages: Mapping[str, str], ground: Ground) -> Iterator[Hazard]:
    content = ground.contents[module.path]
    dynamic = any(word in content for word in (b"import_module", b"sys.modules", b"getattr"))
    if not packages and not dynamic:
        return
    code = ground.code(module.path)
    for name, package in packages.items():
        if all(_is_none(value) for value in code.assigned.get(name, ())):
            direct = package == (ground.origin(module.path, name) or "")
            for node in uses_of(name, code):
                yield from asked(node, package, direct, code, ground)
    calls = (call.node for call in code.calls_of("import_module", "getattr"))
    for node in (*calls, *_entries(code)) if dynamic else ():
        found = module_of(node, code, ground)
        if found is not None and ground.is_package(found) and ground.strays(found):
            yield from asked(node, found, False, code, ground)


# try: from shop.infra import old        except ImportError: old = None
def _is_none(value: Node | None) -> bool:
    return value is not None and value.type == "none"


# sys.modules["shop.infra.old"]
def _entries(code: Code) -> Iterator[Node]:
    for match in re.finditer(rb"\bsys\.modules\[", code.content):
        node = code.at(match.end() - 1)
        if node is not None and node.type == "subscript":
            yield node


def bound_names(module: Module, ground: Ground) -> dict[str, str]:
    """Return name → the absolute name that an import of the file binds, followed to its home."""
    found: dict[str, str] = {}
    for statement in module.syntax.imports:
        for imported in statement.names:
            name = imported.alias or imported.name.partition(".")[0]
            whole = ground.origin(module.path, name)
            if whole is not None:
                found[name] = followed(whole, ground)
        base = ground.modules.get(ground.base(module, statement) or "")
        if statement.names == _ALL and base is not None:
            found |= {n: followed(f"{base.name}.{n}", ground) for n in ground.bound_in(base.name)}
    return found


def uses_of(name: str, code: Code) -> Iterator[Node]:
    for match in re.finditer(rb"(?<![\w.])" + re.escape(name.encode()) + rb"(?!\w)", code.content):
        node = code.at(match.start())
        if node is None or node.type != "identifier" or node.parent is None:
            continue
        outer = node.parent
        if outer.type in ("dotted_name", "aliased_import"):  # an import, or what a `case` is
            continue
        if outer.type == "keyword_argument" and outer.child_by_field_name("name") == node:
            continue
        yield node


def asked(node: Node, package: str, direct: bool, code: Code, ground: Ground) -> Iterator[Hazard]:
    """Follow a package's object upwards; `direct` where the rewrite follows its attributes."""
    outer = _around(node)
    while outer is not None and outer.type == "attribute" and _is_object(node, outer):
        last = outer.child_by_field_name("attribute")
        leaf = code.text(last) if last is not None else ""
        if leaf in ground.lost(package):
            if not direct:
                yield _missing(node, package, leaf, code, ground)
            return
        child = followed(f"{package}.{leaf}", ground)
        if child not in ground.names:
            return
        direct = direct and child == f"{package}.{leaf}"
        package = child
        node = outer
        outer = _around(node)
    if outer is not None and outer.type == "expression_list":  # del old, x
        outer = outer.parent
    if outer is None or outer.type in _SILENT or not ground.strays(package):
        return
    if _is_put_back(outer, code) or _is_subscripted(node, outer) or _is_wired(outer, code):
        return
    target = _taken_by(outer)
    if target is not None and len(code.assigned.get(code.text(target), ())) == 1:
        for use in uses_of(code.text(target), code):
            if use != target:
                yield from asked(use, package, False, code, ground)
        return
    call = _call_around(node, code)
    last_name = call.name.rpartition(".")[2] if call is not None else ""
    if call is not None and call.arguments and call.arguments[0] == node:
        if last_name in _ASKS:
            leaf = code.literal(call.argument(1, "name")) or ""
            if leaf in ground.lost(package):
                yield _missing(call.node, package, leaf, code, ground)
            if leaf or not ground.lost(package) or _is_of_all(call, code):
                return
        if last_name in _HARMLESS or last_name in _READERS:
            return
    yield hazard(
        PASSED,
        code.path,
        code.line(node),
        f"`{code.text(outer)[:80]}` passes the package {package} on, and "
        f"{listed(ground.strays(package))} will not be there: see what is asked of it, or name "
        "the module itself",
        Severity.BLOCK
        if _is_asked_for(node, outer, package, code, ground) and may_miss(package, ground)
        else Severity.NOTE,
    )


# sys.modules["shop.infra.old"] = old
def _is_put_back(outer: Node, code: Code) -> bool:
    left = outer.child_by_field_name("left") if outer.type == "assignment" else None
    return left is not None and code.text(left).startswith("sys.modules[")


# container.wire(packages=[old]), which `relative_listing` looks at
def _is_wired(outer: Node, code: Code) -> bool:
    around = outer.parent if outer.type in ("list", "tuple", "set") else None
    name = around.child_by_field_name("name") if around is not None else None
    call = around.parent.parent if around is not None and around.parent is not None else None
    called = call.child_by_field_name("function") if call is not None else None
    if name is None or called is None or code.text(name) != "packages":
        return False
    return code.text(called).rpartition(".")[2] in ("wire", "WiringConfiguration")


# old["key"]: a module has no items, so this is another thing of the same name
def _is_subscripted(node: Node, outer: Node) -> bool:
    return outer.type == "subscript" and outer.child_by_field_name("value") in (node, node.parent)


def may_miss(package: str, ground: Ground) -> bool:
    """Tell whether somebody who holds a package's object may look in vain for what moved in it.

    True where a module right in the package leaves its place, or one leaves the package for good.
    Deeper ones are looked for by two names at least (`held.infra.old`), which can be searched.
    """
    home = ground.names[package]
    strays = ground.strays(package)
    gone = [name for name in strays if not (ground.names[name] or "").startswith(f"{home}.")]
    if home is None or gone or ground.lost(package):
        return True
    inside = sorted(name[len(package) + 1 :].encode() for name in strays)
    asked_for = re.compile(rb"[.\"']\s*(?:" + b"|".join(map(re.escape, inside)) + rb")\b")
    for path, content in ground.texts():
        for match in asked_for.finditer(content) if path.endswith(".py") else ():
            head = _HEAD.search(content[max(match.start() - 200, 0) : match.start()])
            said = head.group().decode(errors="replace") if head else ""
            if said != package and (not said or ground.origin(path, said) is None):
                return True
    return False


# self.x = old        and somewhere        self.x.db.make()
def _is_asked_for(node: Node, outer: Node, package: str, code: Code, ground: Ground) -> bool:
    """Whether a module that leaves is asked of what keeps the package; True where that is open."""
    left = outer.child_by_field_name("left") if outer.type == "assignment" else None
    if left is None or left == node or left.type not in ("identifier", "attribute"):
        return True
    leaves = b"|".join(re.escape(leaf.encode()) for leaf in sorted(ground.lost(package)))
    kept = re.escape(code.text(left).rpartition(".")[2].encode())
    asked_for = re.compile(
        rb"\b" + kept + rb"\s*\.\s*(?:" + (leaves or b"(?!)") + rb")\b"
        rb"|(?:getattr|vars|dir|iter_modules|import_module|attrgetter)\([^\n]*\b" + kept + rb"\b"
    )
    return any(path.endswith(".py") and asked_for.search(text) for path, text in ground.texts())


def _is_object(node: Node, outer: Node) -> bool:
    return outer.child_by_field_name("object") in (node, node.parent)


def _around(node: Node) -> Node | None:
    """What stands around an expression; `[*a.b]` is read as `(*a).b`."""
    outer = node.parent
    if outer is None or outer.type != "list_splat" or outer.parent is None:
        return outer
    return outer.parent if outer.parent.type == "attribute" else outer


# hasattr(old, name) for name in old.__all__: what `__all__` names is looked at on its own
def _is_of_all(call: Call, code: Code) -> bool:
    name = re.escape(code.argument_text(call, 1, "name").encode())
    return re.search(rb"\bfor\s+" + name + rb"\s+in\s+[\w.]+\.__all__\b", code.content) is not None


# old = shop.infra.old        for package in (old, http):
def _taken_by(outer: Node) -> Node | None:
    """The plain name that takes the value, or values like it, over."""
    if outer.type in ("tuple", "list") and outer.parent is not None:
        outer = outer.parent
        if outer.type not in ("for_statement", "for_in_clause"):
            return None
    if outer.type == "assignment" and is_of_a_class(outer):
        return None
    target = outer.child_by_field_name("left") or outer.child_by_field_name("name")
    kinds = ("assignment", "named_expression", "for_statement", "for_in_clause")
    plain = outer.type in kinds and target is not None and target.type == "identifier"
    return target if plain else None


def is_of_a_class(node: Node) -> bool:
    outer = node.parent
    while outer is not None and outer.type not in ("class_definition", "function_definition"):
        outer = outer.parent
    return outer is not None and outer.type == "class_definition"


def _missing(node: Node, package: str, leaf: str, code: Code, ground: Ground) -> Hazard:
    new = ground.names.get(f"{package}.{leaf}")
    return hazard(
        NAMED,
        code.path,
        code.line(node),
        f"`{code.text(node)[:80]}` is asked for the module {leaf} of {package}, which becomes "
        f"{new or 'nothing'}: import it by its name instead",
    )


def _call_around(node: Node, code: Code) -> Call | None:
    given = node.parent
    if given is None or given.type != "argument_list":
        return None
    return next((call for call in code.calls if call.node == given.parent), None)
