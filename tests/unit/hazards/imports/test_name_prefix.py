"""Where `name-prefix` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, PG, hazards_of, told

LEAVES = (f"{OLD}/db.py > {PG}/db.py",)


PREFIXES = [
    (
        "class",
        'c.__module__.startswith("shop.infra.old")',
        '("shop.infra.old", "shop.infra.pg.db")',
    ),
    ("name", 'n.startswith("shop.infra.old.")', '("shop.infra.old.", "shop.infra.pg.db")'),
    ("tuple", 'n.startswith(("x", "shop.infra.old."))', None),
    ("pattern", 'fnmatch(n, "shop.infra.old.*")', None),
    ("expression", r're.match(r"shop\.infra\.old\.", n)', None),
]


NO_PREFIXES = [
    ("package that stays whole", 'n.startswith("shop.infra.http")'),
    ("all of ours", 'n.startswith("shop")'),
    ("no package", 'n.startswith("shop.infra.olden")'),
]


@pytest.mark.parametrize(("code", "fix"), [c[1:] for c in PREFIXES], ids=[c[0] for c in PREFIXES])
def test_modules_chosen_by_the_beginning_of_their_names(code: str, fix: str | None) -> None:
    files = {"shop/app.py": f"x = {code}\n"}
    found = hazards_of("name-prefix", files, LEAVES)
    assert told(found) == [("shop/app.py:1", "block", fix)]
    assert "no longer shop.infra.old.db" in found[0].why


@pytest.mark.parametrize("code", [c[1] for c in NO_PREFIXES], ids=[c[0] for c in NO_PREFIXES])
def test_beginnings_that_mean_the_same(code: str) -> None:
    assert hazards_of("name-prefix", {"shop/app.py": f"x = {code}\n"}, LEAVES) == ()
