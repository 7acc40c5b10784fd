"""What the moves mean for open branches, as rows for a terminal and as a table for a notebook.

It has the columns and the summary below them, and loads pandas only for the notebook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reorg_lib.export.branch_impact import BranchImpact
from reorg_lib.views.tables.table import Table

if TYPE_CHECKING:
    from reorg_lib.views.tables.data_frame import Frame

IMPACT_COLUMNS = (
    "branch",
    "last commit",
    ">conflicts today",
    ">the move adds",
    ">of these by hand",
    "of which kind",
    ">files with old names",
    "update-branch.sh",
)


def impact_rows(impacts: Iterable[BranchImpact]) -> Iterator[tuple[str, ...]]:
    """Yield one row per commit to which branches point, in the order of `IMPACT_COLUMNS`."""
    for one in impacts:
        kinds = Counter(conflict.kind for conflict in one.added)
        counts = (one.today, one.added, one.by_hand, one.stale_files)
        numbers = [str(len(count)) if one.related else "" for count in counts]
        yield (
            ", ".join(one.names),
            one.date,
            *numbers[:3],
            ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())),
            numbers[3],
            one.remedy if one.related else "no common ancestor: cannot be merged",
        )


def impact_details(impacts: Sequence[BranchImpact], most: int = 0) -> Iterator[str]:
    """Yield what a person would have to do, a line each; at most `most` for a branch, 0 for all."""
    for one in impacts:
        lines = [f"  {conflict.path}: {conflict.kind}" for conflict in one.by_hand]
        lines += [
            f"  {place.path}{f':{place.line}' if place.line else ''}: {place.text}"
            for place in one.left
        ]
        if lines:
            yield f"{one.names[0]} needs a person's hand:"
            yield from lines[: most or None]
            if most and len(lines) > most:
                yield f"  and {len(lines) - most} more"


def impact_table(impacts: Sequence[BranchImpact]) -> Frame:
    """Return the same rows as a table, the branch with the most work first.

    Columns: `branch`, `last_commit`, `conflicts_today`, `added` (by the move), `by_hand` (of
    these), `kinds`, `old_names` (files that would silently keep one), `update_branch` (what
    `update-branch.sh` does about that), `places` (each that needs a person, a line each). Counts
    are -1 where there is no common ancestor.
    """
    from reorg_lib.views.tables.data_frame import Frame

    counts = ("conflicts_today", "added", "by_hand", "old_names")
    names = ("branch", "last_commit", *counts[:3], "kinds", counts[3], "update_branch", "places")
    rows = [
        (*row, "\n".join(line.strip() for line in list(impact_details([one]))[1:]))
        for one, row in zip(impacts, impact_rows(impacts), strict=True)
    ]
    filled = [
        tuple(
            int(cell or -1) if name in counts else cell
            for name, cell in zip(names, row, strict=True)
        )
        for row in rows
    ]
    return Frame.of(Table(names, filled, dict.fromkeys(counts, "int64")))
