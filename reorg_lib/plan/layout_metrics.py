"""Metrics of a layout, to compare a plan with the present layout and with another plan.

There are six counts, before all steps (`plan` None) and after every step that is not rejected. Less
is better for each, and none of them is a goal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields

from reorg_lib.cycles import cycles
from reorg_lib.model import Plan, Survey
from reorg_lib.plan.outcome import MEANT, folder_below, outcome_of
from reorg_lib.plan.proposal.backends import adapted, implemented_ports
from reorg_lib.plan.proposal.database_roles import ROLE_FOLDERS
from reorg_lib.survey.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class Metrics:
    """Counts of one layout. A package is a top-level folder below the surveyed package.

    `technologies_per_package` is the mean over packages that adapt any, including shared concerns
    with several backends; `packages_per_technology` is the mean over technologies. `backends_apart`
    are ports whose backends lie in several packages, `context_named` folders at any depth that are
    named after a bounded context, `cross_concern_imports` the pairs of modules in different
    packages of which one imports the other, `cycles` the groups of packages that import each other
    in a cycle.
    """

    technologies_per_package: float
    packages_per_technology: float
    backends_apart: int
    context_named: int
    cross_concern_imports: int
    cycles: int

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return (name as people read it, value as text), in the order of the fields."""
        return tuple(
            (field.name.replace("_", " "), f"{getattr(self, field.name):g}")
            for field in fields(self)
        )


def measure(survey: Survey, plan: Plan | None = None) -> Metrics:
    """Return the metrics of the surveyed tree, or of the tree after `plan`."""
    return _measured(survey, plan)[0]


def counted(survey: Survey, plan: Plan | None = None) -> Mapping[str, tuple[str, ...]]:
    """Return name of a metric, as in `Metrics.rows` → what it counts, one sorted line each."""
    names = _measured(survey, plan)[1]
    return {name.replace("_", " "): tuple(sorted(lines)) for name, lines in names.items()}


def _measured(survey: Survey, plan: Plan | None) -> tuple[Metrics, Mapping[str, list[str]]]:
    """Return the metrics and, by field, a line for each thing that is counted."""
    home = survey.scope.package_folder
    folders = {
        name: folder_below(path, home)
        for name, path in outcome_of(survey, plan, MEANT).module_paths.items()
        if path.startswith(f"{home}/")
    }
    tops = {name: folder.partition("/")[0] for name, folder in folders.items() if folder}
    adapters = {n: t for n, t in adapted(survey).items() if n in tops}
    held: dict[str, set[str]] = defaultdict(set)
    spread: dict[str, set[str]] = defaultdict(set)
    for name, technology in adapters.items():
        held[tops[name]].add(technology)
        spread[technology].add(tops[name])
    pairs = sorted({(edge.importer, edge.imported) for edge in survey.edges})
    crossing = [
        (importer, imported)
        for importer, imported in pairs
        if importer in tops and imported in tops and tops[importer] != tops[imported]
    ]
    graph: dict[str, set[str]] = defaultdict(set)
    for importer, imported in crossing:
        graph[tops[importer]].add(tops[imported])
    circles = cycles({top: frozenset(others) for top, others in graph.items()})
    apart = _backends_apart(survey, adapters, tops)
    named = _context_named(survey, folders)
    metrics = Metrics(
        technologies_per_package=_mean(held),
        packages_per_technology=_mean(spread),
        backends_apart=len(apart),
        context_named=len(named),
        cross_concern_imports=len(crossing),
        cycles=len(circles),
    )
    below = f"{survey.package}."
    return metrics, {
        "technologies_per_package": _listed(held),
        "packages_per_technology": _listed(spread),
        "backends_apart": _listed(apart),
        "context_named": [f"{folder}/" for folder in named],
        "cross_concern_imports": [
            f"{importer.removeprefix(below)} → {imported.removeprefix(below)}"
            for importer, imported in crossing
        ],
        "cycles": [", ".join(sorted(circle)) for circle in circles],
    }


def comparison(survey: Survey, plan: Plan) -> tuple[tuple[str, str, str], ...]:
    """Return (name, before, after) for each metric, in the order of the fields."""
    pairs = zip(measure(survey).rows(), measure(survey, plan).rows(), strict=True)
    return tuple((name, before, after) for (name, before), (_, after) in pairs)


def _mean(sets: Mapping[str, set[str]]) -> float:
    return round(sum(map(len, sets.values())) / len(sets), 2) if sets else 0.0


def _listed(sets: Mapping[str, set[str]]) -> list[str]:
    return [f"{name}: {', '.join(sorted(members))}" for name, members in sets.items()]


def _backends_apart(
    survey: Survey, adapters: Mapping[str, str], tops: Mapping[str, str]
) -> Mapping[str, set[str]]:
    """Return port → packages, of ports that several technologies implement in several packages."""
    backends: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for name, ports in implemented_ports(survey).items():
        for port in ports if name in adapters else ():
            backends[port].add(adapters[name])
            places[port].add(tops[name])
    return {
        port: places[port] for port in backends if len(backends[port]) > 1 and len(places[port]) > 1
    }


def _context_named(survey: Survey, folders: Mapping[str, str]) -> set[str]:
    """Return the folders named after a context that is served, and after no technology or role."""
    words = load_vocabulary(survey.additions)
    contexts = {context for entry in survey.classifications for context, _ in entry.domains}
    concerns = {t.concern for t in words.technologies.values()} | {*words.ports.values()}
    named = contexts - concerns - ROLE_FOLDERS
    found: set[str] = set()
    for folder in set(folders.values()):
        parts = folder.split("/")
        found |= {"/".join(parts[: at + 1]) for at, part in enumerate(parts) if part in named}
    return found
