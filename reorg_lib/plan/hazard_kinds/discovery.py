"""What a package finds in itself when it runs.

`pkgutil.iter_modules(__path__)` lists the modules that lie in a package today; `__all__` and
`getattr(package, "module")` name one of them without importing it. When modules leave or come,
the list is another one and the name is not there, and nothing fails where it could be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.model import Hazard, Severity
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.dynamic_import import relative_name
from reorg_lib.plan.hazard_kinds.folder_meant import folder_of
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.plan.hazard_kinds.meaning import module_of
from reorg_lib.plan.hazard_kinds.places import places_of
from reorg_lib.survey.names import path_name, resolve_name

DISCOVERY, NAMED, LAZY = "module-discovery", "named-submodule", "lazy-import"
_RELATIVE = re.compile(r"\.+[A-Za-z_]\w*(?:\.\w+)*")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the lists and names of submodules that are not the same after the moves."""
    changed: dict[bool, frozenset[str]] = {}
    for code in ground.python(b"iter_modules", b"walk_packages"):
        for call in code.calls_of("iter_modules", "walk_packages"):
            yield from _listing(code, call, ground, changed)
    for code in ground.python(b"__all__"):
        yield from _all(code, ground)
    for code in ground.python(b"def __getattr__"):
        yield from _lazy_table(code, ground)


# pkgutil.iter_modules(__path__)        pkgutil.walk_packages(package.__path__, "package.")
def _listing(
    code: Code, call: Call, ground: Ground, changed: dict[bool, frozenset[str]]
) -> Iterator[Hazard]:
    given = call.argument(0, "path")
    package = _package_of_path(given, code, ground)
    prefix = code.literal(call.argument(1, "prefix")) or ""
    flat = call.name.endswith("iter_modules")
    if package is None and prefix.endswith("."):  # walk_packages([path], "shop.")
        package = prefix.rstrip(".")
    if given is not None and package is None:
        if flat not in changed:
            changed[flat] = packages_listed_anew(ground, flat=flat)
        if changed[flat]:
            yield hazard(
                DISCOVERY,
                code.path,
                code.line(call.node),
                f"`{code.text(call.node)}` lists modules when it runs, of a package that cannot "
                "be read off: see whether it is one that modules leave or enter, such as "
                + listed(sorted(changed[flat])),
                Severity.BLOCK if is_given(changed[flat], code, call, ground) else Severity.NOTE,
            )
    if package is None or package not in ground.names:
        return
    out, come = _changes(package, ground, flat=flat)
    changes = [f"{listed(out)} no longer"] if out else []
    changes += [f"{listed(come)} as well"] if come else []
    if changes:
        yield hazard(
            DISCOVERY,
            code.path,
            code.line(call.node),
            f"`{code.text(call.node)}` lists what lies in {package} when it runs: "
            f"{', and '.join(changes)} after the moves; see what it does with them",
        )


def _changes(package: str, ground: Ground, *, flat: bool) -> tuple[list[str], list[str]]:
    """Return the modules that a listing of a package loses and gains, by their old names.

    `flat` counts those right in the package, otherwise those below it count, too.
    """
    if not flat:
        out = [name for name in ground.strays(package) if not _below(ground, name, package)]
        return out, list(ground.arrivals(package))
    home = ground.names[package]
    come = [
        old
        for old, new in ground.names.items()
        if new is not None
        and home is not None
        and new.rpartition(".")[0] == home
        and (old.rpartition(".")[0] != package or new.rpartition(".")[2] != old[len(package) + 1 :])
    ]
    return [n for n in ground.strays(package) if "." not in n[len(package) + 1 :]], come


# __path__        shop.infra.old.__path__        [dirname(__file__)]
def _package_of_path(node: Node | None, code: Code, ground: Ground) -> str | None:
    if node is not None and node.type in ("list", "tuple") and len(node.named_children) == 1:
        node = node.named_children[0]
    if node is not None and node.type == "identifier" and code.constant(code.text(node)):
        node = code.constant(code.text(node))
    text = code.text(node) if node is not None else ""
    if text == "__path__":
        return _own_name(code, ground)
    if node is not None and node.type == "attribute" and text.endswith(".__path__"):
        return module_of(node.child_by_field_name("object"), code, ground)
    folder = folder_of(node, code, ground, places_of(ground))
    return path_name(folder, ground.survey.source_root) if folder is not None else None


def packages_listed_anew(ground: Ground, *, flat: bool) -> frozenset[str]:
    """Return the packages, by their old names, in which a listing finds other modules."""
    old_names = {new: old for old, new in ground.names.items() if new is not None}
    moved = [(old, new) for old, new in ground.names.items() if old != new]
    near = {above for old, _ in moved for above in _above(old)}
    near |= {old_names.get(above, "") for _, new in moved if new for above in _above(new)}
    known = (name for name in near if name in ground.names)
    return frozenset(name for name in known if any(_changes(name, ground, flat=flat)))


def _above(name: str) -> Iterator[str]:
    while name := name.rpartition(".")[0]:
        yield name


# def load(package): iter_modules(package.__path__)        and elsewhere        load(shop.infra.old)
def is_given(packages: frozenset[str], code: Code, call: Call, ground: Ground) -> bool:
    """Tell whether a listing may be given one of the packages.

    The file itself names one or lies in it, another file names one and uses the function or
    class around the listing, or a string of the product is the name of one.
    """
    own = ground.by_path.get(code.path)
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
    for path, content in ground.texts():
        if not path.endswith(".py"):
            continue
        if path == code.path or (uses is not None and uses.search(content)):
            module = ground.files.get(path)
            taken = ground.imported_by(module).values() if module is not None else ()
            said = own_words if path == code.path else words
            if said.search(content) or not packages.isdisjoint(taken):
                return True
        elif ground.is_product(path) and whole.search(content):
            return True
    return False


def _name_around(node: Node, code: Code) -> str:
    """The class around a place, or else the function, or "" where it runs at import time."""
    found, outer = "", node.parent
    while outer is not None:
        if outer.type in ("function_definition", "class_definition"):
            name = outer.child_by_field_name("name")
            found = code.text(name) if name is not None else found
        outer = outer.parent
    return found


def _below(ground: Ground, name: str, package: str) -> bool:
    new, home = ground.names[name], ground.names[package]
    return new is not None and home is not None and new.startswith(home + ".")


def _all(code: Code, ground: Ground) -> Iterator[Hazard]:
    module = ground.by_path.get(code.path)
    if module is None or not module.is_package:
        return
    for string in code.listed("__all__"):
        said = code.literal(string) or ""
        name = f"{module.name}.{said}"
        if said not in module.syntax.bound and _strays(name, module.name, ground):
            yield hazard(
                NAMED,
                code.path,
                code.line(string),
                f'`__all__` of {module.name} names its module "{said}", which becomes '
                f"{ground.names[name] or 'nothing'}: `import *` from it would fail; import "
                "the module here, or take the name out",
            )


# def __getattr__(name): return import_module(_WHERE[name], __name__)
def _lazy_table(code: Code, ground: Ground) -> Iterator[Hazard]:
    module = ground.by_path.get(code.path)
    packages = ground.package_of(code.path)
    if module is None or packages is None or not code.has_function("__getattr__"):
        return
    before, after = packages
    direct = {
        given.start_byte
        for call in code.calls_of("import_module")
        if (given := call.argument(0, "name")) is not None
    }
    for start, end in module.syntax.texts:
        said = code.content[start:end].decode(errors="replace")
        if not _RELATIVE.fullmatch(said):
            continue
        string = code.string_at(start)
        if string is None or string.start_byte in direct:
            continue
        target = resolve_name(before, said)
        new = ground.names.get(target or "")
        if target in ground.names and new != resolve_name(after, said):
            yield hazard(
                LAZY,
                code.path,
                code.line(string),
                f'"{said}" in the table of a lazy package means {target}, which becomes '
                f"{new or 'nothing'}; from {after} it has to be written otherwise",
                span=(start, end),
                fix=relative_name(new, after) if new else None,
            )


def _own_name(code: Code, ground: Ground) -> str | None:
    module = ground.by_path.get(code.path)
    return module.name if module is not None else None


def _strays(name: str, package: str, ground: Ground) -> bool:
    return name in ground.strays(package) if name in ground.names else False
