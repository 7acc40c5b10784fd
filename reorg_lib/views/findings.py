"""The survey's findings as a table.

Owns how a finding is laid out in a row. Must not ask anything of the survey by itself: what speaks
against the layout, how heavy it weighs and how it is said are the survey's.
"""

from __future__ import annotations

from reorg_lib.model import Evidence, Survey
from reorg_lib.views.frame import Frame

_LINES = 3


def findings_table(survey: Survey) -> Frame:
    """Return one row per finding, the heaviest first.

    Columns: `weight` (float64, 0 to 1), `finding` (its kind), `sentence`, `modules` (int64, how
    many it is about), `evidence` (the first lines that show it, one below the other). The rest are
    text.
    """
    rows = [
        (f.weight, str(f.kind), f.sentence, len(f.modules), _lines(f.evidence))
        for f in survey.findings
    ]
    frame = Frame(rows, columns=["weight", "finding", "sentence", "modules", "evidence"])
    texts = dict.fromkeys(("finding", "sentence", "evidence"), "str")
    return frame.astype({**texts, "weight": "float64", "modules": "int64"})


def _lines(evidence: tuple[Evidence, ...]) -> str:
    return "\n".join(
        f"{e.path}:{e.line} {e.text or e.shows}" if e.line else e.path for e in evidence[:_LINES]
    )
