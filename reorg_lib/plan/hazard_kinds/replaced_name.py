"""Names of a split module that somebody replaces from outside: patches of tests, assignments.

After a split the package re-exports the name and the parts read their own, so a replaced re-export
does not reach them: the test goes on and tests the real thing. Blocks where a function of the
module reads the name; replacing what lies inside it (`patch("m.Client.get")`) reaches everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard

KIND = "replaced-name"
_CALLS = ("patch", "object", "multiple", "setattr", "delattr")
_ASSIGNED = re.compile(rb"^[ \t]*([\w.]+)\.(\w+)[ \t]*(?::[^=\n]*)?[-+*/|&^%@]?=(?!=)", re.M)


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield one hazard for each place that replaces a name which the parts would read."""
    for split in ground.plan.approved_splits():
        module = ground.by_path.get(split.source)
        if module is None:
            continue
        whole = ground.code(split.source)
        stem = module.name.rpartition(".")[2].encode()
        for code in ground.python(stem):
            for line, dotted in sorted(set(_replaced(code, ground))):
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


def _replaced(code: Code, ground: Ground) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of what the file replaces."""
    for call in code.calls_of(*_CALLS):
        for dotted in _targets(call, code, ground):
            yield code.line(call.node), dotted
    for match in _ASSIGNED.finditer(code.content):
        owner = ground.origin(code.path, match[1].decode())
        node = code.at(match.start(2))
        if owner and node is not None and node.type == "identifier":
            yield code.line(node), f"{owner}.{match[2].decode()}"


def _targets(call: Call, code: Code, ground: Ground) -> Iterator[str]:
    if not call.arguments:
        return
    first, *rest = call.arguments
    said = code.literal(first)
    owner = said if said is not None else ground.origin(code.path, code.text(first))
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
    """Return the first line on which a function reads a name, its own name left out."""
    if inside and node.type == "identifier" and code.text(node) == name:
        return code.line(node)
    inside = inside or node.type in ("function_definition", "lambda")
    for child in node.named_children:
        if node.child_by_field_name("name") == child and node.type.endswith("_definition"):
            continue
        if (line := _reader(child, name, code, inside=inside)) is not None:
            return line
    return None
