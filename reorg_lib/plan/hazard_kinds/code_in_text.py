"""Code in strings that reaches a module in several steps.

A string annotation `"old.db.Engine"`, `eval("old.db.make()")`, a doctest that imports a package and
then uses a module of it, an import over several lines: names in texts are renamed where the whole
name stands there, and these say only a part of it. The fix is written out where the module is
still below the same package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reorg_lib.model import Hazard, Module
from reorg_lib.plan.hazard_kinds.code import Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, note
from reorg_lib.plan.hazard_kinds.meaning import followed
from reorg_lib.plan.hazard_kinds.places import is_prose, line_of

CHAIN, IMPORT = "chain-in-text", "import-in-text"
_FROM = re.compile(rb"\bfrom[ \t]+([\w.]+)[ \t]+import[ \t]+(\w+)(?:[ \t]+as[ \t]+(\w+))?")
_PLAIN = re.compile(rb"\bimport[ \t]+([\w.]+)[ \t]+as[ \t]+(\w+)")
_LONG = re.compile(rb"\bfrom[ \t]+([\w.]+)[ \t]+import[ \t]*\(([^()]*)\)")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the chains and long imports in texts that the rewrite leaves as they are."""
    if all(old == new for old, new in ground.names.items()):
        return
    for path, module in ground.files.items():
        if path in ground.contents:
            yield from _chains(module, ground)
    for path, content in ground.texts():
        if _LONG.search(content):
            yield from _long_imports(path, content, ground)


def _chains(module: Module, ground: Ground) -> Iterator[Hazard]:
    content = ground.contents[module.path]
    losing = {
        name: package
        for name in {n.alias or n.name for s in module.syntax.imports for n in s.names}
        if "." not in name
        and (whole := ground.origin(module.path, name)) is not None
        and (package := followed(whole, ground)) != name
        and ground.is_package(package)
        and ground.strays(package)
    }
    imports = b"import " in content
    for start, end in module.syntax.texts if losing or imports else ():
        text = content[start:end]
        if text.startswith(b"#"):
            continue
        here = {**losing, **_bound_in(text, ground)}
        if here and any(f"{name}.".encode() in text for name in here):
            yield from _in_text(ground.code(module.path), (start, end), here, ground)


# from shop.infra import old        import shop.infra.old as o
def _bound_in(text: bytes, ground: Ground) -> Mapping[str, str]:
    pairs = [(m[3] or m[2], m[1] + b"." + m[2]) for m in _FROM.finditer(text)]
    pairs += [(m[2], m[1]) for m in _PLAIN.finditer(text)]
    found = {name.decode(): whole.decode() for name, whole in pairs}
    return {n: p for n, p in found.items() if ground.is_package(p) and ground.strays(p)}


def _in_text(
    code: Code, span: tuple[int, int], names: Mapping[str, str], ground: Ground
) -> Iterator[Hazard]:
    start, end = span
    if code.string_at(start) is None and b">>>" not in code.content[start:end]:
        return  # a docstring that tells and shows no code
    heads = "|".join(map(re.escape, sorted(names)))
    pattern = re.compile(rf"(?<![\w.])({heads})((?:\.\w+)+)".encode())
    for match in pattern.finditer(code.content, start, end):
        name, parts = match[1].decode(), match[2].decode().split(".")[1:]
        package = names[name]
        while parts and ground.is_package(f"{package}.{parts[0]}"):
            if parts[0] in ground.lost(package):
                break
            package = f"{package}.{parts.pop(0)}"
        if not parts or parts[0] not in ground.lost(package):
            continue
        old, home = f"{package}.{parts[0]}", ground.names[names[name]]
        new = ground.names[old]
        below = home is not None and new is not None and new.startswith(f"{home}.")
        fix = ".".join([name + (new or "")[len(home or "") :], *parts[1:]]) if below else None
        yield hazard(
            CHAIN,
            code.path,
            line_of(code.content, match.start()),
            f"`{match.group().decode()}` in a text reaches {old}, which becomes {new or 'nothing'}",
            span=match.span() if below else (0, 0),
            fix=fix,
        )


# from shop.infra.old import (
#     db,
# )
def _long_imports(path: str, content: bytes, ground: Ground) -> Iterator[Hazard]:
    texts = ground.files[path].syntax.texts if path in ground.files else ((0, len(content)),)
    for match in _LONG.finditer(content):
        base = match[1].decode()
        if base not in ground.names or not any(a <= match.start() < b for a, b in texts):
            continue
        taken = re.findall(r"(?:^|,)[\s.]*(\w+)", match[2].decode(errors="replace"))
        gone = [n for n in taken if n in ground.lost(base)]
        if gone:
            told = note if is_prose(path) else hazard
            yield told(
                IMPORT,
                path,
                line_of(content, match.start()),
                f"the import over several lines in a text takes {gone[0]} from {base}, and it "
                f"becomes {ground.names[f'{base}.{gone[0]}'] or 'nothing'}: write it anew",
            )
