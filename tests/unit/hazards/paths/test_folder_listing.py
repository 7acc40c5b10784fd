"""Where `folder-listing` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told

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


@pytest.mark.parametrize(("path", "code"), [c[1:] for c in LISTINGS], ids=[c[0] for c in LISTINGS])
def test_a_folder_that_is_listed(path: str, code: str) -> None:
    found = hazards_of("folder-listing", {**_LATE, path: f"{_PATH}{code}\n"})
    assert told(found) == [(f"{path}:4", "block", None)]
    assert f"{OLD}/db.py" in found[0].why and "no longer" in found[0].why


@pytest.mark.parametrize("code", [c[1] for c in UNCHANGED], ids=[c[0] for c in UNCHANGED])
def test_a_listing_that_stays_the_same(code: str) -> None:
    files = {**_LATE, "shop/app.py": f"{_PATH}{code}\n"}
    assert hazards_of("folder-listing", files) == ()
