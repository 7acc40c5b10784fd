"""The check of a later tree: one sentence for each place that breaks the layout rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reorg_lib.guardrails.layout_rule import LayoutRule, layout_rule
from reorg_lib.model import Classification, Decision, Module, Plan, Survey
from reorg_lib.plan.outcome import folder_below
from reorg_lib.plan.proposal.backends import adapted
from reorg_lib.survey.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A sentence about the tree, and the line that is its evidence."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


def check(survey: Survey, plan: Plan) -> tuple[Violation, ...]:
    """Return the places where the surveyed tree breaks the rule of `plan`, sorted.

    A module whose step was rejected, and a module that an approved step moved, is where the team
    decided: its place is no violation.
    """
    files = {file.path for file in survey.files}
    moves = plan.approved().moves
    moved_back = {move.source: move.target for move in moves if move.source in files}
    is_applied = any(m.target in files - {move.source for move in moves} for m in moves)
    where = "is at its old place again" if is_applied else "is still at its old place"
    chosen = {move.target for move in moves}
    chosen |= {s.source for s in plan.steps if s.decision is Decision.REJECTED}
    rule = layout_rule(survey, _settled(plan, moved_back))
    modules = {m.path: m for m in survey.package_modules() if m.blob}
    found = [
        Violation(path, 1, f"{where}; the plan moves it to {target}")
        for path, target in moved_back.items()
    ]
    known = {violation.path for violation in found} | chosen
    found += _named_after_contexts(rule, survey, modules, chosen)
    found += [v for v in _misplaced(rule, survey, modules) if v.path not in known]
    return tuple(sorted(found))


def _settled(plan: Plan, moved_back: Mapping[str, str]) -> Plan:
    """Return the plan without the steps that the tree has undone."""
    return replace(plan, steps=tuple(m for m in plan.moves if m.source not in moved_back))


def _named_after_contexts(
    rule: LayoutRule, survey: Survey, modules: Mapping[str, Module], chosen: set[str]
) -> Iterator[Violation]:
    facts = {entry.module: entry for entry in survey.classifications}
    inside: dict[tuple[str, str], list[Module]] = defaultdict(list)
    for path, module in sorted(modules.items()):
        parts = folder_below(path, rule.folder).split("/")
        for at, part in enumerate(parts, 1):
            if part in rule.contexts:
                inside["/".join(parts[:at]), part].append(module)
    for (folder, context), members in inside.items():
        if any(path.startswith(f"{rule.folder}/{folder}/") for path in chosen):
            continue
        lines = [(m.path, _line_serving(facts.get(m.name), m.path, context)) for m in members]
        path, line = next(((p, n) for p, n in lines if n), (members[0].path, 1))
        yield Violation(
            path,
            line,
            f"the folder {folder}/ is named after the bounded context {context}; put its modules"
            " into the concern that they adapt, and keep the context's name for a file",
        )


def _misplaced(
    rule: LayoutRule, survey: Survey, modules: Mapping[str, Module]
) -> Iterator[Violation]:
    technologies, words = adapted(survey), load_vocabulary(survey.additions)
    paths = {module.name: path for path, module in modules.items()}
    for entry in survey.classifications:
        technology, path = technologies.get(entry.module), paths.get(entry.module)
        if technology is None or path is None:
            continue
        folder = folder_below(path, rule.folder)
        own = next((e for e in entry.evidence if e.path == path and technology in e.shows), None)
        homes = rule.homes_of(technology)
        if not folder or own is None or any(f"{folder}/".startswith(f"{h}/") for h in homes):
            continue
        if homes:
            where = " or ".join(f"{home}/" for home in homes)
            advice = f"it is in {folder}/, but {technology} is adapted in {where}; move it there"
        else:
            advice = (
                f"it is in {folder}/, but {technology} has no package yet; create one,"
                f" such as {words.concern_of(technology)}/"
            )
        yield Violation(path, own.line, f"adapts {technology} (`{own.text.strip()}`); {advice}")


def _line_serving(entry: Classification | None, path: str, context: str) -> int:
    shown = entry.evidence if entry else ()
    lines = (e.line for e in shown if e.path == path and e.shows == f"serves the context {context}")
    return next(lines, 0)
