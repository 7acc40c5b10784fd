"""Where `lazy-submodule` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of

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
