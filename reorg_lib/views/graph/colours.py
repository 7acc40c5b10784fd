"""How technologies look, in every picture alike.

Owns the palette: fills are Paul Tol's "light" scheme (https://sronpersonalpages.nl/~pault/), made
for areas behind black text and told apart with the common forms of colour blindness.
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
)


@dataclass(frozen=True, slots=True)
class TechnologyColour:
    """How a technology is drawn: a fill, and how many outlines stand around it."""

    fill: str
    outlines: int = 1


NO_TECHNOLOGY = TechnologyColour("#eeeeee")


def technology_colours(survey: Survey) -> Mapping[str, TechnologyColour]:
    """Return technology → look, the most frequent first; after eight fills, outlines tell apart."""
    counts = Counter(c.technology for c in survey.classifications if c.technology)
    ordered = sorted(counts, key=lambda technology: (-counts[technology], technology))
    return {
        technology: TechnologyColour(_FILLS[n % len(_FILLS)], 1 + n // len(_FILLS))
        for n, technology in enumerate(ordered)
    }
