"""The texts of the board about a plan: its rows, the details beside a row, and the progress.

The results are words and plain values for the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from reorg_lib.model import Decision, Hazard, Plan, Severity, Step, Survey
from reorg_lib.plan.companions import companions_by_step
from reorg_lib.views.board.preview import PreviewLine
from reorg_lib.views.steps import as_if_approved, concern_of, told_source

Row = dict[str, Any]


def seen(step: Step) -> str:
    """Return what a person must have seen to decide about a step."""
    return f"{step.decision} {step.target} {step.note}"


def rows_of(
    survey: Survey,
    plan: Plan,
    hazards: Iterable[Hazard] = (),
    refused: Mapping[str, str] | None = None,
) -> list[Row]:
    """Return one row per step, by concern (none last), then target; `refused` is by source."""
    about = {c.module: c for c in survey.classifications}
    modules = {module.path: module.name for module in survey.package_modules()}
    settled = {settlement.id for settlement in plan.hazards}
    told: dict[str, list[Hazard]] = {}
    for hazard, source in attributed(hazards, survey, plan):
        told.setdefault(source, []).append(hazard)
    rows = []
    for step in plan.steps:
        found = about.get(modules.get(step.source, ""))
        here = told.get(step.source, [])
        rows.append(
            {
                "source": step.source,
                "seen": seen(step),
                "kind": step.kind,
                "module": modules.get(step.source, ""),
                "from": told_source(survey, step),
                "to": survey.scope.below_package(step.target),
                "concern": concern_of(survey, step),
                "technology": (found and found.technology) or "",
                "context": (found and found.domain) or "",
                "role": (found and found.role) or "",
                "confidence": step.confidence if step.kind == "move" else None,
                "ambiguous": bool(step.candidates),
                "decision": str(step.decision),
                "reason": step.reason,
                "note": step.note,
                "hazards": len(here),
                "blocked": sum(blocks(hazard, settled) for hazard in here),
                "refused": (refused or {}).get(step.source, ""),
            }
        )
    return sorted(
        rows, key=lambda row: (not row["concern"], row["concern"], row["to"], row["from"])
    )


def progress_of(plan: Plan, hazards: Iterable[Hazard]) -> dict[str, int]:
    """Return the numbers of steps, decided steps, ambiguous open ones, and blocked ones."""
    steps = plan.steps
    settled = {settlement.id for settlement in plan.hazards}
    is_open = [step for step in steps if step.decision is Decision.PENDING]
    return {
        "steps": len(steps),
        "decided": len(steps) - len(is_open),
        "ambiguous": sum(bool(step.candidates) for step in is_open),
        "blocked": sum(blocks(hazard, settled) for hazard in hazards),
    }


def in_words(progress: Mapping[str, int]) -> str:
    """Return the progress in words: `41 of 57 decided, 3 ambiguous, 1 blocked`."""
    words = f"{progress['decided']} of {progress['steps']} decided"
    for name in ("ambiguous", "blocked"):
        words += f", {progress[name]} {name}" if progress[name] else ""
    return words


def blocks(hazard: Hazard, settled: Iterable[str]) -> bool:
    """Return whether a hazard blocks the export of the plan."""
    return hazard.severity is Severity.BLOCK and hazard.id not in settled


def hazard_rows(survey: Survey, plan: Plan, hazards: Iterable[Hazard]) -> list[Row]:
    """Return one row per hazard, blocking ones first; `source` is the step that it belongs to."""
    settled = {settlement.id: settlement for settlement in plan.hazards}
    rows = []
    for hazard, source in attributed(hazards, survey, plan):
        said = settled.get(hazard.id)
        rows.append(
            {
                "id": hazard.id,
                "source": source,
                "kind": hazard.kind,
                "blocks": hazard.severity is Severity.BLOCK,
                "path": hazard.path,
                "line": hazard.line,
                "why": hazard.why,
                "fix": hazard.fix,
                "settled": str(said.resolution) if said else "",
                "note": said.note if said else "",
            }
        )
    return sorted(rows, key=lambda row: (not row["blocks"], row["path"], row["line"], row["id"]))


def attributed(hazards: Iterable[Hazard], survey: Survey, plan: Plan) -> list[tuple[Hazard, str]]:
    """Pair each hazard with the file of the step that it belongs to, "" for none or for several.

    It is in a file that a step moves, or it names exactly one such file or module.
    """
    sources = {step.source for step in plan.steps}
    names = {m.path: m.name for m in survey.package_modules() if m.path in sources}
    pairs = []
    for hazard in hazards:
        if hazard.path in sources:
            pairs.append((hazard, hazard.path))
            continue
        named = {path for path in sources if path in hazard.why}
        words = {word.strip("`'\"(),;:.") for word in hazard.why.split()}
        named |= {path for path, name in names.items() if name in words}
        pairs.append((hazard, named.pop() if len(named) == 1 else ""))
    return pairs


def detail_of(
    survey: Survey, plan: Plan, source: str, tree: Iterable[PreviewLine]
) -> dict[str, Any]:
    """Return the details beside the row of `source`: facts, evidence, offers, the tree.

    `offers` are the target and its candidates, the target first, each with its argument.
    """
    step = next((step for step in plan.steps if step.source == source), None)
    if step is None:
        return {}
    module = next((m for m in survey.package_modules() if m.path == source), None)
    found = next((c for c in survey.classifications if module and c.module == module.name), None)
    return {
        "source": source,
        "facts": [
            *_facts(survey, module.name if module else "", found.ports if found else ()),
            *_with_it(survey, plan, step),
        ],
        "evidence": [
            {
                "place": f"{survey.scope.below_package(e.path)}:{e.line}",
                "text": e.text,
                "shows": e.shows,
            }
            for e in (found.evidence if found else ())
        ],
        "offers": offers_of(survey, step),
        "tree": [[line.depth, line.name, _mark(line, step)] for line in tree],
    }


def offers_of(survey: Survey, step: Step) -> list[dict[str, str]]:
    """Return the target and the candidates, each with its argument; [] without a target."""
    if not step.target:
        return []
    arguments = (step.reason, *(step.arguments or ("",) * len(step.candidates)))
    return [
        {"to": survey.scope.below_package(path), "argument": argument}
        for path, argument in zip((step.target, *step.candidates), arguments, strict=True)
    ]


def folders_of(survey: Survey, tree: Iterable[PreviewLine]) -> list[str]:
    """Return the folders that a target can lie in, below the package: existing and planned."""
    top = survey.scope.package_folder + "/"
    there = {m.path.rpartition("/")[0] + "/" for m in survey.package_modules() if m.blob}
    planned = {line.path + "/" for line in tree if line.name.endswith("/")}
    return sorted(path.removeprefix(top) for path in (there | planned) - {top})


def _mark(line: PreviewLine, step: Step) -> str:
    if line.path == step.target:
        return "here"
    return "new" if line.is_new else ""


def _facts(survey: Survey, module: str, ports: tuple[str, ...]) -> list[list[str]]:
    imports = {e.imported for e in survey.edges if e.importer == module}
    users = {e.importer for e in survey.edges if e.imported == module}
    facts = [
        ["module", module],
        ["implements", ", ".join(port.rpartition(".")[2] for port in ports)],
        ["imports", f"{_modules(imports)} of this project" if imports else ""],
        ["imported by", _modules(users) if users else ""],
    ]
    return [fact for fact in facts if fact[1]]


# orders.pyi, docs/shop.orders.rst
def _with_it(survey: Survey, plan: Plan, step: Step) -> list[list[str]]:
    """The files that go where the step's file goes, if nobody rejects it."""
    if step.decision is Decision.REJECTED:
        return []
    along = companions_by_step(survey, as_if_approved(plan)).get(step.source, ())
    return (
        [["with it", ", ".join(survey.scope.below_package(path) for path in along)]]
        if along
        else []
    )


def _modules(names: Set[str]) -> str:
    return f"{len(names)} module{'' if len(names) == 1 else 's'}"
