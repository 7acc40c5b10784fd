"""The places of the live graph: nothing overlaps, nothing leaves its package, what stays stays."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise
from time import process_time

import pytest

from reorg_lib.views.graph.layout import Box, GraphLayout, lay_out, lay_out_both

BEFORE = {
    "log": "log.py",
    **{f"db.m{n}": f"db/m{n}.py" for n in range(14)},
    **{f"db.rows.r{n}": f"db/rows/r{n}.py" for n in range(5)},
    **{f"auth.a{n}": f"auth/a{n}.py" for n in range(3)},
    **{f"http.h{n}": f"http/h{n}.py" for n in range(4)},
    "s3.client": "s3/client.py",
}
AFTER = {
    **BEFORE,
    **{f"db.m{n}": f"postgres/query/m{n}.py" for n in range(6, 14)},
    **{f"db.rows.r{n}": f"postgres/repository/mappers/r{n}.py" for n in range(5)},
    "s3.client": "storage/s3/client.py",
}


def within(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width + 0.01
        and inner.y + inner.height <= outer.y + outer.height + 0.01
    )


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x + 0.01
        or other.x + other.width <= one.x + 0.01
        or one.y + one.height <= other.y + 0.01
        or other.y + other.height <= one.y + 0.01
    )


def check(layout: GraphLayout, there: Mapping[str, str]) -> None:
    """Everything is in its package and nothing lies on anything else."""
    assert layout.modules.keys() == there.keys()
    for module, path in there.items():
        package = path.rpartition("/")[0]
        assert within(layout.modules[module], layout.packages[f"{package}/" if package else ""])
    assert all(apart(*pair) for pair in combinations(layout.modules.values(), 2))
    for path, box in layout.packages.items():
        assert within(box, layout.packages[""])
        for other, beside in layout.packages.items():
            nested = path.startswith(other) or other.startswith(path)
            assert nested or apart(box, beside), (path, other)
        for module, file in there.items():
            assert file.startswith(path) or apart(box, layout.modules[module]), (path, module)


def moved(one: GraphLayout, other: GraphLayout) -> set[str]:
    both = one.modules.keys() & other.modules.keys()
    return {module for module in both if one.modules[module] != other.modules[module]}


def test_both_moments_are_whole() -> None:
    before, after = lay_out_both(BEFORE, AFTER)
    check(before, BEFORE)
    check(after, AFTER)
    assert before.width == after.width


def test_what_stays_in_its_package_has_one_place_at_both_moments() -> None:
    before, after = lay_out_both(BEFORE, AFTER)
    assert moved(before, after) == {m for m in BEFORE if BEFORE[m] != AFTER[m]}


@pytest.mark.parametrize(
    ("module", "to"),
    [
        ("db.m3", "postgres/query/m3.py"),
        ("auth.a0", "a0.py"),
        ("auth.a1", "idp/a1.py"),
        ("log", "http/log.py"),
        ("http.h1", "db/h1.py"),
    ],
)
def test_one_module_more_elsewhere_moves_only_what_lies_below_it(module: str, to: str) -> None:
    _, after = lay_out_both(BEFORE, AFTER)
    there = {**AFTER, module: to}
    again = lay_out(there, after.style, keep=after)
    check(again, there)
    others = moved(after, again) - {module}
    # A package that grew by one row may push down what lies under its end, and nothing else.
    for other in others:
        old, new = after.modules[other], again.modules[other]
        assert (new.x, new.width) == (old.x, old.width)
        assert 0 < new.y - old.y < 60
        assert old.y > again.modules[module].y - 60
    assert len(others) < len(AFTER) / 2


def test_there_and_back_again() -> None:
    _, after = lay_out_both(BEFORE, AFTER)
    away = lay_out({**AFTER, "auth.a2": "storage/a2.py"}, after.style, keep=after)
    back = lay_out(AFTER, after.style, keep=away)
    check(back, AFTER)
    assert back.modules["auth.a2"].x == after.modules["auth.a2"].x
    assert back.slots == after.slots


def test_the_place_of_one_that_left_stays_free_for_the_next() -> None:
    _, after = lay_out_both(BEFORE, AFTER)
    away = lay_out({**AFTER, "http.h0": "fresh/h0.py"}, after.style, keep=after)
    assert moved(after, away) == {"http.h0"}
    filled = lay_out({**AFTER, "http.h0": "fresh/h0.py", "log": "http/log.py"}, after.style, away)
    assert filled.modules["log"] == after.modules["http.h0"]


def test_order_of_the_names_given_does_not_matter() -> None:
    shuffled = dict(reversed(AFTER.items()))
    assert lay_out_both(BEFORE, AFTER)[1] == lay_out_both(BEFORE, shuffled)[1]


def test_nothing_to_draw_is_drawn() -> None:
    before, after = lay_out_both({}, {})
    assert before.packages.keys() == after.packages.keys() == {""}


def test_hundreds_of_modules_are_packed_tightly() -> None:
    many = {f"p{n % 25}.m{n}": f"p{n % 25}/q{n % 3}/m{n}.py" for n in range(600)}
    _, after = lay_out_both(many, many)
    boxes = sum(box.width * box.height for box in after.modules.values())
    assert boxes > 0.4 * after.width * after.height
    assert 0.5 < after.width / after.height < 1.6


def test_a_thousand_packages_beside_each_other_do_not_take_minutes() -> None:
    many = {f"m{n}": f"top/p{n % 1000}/m{n}.py" for n in range(4000)}
    start = process_time()
    _, after = lay_out_both(many, many)
    assert process_time() - start < 5
    packages = [after.packages[f"top/p{n}/"] for n in range(1000)]
    near = sorted(packages, key=lambda box: (box.x, box.y))
    assert all(apart(one, other) for one, other in pairwise(near))
