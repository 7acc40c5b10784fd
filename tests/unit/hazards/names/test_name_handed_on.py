"""Where `name-handed-on` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, PG, hazards_of


def test_a_swap_and_a_chain_are_one_note() -> None:
    a, b, c = (f"{OLD}/{name}.py" for name in ("db", "fs", "tables"))
    (swap,) = hazards_of("name-handed-on", {}, (f"{a} > {b}", f"{b} > {a}"))
    assert swap.severity.value == "note" and f"{b} (now {a}), {a} (now {b})" in swap.why
    (chain,) = hazards_of("name-handed-on", {}, (f"{a} > {b}", f"{b} > {c}", f"{c} > {PG}/x.py"))
    assert f"{b} (now {a}), {c} (now {b})" in chain.why
    assert hazards_of("name-handed-on", {}) == ()
