"""Decisions that lie beside a plan, for a team that wants to take them over instead of deciding.

Defines where they lie, and what the plan is once they are taken over.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reorg_lib.errors import PlanError
from reorg_lib.model import Plan
from reorg_lib.plan.plan_file import load_plan


def shipped_beside(plan: Path) -> Path:
    """Return where the shipped decisions lie: `plan.shipped.toml` beside `plan.toml`."""
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
