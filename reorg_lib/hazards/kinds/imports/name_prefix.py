"""Code that selects modules by the beginning of their names.

`cls.__module__.startswith("shop.models")` means all modules of the package. The package's name
stays, so nothing is renamed, and a module that left it is passed over without an error. The fix
adds the new names where modules only leave and `startswith` can take a tuple.

Breaks:
    shop/app.py:
        def is_model(cls):
            return cls.__module__.startswith("shop.models")
    shop/models/order.py, shop/models/user.py
    move shop/models/user.py to shop/core/user.py
    fix: ("shop.models", "shop.core.user")

Safe:
    shop/app.py:
        def is_model(cls):
            return cls.__module__.startswith("shop.models")
    shop/models/order.py, shop/models/user.py
    move shop/models to shop/core
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.hazards.reading.pattern_changes import members_change
from reorg_lib.model import Hazard

KIND = "name-prefix"
_COMPARING = ("startswith", "removeprefix", "fnmatch", "fnmatchcase", "match", "fullmatch")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the prefixes that mean all modules of a package which one of them leaves."""
    root = context.root.encode()
    for code in context.python_files(b"startswith", b"removeprefix", b"match"):
        for call in code.calls_of(*_COMPARING) if root in code.content else ():
            if call.arguments:
                yield from _compared(code, call, context)


def _compared(code: Code, call: Call, context: HazardContext) -> Iterator[Hazard]:
    last = call.name.rpartition(".")[2]
    given = call.arguments if last in ("fnmatch", "fnmatchcase") else call.arguments[:1]
    for string in (string for node in given for string in code.strings(node)):
        said = code.literal(string) or ""
        package = re.sub(r"[.*+$()\\]+\Z", "", said.lstrip("^")).replace("\\.", ".")
        for found in members_change(KIND, code, call, string, package, context):
            left, come = context.leaving(package), context.arriving(package)
            fix = None if come else _tuple(code, string, package, call, left, context)
            yield replace(found, fix=fix)


def _tuple(
    code: Code, string: Node, package: str, call: Call, out: list[str], context: HazardContext
) -> str | None:
    """`("shop.models", "shop.core.b")`, if `startswith` has this one argument."""
    names = [context.new_names[name] for name in out]
    alone = len(call.arguments) == 1 and call.arguments[0] == string
    if not (call.name.endswith("startswith") and alone and context.new_names[package] == package):
        return None
    if any(new is None or _is_prefix(new, names, context) for new in names):
        return None
    quote = code.text(string)[0]
    if quote not in "'\"":
        return None
    return "(" + ", ".join([code.text(string), *(f"{quote}{new}{quote}" for new in names)]) + ")"


def _is_prefix(new: str, meant: list[str | None], context: HazardContext) -> bool:
    """Whether the new name is also the beginning of a module's name that is not meant."""
    others = (name for name in context.new_names.values() if name and name not in meant)
    return any(name.startswith(new) for name in others)
