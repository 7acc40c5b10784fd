"""A name of a module that is split and that tests or other code replace.

After the split the package re-exports the name, and each part reads its own. Replacing the
re-export does not reach a function in a part, so the test goes on and tests the real thing. Name
the part once the split is made, or keep the module whole.

Breaks:
    shop/m.py:
        LIMIT = 1
        def check():
            return LIMIT
    tests/test_m.py:
        from unittest.mock import patch
        fake = patch("shop.m.LIMIT", 2)
    split shop/m.py to shop/m: limits.py = LIMIT, checks.py = check

Safe:
    shop/m.py:
        LIMIT = 1
        def check():
            return LIMIT
    tests/test_m.py:
        from unittest.mock import patch
        fake = patch("shop.m.check")
    split shop/m.py to shop/m: limits.py = LIMIT, checks.py = check
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.model import Hazard

KIND = "replaced-name"
_CALLS = ("patch", "object", "multiple", "setattr", "delattr")
_ASSIGNED = re.compile(rb"^[ \t]*([\w.]+)\.(\w+)[ \t]*(?::[^=\n]*)?[-+*/|&^%@]?=(?!=)", re.M)


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield one hazard for each place that replaces a name which the parts would read."""
    for split in context.plan.approved().splits:
        module = context.by_path.get(split.source)
        if module is None:
            continue
        whole = context.code(split.source)
        stem = module.name.rpartition(".")[2].encode()
        for code in context.python_files(stem):
            for line, dotted in sorted(set(_replaced(code, context))):
                owner, _, name = dotted.rpartition(".")
                reader = _reader(whole.root, name, whole) if owner == module.name else None
                if reader is not None and code.path != split.source:
                    yield hazard(
                        KIND,
                        code.path,
                        line,
                        f"`{name}` of {module.name} is replaced here, and line {reader} of"
                        f" {split.source} reads it in a function: after the split that function's"
                        " part has a name of its own, which this does not reach; name the part"
                        " here once the split is made, or keep the module whole",
                    )


def _replaced(code: Code, context: HazardContext) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of what the file replaces."""
    for call in code.calls_of(*_CALLS):
        for dotted in _targets(call, code, context):
            yield code.line(call.node), dotted
    for match in _ASSIGNED.finditer(code.content):
        owner = context.imports.resolve(code.path, match[1].decode())
        node = code.at(match.start(2))
        if owner and node is not None and node.type == "identifier":
            yield code.line(node), f"{owner}.{match[2].decode()}"


def _targets(call: Call, code: Code, context: HazardContext) -> Iterator[str]:
    if not call.arguments:
        return
    first, *rest = call.arguments
    said = code.literal(first)
    owner = said if said is not None else context.imports.resolve(code.path, code.text(first))
    name = code.literal(rest[0]) if rest else None
    if owner is None:
        return
    if call.name.endswith("multiple"):  # patch.multiple("app.tables", users=…)
        yield from (f"{owner}.{keyword}" for keyword in call.keywords)
    elif (
        said is not None
    ):  # patch("app.tables.users")    monkeypatch.setattr("app.tables.users", …)
        yield said
    elif name is not None:  # patch.object(tables, "users")    setattr(tables, "users", …)
        yield f"{owner}.{name}"


def _reader(node: Node, name: str, code: Code, *, inside: bool = False) -> int | None:
    """Return the first line on which a function other than the name itself reads it."""
    if inside and node.type == "identifier" and code.text(node) == name:
        return code.line(node)
    inside = inside or node.type in ("function_definition", "lambda")
    for child in node.named_children:
        if node.child_by_field_name("name") == child and node.type.endswith("_definition"):
            continue
        if (line := _reader(child, name, code, inside=inside)) is not None:
            return line
    return None
