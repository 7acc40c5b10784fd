"""Where `joined-path` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, PG, hazards_of, told

_IMPORTS = "import os\nfrom pathlib import Path\nHERE = Path(__file__).parent; SRC = 'shop/infra'\n"


DB = f"{PG}/setup/db.py"


JOINED = [
    (
        "join",
        f'os.path.join(here, "{OLD}", "db.py")',
        '"shop", "infra", "pg", "setup", "db.py"',
    ),
    (
        "pieces",
        'os.path.join("shop", "infra", "old", "db.py")',
        '"shop", "infra", "pg", "setup", "db.py"',
    ),
    (
        "unknown base",
        "join(root, 'shop', 'infra', 'old', 'db.py')",
        "'shop', 'infra', 'pg', 'setup', 'db.py'",
    ),
    ("slash", 'Path("shop/infra") / "old" / "db.py"', '"pg" / "setup" / "db.py"'),
    (
        "joinpath",
        'Path("shop").joinpath("infra", "old", "db.py")',
        '"infra", "pg", "setup", "db.py"',
    ),
    ("by a name", 'HERE / "infra" / "old" / "db.py"', '"infra" / "pg" / "setup" / "db.py"'),
    (
        "own function",
        'read("shop", "infra", "old", "db.py")',
        '"shop", "infra", "pg", "setup", "db.py"',
    ),
    ("plus", 'SRC + "/old/db.py"', '"/pg/setup/db.py"'),
    ("f-string", 'f"{SRC}/old/db.py"', "/pg/setup/db.py"),
    ("whole path in two", 'os.path.join("shop/infra", "old/db.py")', None),
    ("folder dissolves", f'Path("{OLD}") / "db.py"', None),
    ("cwd", 'run(["python", "old/db.py"], cwd="shop/infra")', '"pg/setup/db.py"'),
]


NOT_JOINED = [
    ("of a test", 'tmp_path / "db.py"'),
    ("stays", 'os.path.join("shop", "infra", "http", "client.py")'),
    ("another folder", 'os.path.join("vendor", "old", "db.py")'),
    ("moves whole", 'Path("shop/infra/oci") / "di.py"'),
    ("not the last", 'os.path.join("shop", "db.py", "x")'),
    ("in one text", 'Path("shop/infra/old/db.py")'),
    ("its own text", 'f"{HERE}/infra/old/db.py"'),
    ("a package's", 'files("shop.infra.oci") / "di.py"'),
]


@pytest.mark.parametrize(("code", "fix"), [c[1:] for c in JOINED], ids=[c[0] for c in JOINED])
def test_a_path_that_code_joins(code: str, fix: str | None) -> None:
    found = hazards_of("joined-path", {"shop/app.py": f"{_IMPORTS}x = {code}\n"})
    assert told(found) == [("shop/app.py:4", "block", fix)]
    assert f"{OLD}/db.py" in found[0].why and DB in found[0].why


@pytest.mark.parametrize("code", [c[1] for c in NOT_JOINED], ids=[c[0] for c in NOT_JOINED])
def test_a_path_that_leads_elsewhere(code: str) -> None:
    assert hazards_of("joined-path", {"shop/app.py": f"{_IMPORTS}x = {code}\n"}) == ()


def test_a_joined_folder() -> None:
    code = f'{_IMPORTS}x = os.path.join("shop", "infra", "oci")\n'
    found = hazards_of("joined-path", {"shop/app.py": code})
    fix = '"shop", "infra", "runner", "oci"'
    assert told(found) == [("shop/app.py:4", "block", fix)]
    other = code.replace("oci", "http")
    assert hazards_of("joined-path", {"shop/app.py": other}) == ()
    dissolved = code.replace("oci", "old")
    assert [h.fix for h in hazards_of("joined-path", {"shop/app.py": dissolved})] == [None]


def test_a_file_beside_by_its_name() -> None:
    files = {f"{OLD}/run.py": f'{_IMPORTS}x = Path(__file__).with_name("db.py")\n'}
    (renamed,) = hazards_of("joined-path", files, (f"{OLD}/db.py > {OLD}/engine.py",))
    assert renamed.fix == '"engine.py"'
    (moved,) = hazards_of("joined-path", files, (f"{OLD}/db.py > {PG}/db.py",))
    assert moved.fix is None


def test_a_path_beside_two_modules_that_move_together() -> None:
    files = {
        "shop/infra/oci/di.py": f'{_IMPORTS}x = HERE / "late.py"\n',
        "shop/infra/oci/late.py": "",
    }
    whole = (
        "shop/infra/oci/di.py > shop/infra/run/di.py",
        "shop/infra/oci/late.py > shop/infra/run/late.py",
    )
    assert hazards_of("joined-path", files, whole) == ()
    assert told(hazards_of("joined-path", files, whole[:1])) == []
    (left,) = hazards_of("joined-path", files, whole[1:])
    assert left.fix is None and "shop/infra/run/late.py" in left.why
