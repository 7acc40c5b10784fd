"""A file whose new name differs in upper and lower case only.

On a case-insensitive file system both names are one file, so existing checkouts can keep the old
spelling after an update. Clone the repository again there, or choose a different name.

Noted:
    shop/Log.py
    move shop/Log.py to shop/log.py

Safe:
    shop/Log.py
    move shop/Log.py to shop/logs.py
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, listed, note
from reorg_lib.model import Hazard

KIND = "case-rename"


def find(context: HazardContext) -> Iterator[Hazard]:
    found = [
        (m.source, m.target)
        for m in context.plan.approved().moves
        if m.source != m.target and m.source.casefold() == m.target.casefold()
    ]
    if found:
        pairs = listed(f"{s} to {posixpath.basename(t)}" for s, t in sorted(found))
        yield note(
            KIND,
            min(found)[0],
            1,
            f"only the case changes: {pairs}; checkouts on a case-insensitive file system may "
            "keep the old spelling until they are made anew",
        )
