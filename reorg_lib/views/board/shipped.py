"""Decisions shipped with a plan, for a team that wants to apply them instead of deciding.

It defines the path of their file, and the plan after they are applied.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reorg_lib.errors import PlanError
from reorg_lib.model import Plan
from reorg_lib.plan.plan_file import load_plan


def shipped_beside(plan: Path) -> Path:
    """Return the path of the shipped decisions: `plan.shipped.toml` beside `plan.toml`."""
    return plan.with_name(f"{plan.stem}.shipped{plan.suffix}")


def taken_over(plan: Plan, path: Path) -> Plan:
    """Return the shipped plan in the scope of `plan`.

    Raises:
        PlanError: it is about another package.
    """
    shipped = load_plan(path)
    if (shipped.scope.package, shipped.scope.source_root) != (
        plan.scope.package,
        plan.scope.source_root,
    ):
        raise PlanError(
            f"{path.name} is about {shipped.scope.package}, and this plan is about "
            f"{plan.scope.package}"
        )
    return replace(shipped, scope=plan.scope)
