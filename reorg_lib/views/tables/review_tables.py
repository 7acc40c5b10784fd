"""The content of a review as plain tables: steps, findings, hazards, metrics and certificate.

The functions define the columns and the order of rows. Every cell comes from a record.
"""

from __future__ import annotations

from collections.abc import Iterable

from reorg_lib.model import Certificate, Evidence, Hazard, NamedText, Plan, Survey
from reorg_lib.plan.layout_metrics import comparison, counted
from reorg_lib.views.steps import concern_of, told_source
from reorg_lib.views.tables.module_rows import COLUMNS, module_rows
from reorg_lib.views.tables.table import Counted, Table

_LINES = 3


def plan_steps(survey: Survey, plan: Plan) -> Table:
    """Return one row per step of the plan, sorted by concern, then target.

    Columns: `step` (move · split · deletion · guardrail), `from` (what a guardrail writes), `to`
    ("" for a deletion and a guardrail), `concern` (the top-level package it goes to), `technology`,
    `domain`, `decision`, `reason`, `candidates` (where else it could go, best first),
    `imported_by` (int64), `note`.
    """
    about = {}
    for row in module_rows(survey):
        module = dict(zip(COLUMNS.split(), row, strict=True))
        about[module["path"]] = (module["technology"], module["domain"], module["imported_by"])
    rows = []
    for step in plan.steps:
        technology, domain, imported_by = about.get(step.source, ("", "", 0))
        rows.append(
            (
                step.kind,
                told_source(survey, step),
                survey.scope.below_package(step.target),
                concern_of(survey, step),
                technology,
                domain,
                str(step.decision),
                step.reason,
                ", ".join(survey.scope.below_package(candidate) for candidate in step.candidates),
                imported_by,
                step.note,
            )
        )
    rows.sort(key=lambda row: (row[3], row[2], row[1]))
    names = "step from to concern technology domain decision reason candidates imported_by note"
    return Table(tuple(names.split()), rows, {"imported_by": "int64"})


def findings(survey: Survey) -> Table:
    """Return one row per finding, the heaviest first.

    Columns: `weight` (float64, 0 to 1), `finding` (its kind), `sentence`, `modules` (int64, how
    many it is about), `evidence` (the first lines that show it, one below the other).
    """
    rows = [
        (f.weight, str(f.kind), f.sentence, len(f.modules), _lines(f.evidence))
        for f in survey.findings
    ]
    columns = ("weight", "finding", "sentence", "modules", "evidence")
    return Table(columns, rows, {"weight": "float64", "modules": "int64"})


def layout_metrics(survey: Survey, plan: Plan) -> Table:
    """Return one row per metric (less is better): `metric`, `before` and `after` (float64).

    Each number has the list of what it counts.
    """
    columns = ("metric", "before", "after")
    today, planned = counted(survey), counted(survey, plan)
    rows = [
        (name, Counted(before, today[name]), Counted(after, planned[name]))
        for name, before, after in comparison(survey, plan)
    ]
    return Table(columns, rows, {"before": "float64", "after": "float64"})


def hazards(found: Iterable[Hazard], plan: Plan) -> Table:
    """Return one row per hazard, the blocking ones first, then by place.

    Columns: `severity`, `kind`, `path`, `line` (int64), `why`, `fix` (the text that would replace
    it, "" where nothing mechanical helps), `settled` (fix · accept · ""), `id`.
    """
    settled = {settlement.id: str(settlement.resolution) for settlement in plan.hazards}
    ordered = sorted(found, key=lambda h: (str(h.severity), h.path, h.line, h.id))
    rows = [
        (str(h.severity), h.kind, h.path, h.line, h.why, h.fix or "", settled.get(h.id, ""), h.id)
        for h in ordered
    ]
    columns = ("severity", "kind", "path", "line", "why", "fix", "settled", "id")
    return Table(columns, rows, {"line": "int64"})


def named_texts(texts: Iterable[NamedText]) -> Table:
    """Return one row per classified name in a text, those that stay first, then by place.

    Columns: `class` (could be: it stays · module: it is renamed), `path`, `line` (int64), `text`,
    `why`.
    """
    ordered = sorted(texts, key=lambda text: (str(text.kind), text.path, text.line, text.text))
    rows = [(str(t.kind), t.path, t.line, t.text, t.why) for t in ordered]
    return Table(("class", "path", "line", "text", "why"), rows, {"line": "int64"})


def certificate_points(certificate: Certificate) -> Table:
    """Return one row per point of the proof, in the certificate's order.

    Columns: `point` and `count` (int64), `shown`, `unit`, `holds` (bool), `failures` (a line each,
    "" if it holds).
    """
    rows = [
        (p.number, p.title, p.count, p.checked if p.not_checked else p.unit, p.holds, failures)
        for p in certificate.points
        for failures in ["\n".join(p.failures)]
    ]
    columns = ("point", "shown", "count", "unit", "holds", "failures")
    return Table(columns, rows, {"point": "int64", "count": "int64", "holds": "bool"})


def _lines(evidence: tuple[Evidence, ...]) -> str:
    return "\n".join(
        f"{e.path}:{e.line} {e.text or e.shows}" if e.line else e.path for e in evidence[:_LINES]
    )
