"""Code in a text that reaches a module by several attributes.

In a string annotation such as `"old.db.Engine"`, in `eval` or in a doctest only a part of the
module's name is written, so it is not renamed. The text names nothing after the move. The fix
writes the new name where the module is still below the same package.

Breaks:
    shop/app.py:
        from shop import old
        engine: "old.db.Engine"
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/old/pg/db.py
    fix: old.pg.db.Engine

Safe:
    shop/app.py:
        from shop import old
        engine: "shop.old.db.Engine"
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/old/pg/db.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.hazards.reading.static_values import resolve_reexports
from reorg_lib.model import Hazard, Module

KIND = "chain-in-text"
_FROM = re.compile(rb"\bfrom[ \t]+([\w.]+)[ \t]+import[ \t]+(\w+)(?:[ \t]+as[ \t]+(\w+))?")
_PLAIN = re.compile(rb"\bimport[ \t]+([\w.]+)[ \t]+as[ \t]+(\w+)")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the chains in texts that the rewrite leaves as they are."""
    if not context.renames_modules:
        return
    for path, module in context.files.items():
        if path in context.contents:
            yield from _chains(module, context)


def _chains(module: Module, context: HazardContext) -> Iterator[Hazard]:
    content = context.contents[module.path]
    losing = {
        name: package
        for name in {n.alias or n.name for s in module.syntax.imports for n in s.names}
        if "." not in name
        and (whole := context.imports.resolve(module.path, name)) is not None
        and (package := resolve_reexports(whole, context)) != name
        and context.is_package(package)
        and context.displaced(package)
    }
    imports = b"import " in content
    for start, end in module.syntax.texts if losing or imports else ():
        text = content[start:end]
        if text.startswith(b"#"):
            continue
        here = {**losing, **_bound_in(text, context)}
        if here and any(f"{name}.".encode() in text for name in here):
            yield from _in_text(context.code(module.path), (start, end), here, context)


# from shop.infra import old        import shop.infra.old as o
def _bound_in(text: bytes, context: HazardContext) -> Mapping[str, str]:
    pairs = [(m[3] or m[2], m[1] + b"." + m[2]) for m in _FROM.finditer(text)]
    pairs += [(m[2], m[1]) for m in _PLAIN.finditer(text)]
    found = {name.decode(): whole.decode() for name, whole in pairs}
    return {n: p for n, p in found.items() if context.is_package(p) and context.displaced(p)}


def _in_text(
    code: Code, span: tuple[int, int], names: Mapping[str, str], context: HazardContext
) -> Iterator[Hazard]:
    start, end = span
    if code.string_at(start) is None and b">>>" not in code.content[start:end]:
        return  # a docstring with prose and no code
    heads = "|".join(map(re.escape, sorted(names)))
    pattern = re.compile(rf"(?<![\w.])({heads})((?:\.\w+)+)".encode())
    for match in pattern.finditer(code.content, start, end):
        name, parts = match[1].decode(), match[2].decode().split(".")[1:]
        package = names[name]
        while parts and context.is_package(f"{package}.{parts[0]}"):
            if parts[0] in context.lost_submodules(package):
                break
            package = f"{package}.{parts.pop(0)}"
        if not parts or parts[0] not in context.lost_submodules(package):
            continue
        old, home = f"{package}.{parts[0]}", context.new_names[names[name]]
        new = context.new_names[old]
        below = home is not None and new is not None and new.startswith(f"{home}.")
        fix = ".".join([name + (new or "")[len(home or "") :], *parts[1:]]) if below else None
        yield hazard(
            KIND,
            code.path,
            line_of(code.content, match.start()),
            f"`{match.group().decode()}` in a text reaches {old}, which becomes "
            f"{new or 'nothing'}: "
            "write the new name",
            span=match.span() if below else (0, 0),
            fix=fix,
        )
