"""The plan as a Markdown page (`plan.md`), and the hazards as JSON (`hazards.json`)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reorg_lib.model import (
    Decision,
    Hazard,
    Move,
    NameClass,
    NamedText,
    Plan,
    Scope,
    Settlement,
    Severity,
)

_HEADINGS = {
    Decision.APPROVED: "approved, in the script",
    Decision.PENDING: "pending, not in the script",
    Decision.REJECTED: "rejected, not in the script",
}
_NAMES = {
    NameClass.COULD_BE: ("They could be modules and stay as they are", 50),
    NameClass.MODULE: ("They are modules and are renamed", 20),
}


def plan_markdown(
    plan: Plan,
    hazards: Sequence[Hazard],
    metrics: Sequence[tuple[str, str, str]] = (),
    along: Mapping[str, Sequence[str]] | None = None,
    texts: Sequence[NamedText] = (),
) -> str:
    """Return the whole plan as Markdown: steps by concern, decisions, reasons, hazards, names.

    `metrics` are rows of (name, before, after), without the rejected steps. `along` is source of a
    step → the files that move with it by rule; `texts` are the names in texts, as classified.
    """
    followed = along or {}
    counts = {d: sum(s.decision is d for s in plan.steps) for d in Decision}
    lines = [
        f"# Plan for `{plan.scope.package}`",
        "",
        f"Surveyed at commit `{plan.scope.commit[:12]}`; the source root is"
        f" `{plan.scope.source_root}`.",
        "",
        "| decision | steps |",
        "|---|---|",
        *(f"| {_HEADINGS[d]} | {counts[d]} |" for d in Decision if counts[d]),
    ]
    if metrics:
        lines += ["", "| the layout | before | after |", "|---|--:|--:|"]
        lines += [f"| {name} | {before} | {after} |" for name, before, after in metrics]
    for decision in (Decision.APPROVED, Decision.PENDING, Decision.REJECTED):
        chosen = [move for move in plan.moves if move.decision is decision]
        if chosen:
            lines += ["", f"## Moves {_HEADINGS[decision]}"]
            lines += _moves(chosen, plan.scope, followed)
    if plan.splits:
        lines += [
            "",
            "## Splits",
            "",
            "| module | parts | decision | reason |",
            "|---|---|---|---|",
        ]
        for split in plan.splits:
            parts = ", ".join(f"`{part}` ({len(names)})" for part, names in split.parts)
            place = f"`{split.source}` to `{split.target}/`"
            reason = _cell(split.reason) + _with_it(followed.get(split.source, ()))
            lines.append(f"| {place} | {parts} | {split.decision} | {reason} |")
    if plan.deletions:
        lines += ["", "## Deletions", "", "| file | decision | reason |", "|---|---|---|"]
        lines += [
            f"| `{step.source}` | {step.decision} | {_cell(step.reason)} |"
            for step in plan.deletions
        ]
    if plan.guardrails:
        lines += ["", "## Guardrail", ""]
        lines += ["| file | kind | decision | reason |", "|---|---|---|---|"]
        lines += [
            f"| `{step.source}` | {step.form} | {step.decision} | {_cell(step.reason)} |"
            for step in plan.guardrails
        ]
    if hazards:
        lines += ["", "## Hazards", "", "| where | what would break | settled |", "|---|---|---|"]
        settled = {s.id: s for s in plan.hazards}
        for hazard in hazards:
            said = settled.get(hazard.id)
            how = _settled(said.resolution, said.note) if said else f"no ({hazard.severity})"
            lines.append(f"| `{hazard.path}:{hazard.line}` | {_cell(hazard.why)} | {how} |")
    return "\n".join([*lines, *_names(texts), ""])


def noted(plan: Plan, hazards: Iterable[Hazard]) -> tuple[Hazard, ...]:
    """Return the hazards that block nothing and that the plan does not settle."""
    settled = {settlement.id for settlement in plan.hazards}
    notes = (h for h in hazards if h.severity is Severity.NOTE and h.id not in settled)
    return tuple(sorted(notes, key=lambda hazard: (hazard.path, hazard.line, hazard.id)))


def hazards_json(hazards: Iterable[Hazard]) -> str:
    """Return the hazards as indented JSON: id, kind, severity, path, line, why, fix or null."""
    records = [
        {
            "id": hazard.id,
            "kind": hazard.kind,
            "severity": str(hazard.severity),
            "path": hazard.path,
            "line": hazard.line,
            "why": hazard.why,
            "fix": hazard.fix,
        }
        for hazard in hazards
    ]
    return json.dumps(records, indent=2, ensure_ascii=False) + "\n"


def _names(texts: Sequence[NamedText]) -> list[str]:
    """The names in texts, those that stay first, since somebody may have to rename them."""
    lines = ["", "## Names in texts"] if texts else []
    for kind, (title, most) in _NAMES.items():
        found = [text for text in texts if text.kind is kind]
        if found:
            lines += ["", f"{title}: {len(found)}.", "", "| where | name | why |", "|---|---|---|"]
            lines += [
                f"| `{text.path}:{text.line}` | `{_cell(text.text)}` | {_cell(text.why)} |"
                for text in found[:most]
            ]
        if len(found) > most:
            lines += ["", f"{len(found) - most} more are in `review.html`."]
    return lines


def _moves(moves: Sequence[Move], scope: Scope, along: Mapping[str, Sequence[str]]) -> list[str]:
    by_concern: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        by_concern[scope.concern(move.target)].append(move)
    lines = []
    for concern, chosen in sorted(by_concern.items()):
        lines += ["", f"### {concern or 'the package itself'}", ""]
        lines += ["| from | to | reason |", "|---|---|---|"]
        for move in chosen:
            source, target = map(scope.below_package, (move.source, move.target))
            reason = _cell(move.reason + (f" ({move.note})" if move.note else ""))
            reason += _with_it(along.get(move.source, ()))
            lines.append(f"| `{source}` | `{target}` | {reason} |")
    return lines


# ; with it: `docs/shop.orders.rst`
def _with_it(paths: Sequence[str]) -> str:
    return f"; with it: {', '.join(f'`{path}`' for path in paths)}" if paths else ""


def _settled(resolution: Settlement, note: str) -> str:
    return f"{resolution}: {_cell(note)}" if note else str(resolution)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
