"""The approved guardrails as changes of files, added to the moves and rewrites.

A guardrail is a new file, or one edit in a file that may also be rewritten for other reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reorg_lib.guardrails.document_sections import Splice, hook, placement, structure
from reorg_lib.guardrails.layout_rule import LayoutRule, layout_rule
from reorg_lib.guardrails.layout_test import layout_test
from reorg_lib.model import (
    ChangeSet,
    Edit,
    FileChange,
    Guardrail,
    GuardrailKind,
    LeftName,
    Plan,
    Survey,
    apply_edits,
)


def with_guardrails(
    changeset: ChangeSet, survey: Survey, plan: Plan, contents: Mapping[str, bytes]
) -> ChangeSet:
    """Return `changeset` with the files that the approved guardrails of `plan` write.

    `contents` is path → bytes of the tracked files. A guardrail with no place in its file changes
    nothing; its reason in the plan says so.
    """
    steps = plan.approved().guardrails
    if not steps:
        return changeset
    rule = layout_rule(survey, plan)
    modes = {file.path: file.mode for file in survey.files}
    changes = {(c.source, c.target): c for c in changeset.changes}
    left = list(changeset.left)
    for step in steps:
        before = contents.get(step.source)
        source = None if before is None else step.source
        mode = modes.get(step.source, "100644")
        unchanged = FileChange(source, step.source, mode, before, before, (), step.reason)
        old = changes.get((source, step.source), unchanged)
        splice = _splice(step, survey, plan, rule, before or b"")
        if splice is None:
            continue
        change = _spliced(old, splice, step)
        if change.before != change.after:
            left = [*_left(left, old, splice, step.source)]
            changes[source, step.source] = change
    ordered = sorted(changes.values(), key=lambda c: (c.source or "", c.target or ""))
    return replace(changeset, changes=tuple(ordered), left=tuple(sorted(left)))


def _splice(
    step: Guardrail, survey: Survey, plan: Plan, rule: LayoutRule, before: bytes
) -> Splice | None:
    match step.form:
        case GuardrailKind.PLACEMENT:
            return placement(survey, plan, rule, before)
        case GuardrailKind.STRUCTURE:
            return structure(survey, plan, rule, before)
        case GuardrailKind.TEST:
            return Splice(0, len(before), layout_test(rule, step.source))
        case GuardrailKind.HOOK:
            return hook(rule, before)


def _spliced(old: FileChange, splice: Splice, step: Guardrail) -> FileChange:
    """Return the change with the splice; other edits inside the replaced text are dropped."""
    if old.before is None:
        return replace(old, after=splice.new, reason=step.reason)
    kept = [e for e in old.edits if e.end <= splice.start or e.start >= splice.end]
    replaced = old.before[splice.start : splice.end]
    edit = Edit(splice.start, splice.end, replaced, splice.new, step.form)
    edits = tuple(sorted((*kept, *([edit] if replaced != splice.new else []))))
    reason = old.reason or step.reason
    return replace(old, after=apply_edits(old.before, edits), edits=edits, reason=reason)


def _left(left: list[LeftName], old: FileChange, splice: Splice, path: str) -> Iterator[LeftName]:
    """Yield the names that are left, with new line numbers below the splice."""
    grown = {0: 0, 1: 0}
    for edit in old.edits:
        grown[0] += (len(edit.new) - len(edit.old)) * (edit.end <= splice.start)
        grown[1] += (len(edit.new) - len(edit.old)) * (edit.end <= splice.end)
    text = old.after or b""
    first = text.count(b"\n", 0, splice.start + grown[0]) + 1
    last = text.count(b"\n", 0, splice.end + grown[1]) + 1
    by = splice.new.count(b"\n") - (last - first)
    for name in left:
        if name.path != path or name.line < first:
            yield name
        elif name.line >= last:
            yield replace(name, line=name.line + by)
