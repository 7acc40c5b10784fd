"""The plan file: read, checked for its form, and written safely.

It defines what `plan.toml` may contain and how each mistake in it is reported. It is longer than
300 lines because it has a message for each mistake that can be made in the file.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tomlkit.exceptions import ParseError, TOMLKitError

from reorg_lib.errors import PlanError
from reorg_lib.model import (
    Decision,
    Deletion,
    Guardrail,
    GuardrailKind,
    HazardSettlement,
    Move,
    NameDecision,
    Plan,
    ReferenceRule,
    Scope,
    Settlement,
    Split,
)
from reorg_lib.plan.decisions import approve, decide, merge, settle
from reorg_lib.plan.plan_document import SCHEMA, fresh_document, plain_values, updated_document

__all__ = ["approve", "decide", "load_plan", "merge", "plan_text", "save_plan", "settle"]

_Word = TypeVar("_Word", Decision, Settlement, GuardrailKind, NameDecision)


def load_plan(path: Path) -> Plan:
    """Read a plan file.

    Raises:
        PlanError: there is no such file, it is not TOML (`where` is then file and line), or a step
            in it is malformed (the text then names the step).
    """
    return _read_plan(_read_text(path), str(path))


def save_plan(path: Path, plan: Plan) -> None:
    """Write `plan` to `path`; an existing file keeps its comments, order and layout.

    The new text is read back before it replaces the old one in a single rename, so a reader at the
    same time finds the old plan or the new one, and never a part of one.

    Raises:
        PlanError: the existing file cannot be read, or cannot be updated in place.
    """
    real = path.resolve()
    if not real.parent.is_dir():
        raise PlanError(f"there is no folder {path.parent}; create it first", where=str(path))
    exists = real.exists()
    if exists:
        load_plan(path)
    text = updated_document(_read_text(path), plan) if exists else plan_text(plan)
    if not _says(text, plan):
        raise PlanError(
            "cannot be updated in place; write each step as a table of its own ([[move]] …), "
            "or delete the file and propose again",
            where=str(path),
        )
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        raise PlanError(
            f"cannot hold a file name that is not UTF-8 (near {text[error.start - 40 :][:40]!r}); "
            "rename that file first",
            where=str(path),
        ) from error
    _replace_file(real, content)


def plan_text(plan: Plan) -> str:
    """Return the text of a new plan file, with a header that explains the decisions."""
    return fresh_document(plan)


# ------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the file, and its name in messages."""

    file: str
    label: str
    values: Mapping[str, object]

    def wrong(self, what: str) -> PlanError:
        return PlanError(f"{self.label}: {what}", where=self.file)

    def only(self, *known: str) -> None:
        for key in self.values:
            if key not in known:
                raise self.wrong(f"unknown key {key!r}; known are {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if value is None:
            raise self.wrong(f"{key} is missing")
        if not isinstance(value, str):
            raise self.wrong(f"{key} must be a text in quotes, not {value!r}")
        if default is None and not value:
            raise self.wrong(f"{key} is empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self.wrong(f"{key} must be a list of texts, not {value!r}")
        return tuple(value)

    def share(self, key: str) -> float:
        value = self.values.get(key, 1.0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.wrong(f"{key} must be a number from 0 to 1, not {value!r}")
        return float(value)

    def word(self, key: str, words: type[_Word], default: str | None = None) -> _Word:
        value = self.text(key, default)
        try:
            return words(value)
        except ValueError:
            known = ", ".join(words)
            raise self.wrong(f"{key} {value!r} is not one of {known}".replace("'", '"')) from None

    def said(self) -> tuple[Decision, str, str]:
        """Return decision, reason and note, which every step has."""
        decision = self.word("decision", Decision, default=Decision.PENDING.value)
        return decision, self.text("reason", ""), self.text("note", "")


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        raise PlanError(
            "there is no such plan file; make one with `reorg propose`", where=str(path)
        ) from None
    except OSError as error:
        raise PlanError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise PlanError("is not UTF-8; save it as UTF-8", where=str(path)) from error


def _read_plan(text: str, file: str) -> Plan:
    try:
        values = plain_values(text)
    except ParseError as error:
        raise PlanError(
            f"this is not TOML ({str(error).rpartition(' at line ')[0] or error}); "
            "fix that line and run again",
            where=f"{file}:{error.line}",
        ) from error
    except TOMLKitError as error:
        raise PlanError(f"this is not TOML ({error}); fix it and run again", where=file) from error
    top = _Table(file, "the plan", values)
    top.only("schema", "scope", "move", "split", "deletion", "guardrail", "hazard", "reference")
    schema = values.get("schema")
    if schema is None:
        raise top.wrong(f"schema is missing; write `schema = {SCHEMA}` as the first line")
    if type(schema) is not int or schema != SCHEMA:
        raise top.wrong(f"schema {schema!r} is not one that this version reads ({SCHEMA})")
    return Plan(
        scope=_read_scope(top),
        steps=(
            *(_read_move(t) for t in _tables(top, "move", "source")),
            *(_read_split(t) for t in _tables(top, "split", "source")),
            *(_read_deletion(t) for t in _tables(top, "deletion", "path")),
            *(_read_guardrail(t) for t in _tables(top, "guardrail", "path")),
        ),
        hazards=tuple(_read_settlement(t) for t in _tables(top, "hazard", "id")),
        references=tuple(_read_reference(t) for t in _tables(top, "reference", "path")),
    )


def _tables(top: _Table, kind: str, key: str) -> Iterable[_Table]:
    entries = top.values.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise top.wrong(f"{kind} must be written as [[{kind}]] tables")
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        name = entry.get(key)
        label = f"{kind} {number} ({key} {name})" if isinstance(name, str) else f"{kind} {number}"
        table = _Table(top.file, label, entry)
        told = [entry.get(more) for more in ("line", "text")] if kind == "reference" else []
        first = seen.setdefault(repr([table.text(key), *told]), number)
        if first != number:
            raise table.wrong(f"the same {key} as {kind} {first}; keep one of the two")
        yield table


def _read_scope(top: _Table) -> Scope:
    values = top.values.get("scope")
    if not isinstance(values, dict):
        raise top.wrong("the table [scope] is missing; it says package, source_root and commit")
    table = _Table(top.file, "scope", values)
    table.only("package", "source_root", "commit", "post_commands")
    if any(not command.isprintable() for command in table.texts("post_commands")):
        raise table.wrong("post_commands must each be one line that can be seen")
    return Scope(
        table.text("package"),
        table.text("source_root"),
        table.text("commit"),
        table.texts("post_commands"),
    )


def _read_move(table: _Table) -> Move:
    table.only(
        "source", "target", "decision", "reason", "confidence", "candidates", "arguments", "note"
    )
    candidates, arguments = table.texts("candidates"), table.texts("arguments")
    if arguments and len(arguments) != len(candidates):
        raise table.wrong(
            f"{len(arguments)} arguments for {len(candidates)} candidates; give one for each, "
            "in their order, or none at all"
        )
    return Move(
        table.text("source"),
        table.text("target"),
        *table.said(),
        candidates=candidates,
        confidence=table.share("confidence"),
        arguments=arguments,
    )


def _read_split(table: _Table) -> Split:
    table.only("source", "target", "decision", "reason", "note", "parts")
    parts = table.values.get("parts")
    if not isinstance(parts, dict) or not parts:
        raise table.wrong(
            'parts are missing; write [split.parts] with one line for each, "a.py" = ["name"]'
        )
    inner = _Table(table.file, f"{table.label} parts", parts)
    return Split(
        table.text("source"),
        table.text("target"),
        *table.said(),
        parts=tuple((name, inner.texts(name)) for name in parts),
    )


def _read_deletion(table: _Table) -> Deletion:
    table.only("path", "decision", "reason", "note")
    return Deletion(table.text("path"), "", *table.said())


def _read_guardrail(table: _Table) -> Guardrail:
    table.only("path", "kind", "decision", "reason", "note")
    form = table.word("kind", GuardrailKind)
    return Guardrail(table.text("path"), "", *table.said(), form=form)


def _read_settlement(table: _Table) -> HazardSettlement:
    table.only("id", "resolution", "note")
    return HazardSettlement(
        id=table.text("id"),
        resolution=table.word("resolution", Settlement),
        note=table.text("note", ""),
    )


def _read_reference(table: _Table) -> ReferenceRule:
    table.only("path", "line", "text", "decision", "note")
    line = table.values.get("line", 0)
    if isinstance(line, bool) or not isinstance(line, int) or line < 0:
        raise table.wrong(f"line must be the number of a line, not {line!r}")
    return ReferenceRule(
        path=table.text("path"),
        line=line,
        text=table.text("text", ""),
        decision=table.word("decision", NameDecision),
        note=table.text("note", ""),
    )


# ------------------------------------------------------------------------------------- writing


def _says(text: str, plan: Plan) -> bool:
    """Whether a text that was made from `plan` can be read and gives the same plan."""
    try:
        return _sorted(_read_plan(text, "")) == _sorted(plan)
    except PlanError:
        return False


def _sorted(plan: Plan) -> tuple[object, ...]:
    return (
        plan.scope,
        sorted(plan.steps, key=lambda step: (step.kind, step.source)),
        sorted(plan.hazards),
        sorted(plan.references),
    )


def _replace_file(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
