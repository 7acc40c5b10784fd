"""The colours and outlines of technologies, the same in every picture.

This is the palette: the first eight fills are Paul Tol's "light" scheme
(https://sronpersonalpages.nl/~pault/), made for areas behind black text and distinguishable with
the common forms of colour blindness. Eight more of the same lightness follow; each technology from
the ninth on also has more outlines, so that it differs from the first eight without its colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reorg_lib.model import Survey

_FILLS = (
    "#77aadd",
    "#ee8866",
    "#eedd88",
    "#ffaabb",
    "#44bb99",
    "#bbcc33",
    "#99ddff",
    "#aaaa00",
    "#b39ddb",
    "#ee77bb",
    "#aaee99",
    "#77aa55",
    "#66dddd",
    "#ccaa88",
    "#cc77ff",
    "#ffcc55",
)
_FRAMES = 8
"""So many technologies have the same number of outlines."""


@dataclass(frozen=True, slots=True)
class TechnologyColour:
    """How a technology is drawn: a fill and a number of outlines."""

    fill: str
    outlines: int = 1


NO_TECHNOLOGY = TechnologyColour("#eeeeee")


def technology_colours(survey: Survey) -> Mapping[str, TechnologyColour]:
    """Return technology → colour, the most frequent first; each has its own fill or outlines."""
    counts = Counter(c.technology for c in survey.classifications if c.technology)
    ordered = sorted(counts, key=lambda technology: (-counts[technology], technology))
    return {
        technology: TechnologyColour(_FILLS[n % len(_FILLS)], 1 + n // _FRAMES)
        for n, technology in enumerate(ordered)
    }
