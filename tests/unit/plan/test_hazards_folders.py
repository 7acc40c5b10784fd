"""Files that are found because they lie where they lie: beside, or in a folder that is listed."""

from __future__ import annotations

import pytest

from tests.unit.plan.hazards import MOVES, OLD, hazards_of, told

_PATH = "import os, glob\nfrom pathlib import Path\nfrom importlib.resources import files\n"
LISTINGS = [
    ("glob of a literal", "shop/app.py", f'Path("{OLD}").glob("*.py")'),
    ("glob.glob", "shop/app.py", f'glob.glob("{OLD}/*.py")'),
    ("glob of a join", "shop/app.py", f'glob.glob(os.path.join("{OLD}", "*.py"))'),
    ("iterdir", "shop/app.py", f'Path("{OLD}").iterdir()'),
    ("listdir", "shop/app.py", f'os.listdir("{OLD}")'),
    ("by a name", "shop/app.py", f'HERE = Path("{OLD}"); list(HERE.glob("*.py"))'),
    ("from __file__", "shop/app.py", '(Path(__file__).parent / "infra" / "old").glob("*.py")'),
    ("beside", f"{OLD}/__init__.py", 'Path(__file__).parent.glob("*.py")'),
    ("dirname", f"{OLD}/__init__.py", "os.listdir(os.path.dirname(__file__))"),
    ("files", "shop/app.py", 'files("shop.infra.old").iterdir()'),
    ("__path__", "shop/app.py", "import shop.infra.old as o; os.listdir(o.__path__[0])"),
    ("joinpath", "shop/app.py", 'Path("shop").joinpath("infra", "old").glob("d*.py")'),
]
UNCHANGED = [
    ("other names", f'Path("{OLD}").glob("*.json")'),
    ("a name that stays", f'Path("{OLD}").glob("late*.py")'),
    ("folder that stays", 'os.listdir("shop/infra/http")'),
    ("folder that moves whole", 'Path("shop/infra/oci").glob("*.py")'),
    ("all below", 'Path("shop").rglob("*.py")'),
    ("all of them", 'Path(__file__).parent.parent.rglob("*.py")'),
    ("unknown", "Path(where).glob('*.py')"),
    ("comment", f"# os.listdir('{OLD}')"),
]
_LATE = {f"{OLD}/late.py": ""}
_LOADS = "def load(package):\n    return pkgutil.iter_modules(package.__path__)"


@pytest.mark.parametrize(("path", "code"), [c[1:] for c in LISTINGS], ids=[c[0] for c in LISTINGS])
def test_a_folder_that_is_listed(path: str, code: str) -> None:
    found = hazards_of("folder-listing", {**_LATE, path: f"{_PATH}{code}\n"})
    assert told(found) == [(f"{path}:4", "block", None)]
    assert f"{OLD}/db.py" in found[0].why and "no longer" in found[0].why


@pytest.mark.parametrize("code", [c[1] for c in UNCHANGED], ids=[c[0] for c in UNCHANGED])
def test_a_listing_that_stays_the_same(code: str) -> None:
    files = {**_LATE, "shop/app.py": f"{_PATH}{code}\n"}
    assert hazards_of("folder-listing", files) == ()


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


SIBLINGS = [
    ("script", "import db\n\nif __name__ == '__main__': ...\n", "block"),
    ("what it defines", "from db import make\n", "block"),
    ("perhaps a library", "import db\n", "note"),
]


@pytest.mark.parametrize(
    ("code", "severity"), [c[1:] for c in SIBLINGS], ids=[c[0] for c in SIBLINGS]
)
def test_a_file_that_is_imported_because_it_lies_beside(code: str, severity: str) -> None:
    files = {f"{OLD}/db.py": "def make(): ...\n", f"{OLD}/late.py": code}
    assert told(hazards_of("sibling-import", files)) == [(f"{OLD}/late.py:1", severity, None)]
    together = (*MOVES, f"{OLD}/late.py > shop/infra/pg/setup/late.py")
    assert hazards_of("sibling-import", files, together) == ()


def test_a_file_that_settings_run_by_its_path() -> None:
    files = {f"{OLD}/late.py": "import db\n", "Makefile": f"all:\n\tpython {OLD}/late.py\n"}
    assert [h.severity.value for h in hazards_of("sibling-import", files)] == ["block"]


def test_a_library_or_a_module_of_that_name_is_no_sibling() -> None:
    for code in ("import json\n", "import shop\n", "from . import db\n", "import redis\n"):
        files = {f"{OLD}/json.py": "", f"{OLD}/late.py": code}
        assert hazards_of("sibling-import", files) == ()
