"""Drawings as PNG: their size, the same bytes each time, letters from the font that is shipped."""

from __future__ import annotations

import struct

import pytest

from reorg_lib.views.png import png_of

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
    '<text x="5" y="30" font-family="Helvetica">{text}</text></svg>'
)


def test_a_drawing_is_900_pixels_wide_and_keeps_its_shape() -> None:
    png = png_of(_SVG.format(text="di.py"))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (900, 450)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert png_of(_SVG.format(text="di.py")) == png_of(_SVG.format(text="di.py"))


@pytest.mark.parametrize("text", ["a", "é", "д", "λ", "→", "…"])
def test_letters_are_drawn_whatever_fonts_the_machine_has(text: str) -> None:
    assert png_of(_SVG.format(text=text)) != png_of(_SVG.format(text=""))


def test_what_is_no_drawing_is_an_error() -> None:
    with pytest.raises(ValueError):
        png_of("no drawing")
