"""A listing of the modules in a package, made when the program runs.

`pkgutil.iter_modules(package.__path__)` returns what lies in the package at that moment. Modules
that leave are missing from the list and modules that arrive are added, and nothing fails. Check
what the program does with the list. It is a note where nothing shows that the listing is given such
a package.

Breaks:
    shop/old/__init__.py:
        import pkgutil
        PLUGINS = [found.name for found in pkgutil.iter_modules(__path__)]
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Noted:
    shop/loader.py:
        import pkgutil
        def names(package):
            return [found.name for found in pkgutil.iter_modules(package.__path__)]
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/old/__init__.py:
        import pkgutil
        PLUGINS = [found.name for found in pkgutil.iter_modules(__path__)]
    shop/old/db.py, shop/old/fs.py
    move shop/old to shop/pg
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, changes, hazard, listed
from reorg_lib.hazards.reading.folder_expressions import folder_value
from reorg_lib.hazards.reading.load_graph import packages_above
from reorg_lib.hazards.reading.moved_paths import moved_paths
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.hazards.reading.static_values import module_value
from reorg_lib.model import Hazard, Severity
from reorg_lib.python.dotted_names import path_name

KIND = "module-discovery"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the lists and names of submodules that differ after the moves."""
    changed: dict[bool, frozenset[str]] = {}
    for code in context.python_files(b"iter_modules", b"walk_packages"):
        for call in code.calls_of("iter_modules", "walk_packages"):
            yield from _listing(code, call, context, changed)


# pkgutil.iter_modules(__path__)        pkgutil.walk_packages(package.__path__, "package.")
def _listing(
    code: Code, call: Call, context: HazardContext, changed: dict[bool, frozenset[str]]
) -> Iterator[Hazard]:
    given = call.argument(0, "path")
    package = _package_of_path(given, code, context)
    prefix = code.literal(call.argument(1, "prefix")) or ""
    flat = call.name.endswith("iter_modules")
    if package is None and prefix.endswith("."):  # walk_packages([path], "shop.")
        package = prefix.rstrip(".")
    if given is not None and package is None:
        if flat not in changed:
            changed[flat] = packages_listed_anew(context, flat=flat)
        if changed[flat]:
            yield hazard(
                KIND,
                code.path,
                code.line(call.node),
                f"`{code.text(call.node)}` lists modules when it runs, of a package that is not "
                "known: check whether it is one that modules leave or enter, such as "
                + listed(sorted(changed[flat])),
                Severity.BLOCK if is_given(changed[flat], code, call, context) else Severity.NOTE,
            )
    if package is None or package not in context.new_names:
        return
    out, come = _changes(package, context, flat=flat)
    if out or come:
        yield hazard(
            KIND,
            code.path,
            code.line(call.node),
            f"`{code.text(call.node)}` lists what lies in {package} when it runs: "
            f"{changes(out, come)} after the moves; check what the program does with the list",
        )


def _changes(package: str, context: HazardContext, *, flat: bool) -> tuple[list[str], list[str]]:
    """Return the modules that a listing of a package loses and gains, by their old names.

    `flat` counts only modules directly in the package, otherwise those below it count, too.
    """
    if not flat:
        return context.leaving(package), list(context.arriving(package))
    home = context.new_names[package]
    come = [
        old
        for old, new in context.new_names.items()
        if new is not None
        and home is not None
        and new.rpartition(".")[0] == home
        and (old.rpartition(".")[0] != package or new.rpartition(".")[2] != old[len(package) + 1 :])
    ]
    return [n for n in context.displaced(package) if "." not in n[len(package) + 1 :]], come


# __path__        shop.infra.old.__path__        [dirname(__file__)]
def _package_of_path(node: Node | None, code: Code, context: HazardContext) -> str | None:
    if node is not None and node.type in ("list", "tuple") and len(node.named_children) == 1:
        node = node.named_children[0]
    if node is not None and node.type == "identifier" and code.constant(code.text(node)):
        node = code.constant(code.text(node))
    text = code.text(node) if node is not None else ""
    if text == "__path__":
        return _own_name(code, context)
    if node is not None and node.type == "attribute" and text.endswith(".__path__"):
        return module_value(node.child_by_field_name("object"), code, context)
    folder = folder_value(node, code, context, moved_paths(context))
    return path_name(folder, context.survey.source_root) if folder is not None else None


def packages_listed_anew(context: HazardContext, *, flat: bool) -> frozenset[str]:
    """Return the packages, by their old names, in which a listing finds other modules."""
    old_names = {new: old for old, new in context.new_names.items() if new is not None}
    moved = [(old, new) for old, new in context.new_names.items() if old != new]
    near = {above for old, _ in moved for above in packages_above(old)}
    near |= {old_names.get(above, "") for _, new in moved if new for above in packages_above(new)}
    known = (name for name in near if name in context.new_names)
    return frozenset(name for name in known if any(_changes(name, context, flat=flat)))


# def load(package): iter_modules(package.__path__)        and elsewhere        load(shop.infra.old)
def is_given(packages: frozenset[str], code: Code, call: Call, context: HazardContext) -> bool:
    """Return whether a listing may get one of the packages.

    The file itself names one or is in it, another file names one and uses the function or class
    around the listing, or a string of the product is the name of one.
    """
    own = context.by_path.get(code.path)
    if own is not None and own.package in packages:
        return True
    word = _name_around(call.node, code)
    uses = re.compile(rb"\b" + re.escape(word.encode()) + rb"\b") if word else None
    dotted = b"|".join(re.escape(name.encode()) for name in sorted(packages))
    leaves = b"|".join(re.escape(name.rpartition(".")[2].encode()) for name in sorted(packages))
    whole = re.compile(rb"[\"'](?:" + dotted + rb")[\"']")
    named = rb"(?<![\w.])(?:" + dotted.replace(rb"\.", rb"[./]") + rb")(?!\w|[./](?!__path__)\w)"
    leaf = rb"[\"'/](?:" + leaves + rb")[\"'/]"
    own_words = re.compile(named + rb"|" + leaf)
    call_of = re.escape(word.encode()) + rb"\s*\([^()]*(?:\([^()]*\)[^()]*)*" if word else rb"(?!)"
    words = re.compile(named + rb"|" + call_of + leaf)
    for path, content in context.texts():
        if not path.endswith(".py"):
            continue
        if path == code.path or (uses is not None and uses.search(content)):
            module = context.files.get(path)
            taken = context.imports.imported_by(module).values() if module is not None else ()
            said = own_words if path == code.path else words
            if said.search(content) or not packages.isdisjoint(taken):
                return True
        elif context.is_product(path) and whole.search(content):
            return True
    return False


def _name_around(node: Node, code: Code) -> str:
    """The class around a place, or else the function, or "" if it runs at import time."""
    found, outer = "", node.parent
    while outer is not None:
        if outer.type in ("function_definition", "class_definition"):
            name = outer.child_by_field_name("name")
            found = code.text(name) if name is not None else found
        outer = outer.parent
    return found


def _own_name(code: Code, context: HazardContext) -> str | None:
    module = context.by_path.get(code.path)
    return module.name if module is not None else None
