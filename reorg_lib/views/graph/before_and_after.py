"""The place of each module before and after the plan, and the imports between them.

All pictures of the package, static and live, follow these rules: approved and pending steps count
as done, and a package's own file is drawn only if an import joins it or it is alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reorg_lib.model import Decision, DirectImport, ImportKind, Plan, Step, Survey
from reorg_lib.plan.outcome import MEANT, outcome_of

LATE = (ImportKind.FUNCTION, ImportKind.TYPE_CHECKING)
"""The imports that wait for a call or for a type checker."""


def steps_done(plan: Plan | None) -> Mapping[str, Step]:
    """Return source path → step, of every step that is not rejected."""
    steps = plan.steps if plan else ()
    return {step.source: step for step in steps if step.decision is not Decision.REJECTED}


def places(survey: Survey, plan: Plan | None = None) -> Mapping[str, str]:
    """Return old module name → path of its file, below the package's folder where it lies there.

    Without a plan, as it is today. A deleted module has no place; a split module has the place of
    its new package.
    """
    paths = outcome_of(survey, plan, MEANT).module_paths
    return {name: survey.scope.below_package(path) for name, path in paths.items()}


def imports_within(
    survey: Survey, modules: Iterable[str]
) -> Mapping[tuple[str, str], Sequence[DirectImport]]:
    """Return (importer, imported) → the imports of that pair, for pairs of `modules`, sorted."""
    wanted = frozenset(modules)
    found: dict[tuple[str, str], list[DirectImport]] = {}
    for edge in sorted(survey.edges):
        if edge.importer != edge.imported and wanted >= {edge.importer, edge.imported}:
            found.setdefault((edge.importer, edge.imported), []).append(edge)
    return found


def all_late(imports: Iterable[DirectImport]) -> bool:
    """Return whether each of them runs only in a call or for a type checker."""
    return all(edge.kind in LATE for edge in imports)


def drawn(
    there: Mapping[str, str], before: Mapping[str, str], pairs: Iterable[tuple[str, str]]
) -> list[str]:
    """Return the modules to draw, sorted: a package's own file only if joined, or ever alone.

    `there` and `before` are the places in the drawn picture and today, `pairs` the imports.
    """
    joined = {end for pair in pairs for end in pair}
    inhabited = {_folder(p) for p in before.values() if not p.endswith("__init__.py")}
    nested = {folder for path in inhabited for folder in _ancestors(path)}

    def has_something_to_say(module: str) -> bool:
        file = there[module].rpartition("/")[2]
        return file != "__init__.py" or module in joined or _folder(before[module]) not in nested

    return sorted(filter(has_something_to_say, there))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _ancestors(folder: str) -> list[str]:
    parts = folder.split("/")
    return ["/".join(parts[:n]) for n in range(len(parts) + 1)]
