"""The plan's text: a new one, or an old one changed in place.

It defines how a step is written, and keeps the text that people wrote around it. Every step is a
block of lines (its comments, its header, its keys); a block that did not change is not touched,
whatever its order or layout.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from reorg_lib.model import Guardrail, HazardSettlement, Plan, ReferenceRule, Scope, Split, Step

SCHEMA = 1

_HEADER = """\
# What shall move where. Written by `reorg propose`; edit it by hand or in the notebook.
#
# decision = "pending"    nobody has decided yet: nothing happens
#            "approved"   the step is exported
#            "rejected"   the step was turned down: nothing happens, and it is not proposed anew
#
# Change `target` as you like, and say why in `note`. Comments and order are kept.
"""
_KEYS = {
    "move": "source",
    "split": "source",
    "deletion": "path",
    "guardrail": "path",
    "hazard": "id",
    "reference": "path line text",
}
_SURE = 1.0
_BLOCK = re.compile(r"[ \t]*(?:\[\[[ \t]*(\w+)[ \t]*\]\]|\[[ \t]*(scope)[ \t]*\])[ \t]*(?:#.*)?$")
_PLAIN = re.compile(r'[^"\\\x00-\x1f\x7f]*')

_Values = Mapping[str, object]


def fresh_document(plan: Plan) -> str:
    """Return the text of a plan that has no file yet."""
    blocks = [f"{_HEADER}\nschema = {SCHEMA}\n", _scope_text(plan.scope)]
    blocks += [_new_block(kind, values) for kind, values in _entries(plan)]
    return "\n".join(blocks)


def updated_document(text: str, plan: Plan) -> str:
    """Return `text`, a well-formed plan file, changed to match `plan`.

    Steps that are no longer in the plan are removed with the comments right above them; new steps
    follow the last of their kind.
    """
    blocks = list(_blocks(text))
    wanted = {(kind, _key(kind, values)): values for kind, values in _entries(plan)}
    wanted["scope", ""] = _scope(plan.scope)
    kept = [
        _Block(b.kind, b.key, _updated_block(b, wanted[b.kind, b.key])) if b.kind else b
        for b in blocks
        if not b.kind or (b.kind, b.key) in wanted
    ]
    there = {(b.kind, b.key) for b in kept}
    new: dict[str, list[str]] = {}
    for (kind, key), values in wanted.items():
        if kind in _KEYS and (kind, key) not in there:
            new.setdefault(kind, []).append(_new_block(kind, values))
    for kind, added in new.items():
        last = max((i for i, b in enumerate(kept) if b.kind == kind), default=len(kept) - 1)
        end = "\n" if last + 1 < len(kept) else ""
        kept[last] = replace(kept[last], text=_one_blank_line(kept[last].text))
        kept.insert(last + 1, _Block(kind, "", "\n".join(added) + end))
    return "".join(b.text for b in kept)


@dataclass(frozen=True, slots=True)
class _Block:
    """A run of whole lines: one step, the scope (key ""), or the start of the file (kind "")."""

    kind: str
    key: str
    text: str


def _blocks(text: str) -> Iterator[_Block]:
    """Cut `text` above each header and the comments above it.

    A cut inside a multi-line string would leave text that is not TOML, so it is not made.
    """
    lines = text.splitlines(keepends=True)
    cuts = [0]
    for at, line in enumerate(lines):
        if _BLOCK.match(line.rstrip("\r\n")):
            while at > cuts[-1] and lines[at - 1].lstrip().startswith("#"):
                at -= 1
            if _is_toml("".join(lines[cuts[-1] : at])):
                cuts.append(at)
    for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True):
        if start < end:
            yield _named("".join(lines[start:end]))


def _named(text: str) -> _Block:
    values = plain_values(text)
    for kind in _KEYS:
        if kind in values:
            return _Block(kind, _key(kind, values[kind][0]), text)
    return _Block("scope" if "scope" in values else "", "", text)


def _key(kind: str, values: _Values) -> str:
    """Return what distinguishes a step from the others of its kind."""
    return " ".join(str(values.get(key, "")) for key in _KEYS[kind].split())


def _is_toml(text: str) -> bool:
    try:
        plain_values(text)
    except TOMLKitError:
        return False
    return True


def plain_values(text: str) -> dict[str, Any]:
    """Return the values of a TOML text, without its layout.

    The standard library reads it many times faster than tomlkit, which matters for every key in a
    review; tomlkit has the better error messages.

    Raises:
        TOMLKitError: it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return dict(tomlkit.parse(text).unwrap())


def _updated_block(block: _Block, values: _Values) -> str:
    body = block.text.rstrip()
    said = plain_values(body + "\n")[block.kind]
    old = said if block.kind == "scope" else said[0]
    if old == values or {"decision": "pending", **_without_empty(old)} == values:
        return block.text
    document = tomlkit.parse(body + "\n")
    found = document[block.kind] if block.kind == "scope" else document[block.kind][0]
    table = cast(Table, found)
    for key in [key for key in old if key not in values]:
        table.remove(key)
    for key, value in values.items():
        if old.get(key) != value:
            table[key] = _item(key, value)
    return tomlkit.dumps(document).rstrip() + "\n" + block.text[len(body) :].removeprefix("\n")


def _without_empty(values: _Values) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in ("", [], _SURE)}


def _one_blank_line(text: str) -> str:
    return text.rstrip() + "\n\n"


def _new_block(kind: str, values: _Values) -> str:
    """Return the text of a step; tomlkit formats a value, and a whole table only if it is nested.

    With a document for each of thousands of steps, this would take longer than the proposal.
    """
    if not any(isinstance(value, dict) for value in values.values()):
        lines = [f"{key} = {_value(key, value)}\n" for key, value in values.items()]
        return f"[[{kind}]]\n" + "".join(lines)
    document = tomlkit.document()
    steps = tomlkit.aot()
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, _item(key, value))
    steps.append(table)
    document.add(kind, steps)
    return tomlkit.dumps(document).strip() + "\n"


def _reference(rule: ReferenceRule) -> _Values:
    at = {"path": rule.path} | ({"line": rule.line} if rule.line else {})
    return (
        at
        | _without_empty({"text": rule.text})
        | {"decision": rule.decision.value}
        | _without_empty({"note": rule.note})
    )


def _value(key: str, value: object) -> str:
    """Return a value as it is written; nearly all are texts without escapes."""
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return f'"{value}"'
    return _item(key, value).as_string()


def _item(key: str, value: object) -> tomlkit.items.Item:
    if key in ("candidates", "arguments"):
        array = tomlkit.array()
        array.extend(cast(list[str], value))
        return array.multiline(True)
    return tomlkit.item(value)


def _scope_text(scope: Scope) -> str:
    return tomlkit.dumps({"scope": dict(_scope(scope))})


def _scope(scope: Scope) -> _Values:
    return {
        "package": scope.package,
        "source_root": scope.source_root,
        "commit": scope.commit,
    } | _without_empty({"post_commands": list(scope.post_commands)})


def _entries(plan: Plan) -> Iterator[tuple[str, _Values]]:
    for step in plan.steps:
        yield step.kind, _step(step)
    for settlement in plan.hazards:
        yield "hazard", _settlement(settlement)
    for rule in plan.references:
        yield "reference", _reference(rule)


def _step(step: Step) -> _Values:
    key = _KEYS[step.kind]
    return (
        {key: step.source}
        | ({"target": step.target} if key == "source" else {})
        | ({"kind": step.form.value} if isinstance(step, Guardrail) else {})
        | {"decision": step.decision.value}
        | _without_empty(
            {
                "reason": step.reason,
                "confidence": step.confidence,
                "candidates": list(step.candidates),
                "arguments": list(step.arguments),
                "note": step.note,
            }
        )
        | ({"parts": {n: list(h) for n, h in step.parts}} if isinstance(step, Split) else {})
    )


def _settlement(settlement: HazardSettlement) -> _Values:
    return {"id": settlement.id, "resolution": settlement.resolution.value} | _without_empty(
        {"note": settlement.note}
    )
