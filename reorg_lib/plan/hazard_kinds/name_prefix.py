"""Modules that code chooses by the beginning of their names, or by the package that they are in.

Valid (told):   `cls.__module__.startswith("shop.models")` or `name.startswith("shop.legacy.")`,
                where a module leaves that package; `config.scan("shop.views")`.
Invalid (not):  a package that moves as a whole; a prefix that is no package of ours.

The package's own name stays, so nothing is renamed, and the module that left is passed over. Where
modules only leave, the fix adds their new names to the prefix, as `startswith` takes a tuple.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed

PREFIX, SCANNED = "name-prefix", "package-scanned"
_COMPARING = ("startswith", "removeprefix", "fnmatch", "fnmatchcase", "match", "fullmatch")
_SCANNING = re.compile(
    r"(?:^|[._])(?:scan|wire|autodiscover\w*|discover\w*|walk_packages|find_modules|load_plugins"
    r"|import_submodules|register_modules|component_scan)$",
    re.I,
)
_KEYWORDS = ("packages", "from_package")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the texts that stand for all modules of a package which one of them leaves."""
    root = ground.root.encode()
    for code in ground.python(
        b"startswith",
        b"removeprefix",
        b"match",
        b"scan",
        b"wire",
        b"disc",
        b"_packages",
        b"packages=",
        b"find_modules",
        b"_plugins",
        b"modules",
    ):
        if root not in code.content:
            continue
        for call in code.calls:
            last = call.name.rpartition(".")[2]
            if last in _COMPARING and call.arguments:
                yield from _compared(code, call, last, ground)
            else:
                yield from _scanned(code, call, ground)


# cls.__module__.startswith("shop.models")
def _compared(code: Code, call: Call, last: str, ground: Ground) -> Iterator[Hazard]:
    given = call.arguments if last in ("fnmatch", "fnmatchcase") else call.arguments[:1]
    for string in (string for node in given for string in code.strings(node)):
        said = code.literal(string) or ""
        package = re.sub(r"[.*+$()\\]+\Z", "", said.lstrip("^")).replace("\\.", ".")
        if ground.is_package(package):
            yield from _told(PREFIX, code, string, package, call, ground)


# config.scan("shop.views")          container.wire(packages=["shop.views"])
def _scanned(code: Code, call: Call, ground: Ground) -> Iterator[Hazard]:
    given = [call.keywords[word] for word in _KEYWORDS if word in call.keywords]
    if _SCANNING.search(call.name):
        given += call.arguments
    for string in (string for node in given for string in code.strings(node)):
        if ground.is_package(package := code.literal(string) or ""):
            yield from _told(SCANNED, code, string, package, call, ground)


def _told(
    kind: str, code: Code, string: Node, package: str, call: Call, ground: Ground
) -> Iterator[Hazard]:
    out = [name for name in ground.strays(package) if not _inside(name, package, ground)]
    come = ground.arrivals(package)
    if ground.names[package] is None or not (out or come):
        return  # a package without a successor is told by the kind `lost-name`
    changes = [f"no longer {listed(out)}"] if out else []
    changes += [f"{listed(come)} as well"] if come else []
    yield hazard(
        kind,
        code.path,
        code.line(string),
        f"`{code.text(call.node)}` means the modules of {package}: {', and '.join(changes)} after "
        "the moves; name the new places too",
        span=(string.start_byte, string.end_byte),
        fix=_tuple(code, string, package, call, out, ground)
        if kind == PREFIX and not come
        else None,
    )


def _inside(name: str, package: str, ground: Ground) -> bool:
    new, home = ground.names[name], ground.names[package]
    return new is not None and home is not None and new.startswith(home + ".")


def _tuple(
    code: Code, string: Node, package: str, call: Call, out: list[str], ground: Ground
) -> str | None:
    """`("shop.models", "shop.core.b")`, where `startswith` has this one argument."""
    names = [ground.names[name] for name in out]
    alone = len(call.arguments) == 1 and call.arguments[0] == string
    if not (call.name.endswith("startswith") and alone and ground.names[package] == package):
        return None
    if any(new is None or _is_prefix(new, names, ground) for new in names):
        return None
    quote = code.text(string)[0]
    if quote not in "'\"":
        return None
    return "(" + ", ".join([code.text(string), *(f"{quote}{new}{quote}" for new in names)]) + ")"


def _is_prefix(new: str, meant: list[str | None], ground: Ground) -> bool:
    """Whether the new name begins that of a module which is not meant."""
    others = (name for name in ground.names.values() if name and name not in meant)
    return any(name.startswith(new) for name in others)
