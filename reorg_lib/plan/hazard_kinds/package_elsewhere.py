"""Packages that reach the program some other way than by an import of the file that asks.

Through a class whose body imports (`self.old.db`), through a star import, through a text that goes
by what another module imported (`patch("shop.app.old.db")`). What is asked of such a package is
followed by `package_value`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.model import Hazard, ImportStatement, Module
from reorg_lib.plan.hazard_kinds.code import Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard
from reorg_lib.plan.hazard_kinds.meaning import followed
from reorg_lib.plan.hazard_kinds.package_value import (
    asked,
    bound_names,
    is_of_a_class,
    that_stray,
    uses_of,
)

THROUGH, STAR = "name-through-another", "star-submodule"


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield what is asked of a package that another module, class or text has at hand."""
    if all(old == new for old, new in ground.names.items()):
        return
    for path, module in ground.files.items():
        if path in ground.contents and path.endswith(".py"):
            yield from _by_star(module, ground)
    yield from _of_classes(ground)
    for code in ground.python(ground.root.encode() + b"."):
        yield from _through_others(code, ground)


# class A: import shop.infra.old.db        and then self.shop.infra.old.db
def _of_classes(ground: Ground) -> Iterator[Hazard]:
    """What is asked, through `self`, a class or whatever else, of a package imported in a class."""
    held: dict[str, set[str]] = defaultdict(set)
    for path, module in ground.files.items():
        indented = [s for s in module.syntax.imports if _is_indented(s, ground.contents.get(path))]
        packages = that_stray(bound_names(module, ground), ground) if indented else {}
        for statement in indented if packages else ():
            names = {n.alias or n.name.partition(".")[0] for n in statement.names}
            node = ground.code(path).at(statement.start) if names & packages.keys() else None
            for name in names & packages.keys() if node and is_of_a_class(node) else ():
                held[name].add(packages[name])
    for name, found in sorted(held.items()):
        for code in ground.python(b"." + name.encode()):
            for node in _attributes(name, code):
                for package in sorted(found) if not _is_of_a_module(node, code, ground) else ():
                    yield from asked(node, package, False, code, ground)


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


def _is_of_a_module(node: Node, code: Code, ground: Ground) -> bool:
    origin = ground.origin(code.path, _head(node, code))
    return origin is not None and followed(origin, ground) in ground.names


def _head(node: Node, code: Code) -> str:
    return code.text(node).partition(".")[0].strip()


# from shop.infra.old import *        db.make(), where somebody else has imported shop.infra.old.db
def _by_star(module: Module, ground: Ground) -> Iterator[Hazard]:
    for statement in module.syntax.imports:
        if [name.name for name in statement.names] != ["*"]:
            continue
        base = ground.base(module, statement) or ""
        if not ground.is_package(base) or "__all__" in ground.modules[base].syntax.bound:
            continue
        code = ground.code(module.path)
        for leaf in sorted(ground.lost(base) - module.syntax.bound):
            for node in [*uses_of(leaf, code)][:1] if leaf not in code.assigned else ():
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
        old, new = ground.names.get(target), ground.names[reached]
        if code.string_at(match.start()) is None or new == f"{old}{reached[len(target) :]}":
            continue
        after = f"{home}.{head}{new[len(old) :]}" if old and new and new.startswith(old) else None
        stays = ground.names[home] == home
        tail = followed(written, ground)[len(reached) :]
        fixed = stays and after is not None
        yield hazard(
            THROUGH,
            code.path,
            code.content.count(b"\n", 0, match.start()) + 1,
            f"`{written}` reaches {reached} through what {home} has imported; it becomes "
            f"{new or 'nothing'}",
            span=match.span() if fixed else (0, 0),
            fix=f"{after}{tail}" if fixed else None,
        )
