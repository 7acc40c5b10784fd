"""Where `package-scanned` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, PG, hazards_of, told

LEAVES = (f"{OLD}/db.py > {PG}/db.py",)


def test_a_package_that_is_scanned() -> None:
    for code in ('config.scan("shop.infra.old")', 'c.wire(packages=["shop.infra.old"])'):
        found = hazards_of("package-scanned", {"shop/app.py": code + "\n"}, LEAVES)
        assert told(found) == [("shop/app.py:1", "block", None)]
    assert hazards_of("package-scanned", {"shop/app.py": 'scan("shop.infra.http")\n'}, LEAVES) == ()
