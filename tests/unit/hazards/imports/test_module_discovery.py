"""Where `module-discovery` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told


def test_a_listing_of_a_package_that_changes() -> None:
    here = "import pkgutil\nfor m in pkgutil.iter_modules(__path__):\n    pass\n"
    found = hazards_of("module-discovery", {f"{OLD}/__init__.py": here})
    assert told(found) == [(f"{OLD}/__init__.py:2", "block", None)]
    assert "shop.infra.old.db" in found[0].why and "no longer" in found[0].why
    there = "import pkgutil\nimport shop.infra.{0} as p\npkgutil.walk_packages(p.__path__, 'x.')\n"
    assert hazards_of("module-discovery", {"shop/app.py": there.format("old")})
    assert hazards_of("module-discovery", {"shop/app.py": there.format("oci")}) == ()
    assert hazards_of("module-discovery", {"shop/infra/http/__init__.py": here}) == ()
    whole = "import pkgutil, shop\npkgutil.walk_packages(shop.__path__, 'shop.')\n"
    assert hazards_of("module-discovery", {"shop/app.py": whole}) == ()
    come = (f"{OLD}/fs.py > shop/infra/http/fs.py",)
    (new,) = hazards_of("module-discovery", {"shop/infra/http/__init__.py": here}, come)
    assert "shop.infra.old.fs as well" in new.why


_LATE = {f"{OLD}/late.py": ""}


_LOADS = "def load(package):\n    return pkgutil.iter_modules(package.__path__)"


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("import shop.infra.old as o\np = o.__path__\npkgutil.iter_modules(p)", True),
        ("pkgutil.iter_modules(importlib.import_module('shop.infra.old').__path__)", True),
        ("pkgutil.iter_modules(['shop/infra/old'])", True),
        (f"{_LOADS}\nload(shop.infra.old)", True),
        (f"from shop.infra import old\n{_LOADS}\nload(old)", True),
        (f"{_LOADS}\nload(os.path.join(HERE, 'old'))", True),
        ("pkgutil.iter_modules(['shop/infra/http'])", False),
        ("pkgutil.walk_packages([path], 'shop.')", False),
        ("pkgutil.iter_modules()", False),
    ],
)
def test_a_listing_of_modules_in_other_words(code: str, is_found: bool) -> None:
    found = hazards_of("module-discovery", {**_LATE, "shop/app.py": f"import pkgutil\n{code}\n"})
    assert [h.severity.value for h in found] == ["block"] * is_found


@pytest.mark.parametrize(
    ("other", "severity"),
    [
        ("from shop.app import load\nimport shop.infra.old\nload(shop.infra.old)\n", "block"),
        ("PACKAGES = ['shop.infra.old']\n", "block"),
        ("from shop.app import load\nimport shop.infra.http\nload(shop.infra.http)\n", "note"),
        ("import shop.infra.old\n", "note"),
    ],
)
def test_a_listing_of_a_package_that_cannot_be_read_off(other: str, severity: str) -> None:
    files = {**_LATE, "shop/app.py": f"import pkgutil\n{_LOADS}\n", "shop/use.py": other}
    assert [h.severity.value for h in hazards_of("module-discovery", files)] == [severity]
