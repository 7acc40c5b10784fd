"""Packages in the hands of the program, and what is asked of them there.

`db = shop.infra.old` and then `db.engine`, `getattr(old, name)`, `patch.object(old, "engine")`, a
package that another module hands on: the rewrite follows attributes only from an import, and a
package does not have a module that left it. An exact question is told where the answer changes;
a package that is passed on is told because nobody can see what is asked of it then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.model import Hazard, Module
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.plan.hazard_kinds.meaning import followed, module_of

NAMED, PASSED, THROUGH, STAR = (
    "named-submodule", "package-passed-on", "name-through-another", "star-submodule",
)  # fmt: skip
_ASKS = ("getattr", "hasattr", "setattr", "delattr", "object")
_HARMLESS = {"reload", "isinstance", "id", "print", "repr", "type"}
_READERS = {"files", "contents", "open_text", "open_binary", "read_text", "read_binary", "path"}
_SILENT = {
    "expression_statement", "delete_statement", "comparison_operator", "not_operator",
    "global_statement", "nonlocal_statement",
}  # fmt: skip


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield what is asked of a package's object and is not there after the moves."""
    if all(old == new for old, new in ground.names.items()):
        return
    for path, module in ground.by_path.items():
        if path not in ground.contents or not path.endswith(".py"):
            continue
        yield from _in_file(module, ground)
        yield from _by_star(module, ground)
    for code in ground.python(ground.root.encode() + b"."):
        yield from _through_others(code, ground)


def _in_file(module: Module, ground: Ground) -> Iterator[Hazard]:
    packages = {
        name: package
        for name, package in _bound(module, ground).items()
        if ground.is_package(package) and ground.strays(package)
    }
    content = ground.contents[module.path]
    dynamic = any(word in content for word in (b"import_module", b"sys.modules", b"getattr"))
    if not packages and not dynamic:
        return
    code = ground.code(module.path)
    for name, package in packages.items():
        if name not in code.assigned:
            direct = package == (ground.origin(module.path, name) or "")
            for node in _uses(name, code):
                yield from _asked(node, package, direct, code, ground)
    calls = (call.node for call in code.calls_of("import_module", "getattr"))
    for node in (*calls, *_entries(code)) if dynamic else ():
        found = module_of(node, code, ground)
        if found is not None and ground.is_package(found) and ground.strays(found):
            yield from _asked(node, found, False, code, ground)


# sys.modules["shop.infra.old"]
def _entries(code: Code) -> Iterator[Node]:
    for match in re.finditer(rb"\bsys\.modules\[", code.content):
        node = code.at(match.end() - 1)
        if node is not None and node.type == "subscript":
            yield node


def _bound(module: Module, ground: Ground) -> dict[str, str]:
    """Name → the absolute name that an import of the file binds to it, followed to its home."""
    found: dict[str, str] = {}
    for statement in module.syntax.imports:
        for imported in statement.names:
            name = imported.alias or imported.name.partition(".")[0]
            whole = ground.origin(module.path, name)
            if whole is not None:
                found[name] = followed(whole, ground)
    return found


def _uses(name: str, code: Code) -> Iterator[Node]:
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


def _asked(node: Node, package: str, direct: bool, code: Code, ground: Ground) -> Iterator[Hazard]:
    """Follow a package's object upwards; `direct` where the rewrite follows its attributes."""
    outer: Node | None = node.parent
    while outer is not None and outer.type == "attribute" and outer.children[0] == node:
        last = outer.child_by_field_name("attribute")
        leaf = code.text(last) if last is not None else ""
        child = f"{package}.{leaf}"
        if leaf in ground.lost(package):
            if not direct:
                yield _missing(node, package, leaf, code, ground)
            return
        if not ground.is_package(child):
            return
        package = child
        node = outer
        outer = node.parent
    if outer is not None and outer.type == "expression_list":  # del old, x
        outer = outer.parent
    if outer is None or outer.type in _SILENT or not ground.strays(package):
        return
    target = _taken_by(outer)
    if target is not None and len(code.assigned.get(code.text(target), ())) == 1:
        for use in _uses(code.text(target), code):
            if use != target:
                yield from _asked(use, package, False, code, ground)
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
    )


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


# from shop.infra.old import *        db.make(), where somebody else has imported shop.infra.old.db
def _by_star(module: Module, ground: Ground) -> Iterator[Hazard]:
    for statement in module.syntax.imports:
        if [name.name for name in statement.names] != ["*"]:
            continue
        base = ground.base(module, statement)
        if not ground.is_package(base) or "__all__" in ground.modules[base].syntax.bound:
            continue
        code = ground.code(module.path)
        for leaf in sorted(ground.lost(base) - module.syntax.bound):
            for node in [*_uses(leaf, code)][:1] if leaf not in code.assigned else ():
                yield hazard(
                    STAR,
                    module.path,
                    code.line(node),
                    f"`{leaf}` comes by the star import of {base}, whose module it is as long as "
                    f"somebody imports it; it becomes {ground.names[f'{base}.{leaf}']}: import it "
                    "by its name",
                )


# "shop.app.shop.infra.old.db.make": shop.app has imported shop.infra.old.db
def _through_others(code: Code, ground: Ground) -> Iterator[Hazard]:
    pattern = rb"(?<![\w.])" + re.escape(ground.root.encode()) + rb"(?:\.\w+){2,}"
    for match in re.finditer(pattern, code.content):
        written = match.group().decode(errors="replace")
        home = ground.known(written)
        if home is None or home == written:
            continue
        head = written[len(home) + 1 :].partition(".")[0]
        target = ground.handed_on(home, head)
        reached = ground.known(followed(written, ground)) if target else None
        if target is None or reached is None or not reached.startswith(f"{target}."):
            continue
        node = code.at(match.start())
        old, new = ground.names.get(target), ground.names[reached]
        if node is None or node.type == "comment" or new == f"{old}{reached[len(target) :]}":
            continue
        after = f"{home}.{head}{new[len(old) :]}" if old and new and new.startswith(old) else None
        stays = ground.names[home] == home and code.string_at(match.start()) is not None
        tail = followed(written, ground)[len(reached) :]
        fixed = stays and after is not None
        yield hazard(
            THROUGH,
            code.path,
            code.line(node),
            f"`{written}` reaches {reached} through what {home} has imported; it becomes "
            f"{new or 'nothing'}",
            span=match.span() if fixed else (0, 0),
            fix=f"{after}{tail}" if fixed else None,
        )
