"""The layout's metrics as a table, before and after a plan.

Owns the columns. Must not know what is counted; that is `reorg_lib.plan.metrics`.
"""

from __future__ import annotations

from reorg_lib.model import Plan, Survey
from reorg_lib.plan.metrics import comparison
from reorg_lib.views.frame import Frame


def metrics_table(survey: Survey, plan: Plan) -> Frame:
    """Return one row per metric, less being better: `metric`, `before`, `after`.

    `metric` has pandas' string dtype, the numbers are float64.
    """
    kinds = {"metric": "str", "before": "float64", "after": "float64"}
    return Frame(comparison(survey, plan), columns=[*kinds]).astype(kinds)
