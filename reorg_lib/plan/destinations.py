"""Where each module of the package lies once the steps are made.

Owns the path after the plan, by module, for the decisions that one wants to count. Must not know
whether the steps can be carried out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reorg_lib.model import Decision, Plan, Survey

MADE = frozenset({Decision.APPROVED})
"""The steps that are exported."""

MEANT = frozenset({Decision.APPROVED, Decision.PENDING})
"""The steps that nobody has turned down."""


def destinations(
    survey: Survey, plan: Plan | None, counted: Collection[Decision] = MADE
) -> Mapping[str, str]:
    """Return module name → path of its file after the steps whose decision is among `counted`.

    A module that is split is the `__init__.py` of its new package. Modules that are deleted, and
    folders without `__init__.py`, have no entry.
    """
    targets: dict[str, str | None] = {}
    for move in plan.moves if plan else ():
        if move.decision in counted:
            targets[move.source] = move.target
    for split in plan.splits if plan else ():
        if split.decision in counted:
            targets[split.source] = f"{split.target}/__init__.py"
    for step in plan.deletions if plan else ():
        if step.decision in counted:
            targets[step.path] = None
    found = {m.name: targets.get(m.path, m.path) for m in survey.package_modules() if m.blob}
    return {name: path for name, path in found.items() if path is not None}


def package_path(survey: Survey) -> str:
    """Return the folder of the surveyed package, relative to the repository's root."""
    inside = survey.package.replace(".", "/")
    return inside if survey.source_root == "." else f"{survey.source_root}/{inside}"


def folder_below(path: str, home: str) -> str:
    """Return the folder of `path` below the folder `home`, "" for `home` itself and outside it."""
    inside = path.removeprefix(f"{home}/")
    return inside.rpartition("/")[0] if inside != path else ""
