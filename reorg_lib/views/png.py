"""An SVG drawing as a PNG, for places that show no SVG.

Owns the one font that it is drawn with, which is shipped, so that the same drawing gives the same
bytes on every machine. Must not know what is drawn.
"""

from __future__ import annotations

from pathlib import Path

import resvg_py

_FONT = Path(__file__).with_name("static") / "font" / "DejaVuSansCondensed.ttf"
_FAMILY = "DejaVu Sans Condensed"
_WIDTH = 900
"""Pixels: the column of a page that shows notebooks."""


def png_of(svg: str) -> bytes:
    """Return `svg` drawn on white, 900 pixels wide; letters that the font lacks stay blank.

    Raises:
        ValueError: `svg` is no SVG.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=_WIDTH,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(_FONT)],
            font_family=_FAMILY,
            serif_family=_FAMILY,
            sans_serif_family=_FAMILY,
        )
    )
