"""Modules that a call lists by a name that counts from a package."""

from __future__ import annotations

import pytest

from tests.unit.plan.hazards import OLD, hazards_of

_TABLE = "import lazy_loader as lazy\nx = lazy.attach(__name__, {})\n"
LAZY = [
    ("attribute", 'submodules=["fs"], submod_attrs={"db": ["f"]}', ["x.db"]),
    ("submodule that is renamed", 'submodules=["db"]', ["moved"]),
    ("nothing that moves", 'submodules=["fs"]', []),
]


@pytest.mark.parametrize(("given", "fixes"), [c[1:] for c in LAZY], ids=[c[0] for c in LAZY])
def test_a_table_of_lazy_modules(given: str, fixes: list[str]) -> None:
    target = "x/db.py" if fixes == ["x.db"] else "moved.py"
    moves = (f"{OLD}/db.py > {OLD}/{target}",)
    files = {f"{OLD}/__init__.py": _TABLE.format(given)}
    found = hazards_of("lazy-submodule", files, moves)
    assert [hazard.fix for hazard in found] == fixes
    assert all(hazard.severity.value == "block" for hazard in found)


def test_a_lazy_submodule_that_leaves_its_package_has_no_fix() -> None:
    files = {f"{OLD}/__init__.py": _TABLE.format('submodules=["db"]')}
    (found,) = hazards_of("lazy-submodule", files, (f"{OLD}/db.py > shop/db.py",))
    assert found.fix is None and "becomes shop.db" in found.why


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
