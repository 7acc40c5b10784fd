"""A module that takes over the path of another module that moves as well.

After a swap or a chain of moves the old name still imports, and it is another module. Branches and
notes that use the old name do not fail and reach the wrong one. Tell the people who work on them.

Noted:
    shop/db.py, shop/fs.py
    move shop/db.py to shop/fs.py
    move shop/fs.py to shop/files.py

Safe:
    shop/db.py, shop/fs.py
    move shop/db.py to shop/pg.py
    move shop/fs.py to shop/files.py
"""

from __future__ import annotations

from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, listed, note
from reorg_lib.model import Hazard

KIND = "name-handed-on"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Swaps and chains, reported once."""
    moves = {m.source: m.target for m in context.plan.approved().moves if m.target.endswith(".py")}
    taken = [(s, t) for s, t in moves.items() if t in moves and s.casefold() != t.casefold()]
    if taken:
        pairs = listed(f"{t} (now {s})" for s, t in sorted(taken))
        yield note(
            KIND,
            min(taken)[0],
            1,
            f"another module takes over a path that stays in use: {pairs}; branches and notes that "
            "use the old name still import something, and it is the other module",
        )
