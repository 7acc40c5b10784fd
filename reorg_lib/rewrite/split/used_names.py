"""Which names other modules take from a module that is split.

These forms are found: `from m import x`, `from m import *`, `m.x`, and `getattr(m, "x")` or a patch
of "m.x". A module that is passed on as a value is not followed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reorg_lib.model import ImportStatement, Module, Survey
from reorg_lib.python.dotted_names import resolve

_LOOKS_UP = re.compile(
    rb"\b(?:get_type_hints|get_annotations|eval_str|resolve_types|singledispatch)\b"
    rb"|^\s*(?:from|import)\s+(?:apischema|beartype|cattrs|cyclopts|dacite|dishka|fastapi|injector"
    rb"|jsonargparse|lagom|litestar|msgspec|pydantic|punq|sqlmodel|strawberry|typeguard|typer|tyro)\b",
    re.M,
)


def wanted_names(module: Module, survey: Survey, contents: Mapping[str, bytes]) -> frozenset[str]:
    """Return the names that users take from `module`, whether they certainly exist or not.

    Args:
        contents: path → bytes of the tracked files, before anything moves.
    """
    wanted: set[str] = set()
    for user in survey.modules:
        if user.name == module.name:
            continue
        called = {module.name.rpartition(".")[2]} if module.name else set()
        for statement in user.syntax.imports:
            base = resolve(user.package, statement)
            if base == module.name and statement.is_from:
                names = {name.name for name in statement.names}
                wanted |= module.syntax.bound if "*" in names else names
            called |= _aliases(statement, base, module.name)
        text = contents.get(user.path, b"").decode(errors="replace")
        if any(word in text for word in called):
            wanted |= _taken(text, called)
    return frozenset(wanted)


def place_that_looks_up(contents: Mapping[str, bytes]) -> str:
    """Return the first place, as path:line, that resolves annotations when it runs; "" without one.

    Its own code does that, or a library does it for the functions or classes that it receives.
    """
    for path in sorted(path for path in contents if path.endswith(".py")):
        if found := _LOOKS_UP.search(contents[path]):
            line = contents[path].count(b"\n", 0, found.start()) + 1
            return f"{path}:{line}"
    return ""


def _aliases(statement: ImportStatement, base: str | None, module: str) -> set[str]:
    """`import a.tables as t`    `from a import tables as t`"""
    return {
        name.alias
        for name in statement.names
        if name.alias and (f"{base}.{name.name}" if statement.is_from else name.name) == module
    }


def _taken(text: str, called: set[str]) -> set[str]:
    """`tables.users`    `"app.tables.users"`    `getattr(tables, "users")`"""
    module = rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, called)))})"
    name = r"([^\W\d]\w*)"
    given = re.findall(rf"{module}\s*,\s*[\"']{name}[\"']", text)
    return {*given, *re.findall(rf"{module}\s*\.\s*{name}", text)}
