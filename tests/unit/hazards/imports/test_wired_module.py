"""Where `wired-module` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, hazards_of


def test_wiring_that_counts_from_a_package() -> None:
    moves = (f"{OLD}/db.py > shop/infra/pg/db.py",)
    text = 'c.wire(modules=[".db", ".fs", "shop.app"], from_package="shop.infra.old")\n'
    (found,) = hazards_of("wired-module", {"shop/app.py": text}, moves)
    assert found.fix == "..pg.db"
    whole = 'c.wire(packages=["shop.infra.old"])\n'
    (found,) = hazards_of("wired-module", {"shop/app.py": whole}, moves)
    assert found.fix == ', "shop.infra.pg.db"' and "name what leaves" in found.why
    assert whole[: found.start].endswith('"shop.infra.old"') and found.start == found.end
    named = "from shop.infra import old\nc.wire(packages=[old, ])\n"
    files = {"shop/app.py": named}
    (found,) = hazards_of("wired-module", files, moves)
    assert named[: found.start].endswith("[old") and found.fix == ', "shop.infra.pg.db"'
    assert hazards_of("package-passed-on", files, moves) == ()
    assert hazards_of("wired-module", {"shop/app.py": 'c.wire(packages=["shop"])\n'}, moves) == ()
