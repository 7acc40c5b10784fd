"""What the kinds of hazards read."""

from __future__ import annotations

import pytest

from reorg_lib.hazards.reading.parsed_file import Code


def _constant(source: str) -> str | None:
    code = Code("shop/m.py", source.encode())
    return code.literal(code.constant("P"))


@pytest.mark.parametrize(
    "source",
    [
        "P = 'a'",
        "P: str = 'a'",
        "P: str\nP = 'a'",
        "Q = P = 'a'",
        "f(P := 'a')",
        "class A:\n    P = 'a'",
        "P = 'a'\nf(P)\ndel P",
        "def f(x: dict[str, P]): pass\nP = 'a'",
    ],
)
def test_a_name_with_one_value_is_a_constant(source: str) -> None:
    assert _constant(source) == "a"


@pytest.mark.parametrize(
    "other",
    [
        "P = 'b'",
        "P += 'b'",
        "[P, x] = y",
        "*P, x = y",
        "import z as P",
        "from z import P",
        "import P.z",
        "with x as (P, c): pass",
        "for x, (P, c) in y: pass",
        "try: pass\nexcept E as P: pass",
        "[0 for P in y]",
        "def f(P): pass",
        "lambda *P: 0",
        "match x:\n case [P, *_]: pass",
        "type P = int",
        "class P: pass",
        "def f():\n    global P\n    P = 'b'",
    ],
)
def test_a_name_that_is_bound_twice_is_none(other: str) -> None:
    assert _constant(f"P = 'a'\n{other}\n") is None
