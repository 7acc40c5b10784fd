"""A package object that is passed to other code, and that some of its modules leave.

No one can read off which of the package's modules the receiving code asks for, and the modules that
left are not there. Check what is asked for, or pass the module itself. Where the package is only
stored and nothing asks the stored value for such a module, this is a note.

Breaks:
    shop/app.py:
        from shop import old
        from shop.loader import load
        load(old)
    shop/loader.py:
        def load(package):
            package.db.start()
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Noted:
    shop/app.py:
        from shop import old
        class App:
            def __init__(self):
                self.kept = old
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/app.py:
        from shop.loader import load
        from shop.old import db
        load(db)
    shop/loader.py:
        def load(module):
            module.start()
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.package_uses import package_uses
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.model import Hazard, Severity

KIND = "package-passed-on"
_HEAD = re.compile(rb"[\w.]*\w\Z")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the packages that are passed on to code that may use their modules."""
    for use in package_uses(context):
        if use.leaf is None:
            yield _passed(use.node, use.around, use.package, use.code, context)


def _passed(node: Node, outer: Node, package: str, code: Code, context: HazardContext) -> Hazard:
    return hazard(
        KIND,
        code.path,
        code.line(node),
        f"`{code.text(outer)[:80]}` passes the package {package} on, and "
        f"{listed(context.displaced(package))} will not be there: check what is asked of it, or "
        "pass the module itself",
        Severity.BLOCK
        if _is_asked_for(node, outer, package, code, context) and _may_miss(package, context)
        else Severity.NOTE,
    )


def _may_miss(package: str, context: HazardContext) -> bool:
    """Return whether code with a package's object may miss what moved in it.

    True if a module directly in the package leaves its place, or any module leaves the package.
    Deeper ones are used by at least two names (`held.infra.old`), which can be searched.
    """
    strays = context.displaced(package)
    if context.leaving(package) or context.lost_submodules(package):
        return True
    inside = sorted(name[len(package) + 1 :].encode() for name in strays)
    asked_for = re.compile(rb"[.\"']\s*(?:" + b"|".join(map(re.escape, inside)) + rb")\b")
    for path, content in context.texts():
        for match in asked_for.finditer(content) if path.endswith(".py") else ():
            head = _HEAD.search(content[max(match.start() - 200, 0) : match.start()])
            said = head.group().decode(errors="replace") if head else ""
            if said != package and (not said or context.imports.resolve(path, said) is None):
                return True
    return False


# self.x = old        and somewhere        self.x.db.make()
def _is_asked_for(
    node: Node, outer: Node, package: str, code: Code, context: HazardContext
) -> bool:
    """Whether a module that leaves is read from the stored package; True if that is unknown."""
    left = outer.child_by_field_name("left") if outer.type == "assignment" else None
    if left is None or left == node or left.type not in ("identifier", "attribute"):
        return True
    leaves = b"|".join(
        re.escape(leaf.encode()) for leaf in sorted(context.lost_submodules(package))
    )
    kept = re.escape(code.text(left).rpartition(".")[2].encode())
    asked_for = re.compile(
        rb"\b" + kept + rb"\s*\.\s*(?:" + (leaves or b"(?!)") + rb")\b"
        rb"|(?:getattr|vars|dir|iter_modules|import_module|attrgetter)\([^\n]*\b" + kept + rb"\b"
    )
    return any(path.endswith(".py") and asked_for.search(text) for path, text in context.texts())
