"""Paths and names that stand nowhere as a whole: joined in code, or read from a folder."""

from __future__ import annotations

import pytest

from tests.unit.plan.hazards import OLD, PG, hazards_of, told

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


SETTINGS = [
    (
        "workdir",
        "Dockerfile",
        'WORKDIR /app/shop/infra/old\nCMD ["python", "db.py"]',
        "../pg/setup/db.py",
    ),
    ("cd", "Makefile", "run:\n\tcd shop/infra && python old/db.py", "pg/setup/db.py"),
    ("ci", "ci.yml", "working-directory: ./shop/infra\nrun: python old/db.py", "pg/setup/db.py"),
    (
        "vs code",
        "launch.json",
        '{"cwd": "${workspaceFolder}/shop/infra",\n"program": "old/db.py"}',
        "pg/setup/db.py",
    ),
]
NO_SETTINGS = [
    ("elsewhere", "Dockerfile", 'WORKDIR /app/vendor\nCMD ["python", "db.py"]'),
    ("before it", "Makefile", "run:\n\tpython db.py\n\tcd shop/infra/old"),
    ("remark", "Makefile", "# cd shop/infra/old && python db.py"),
    ("stays", "Makefile", "\tcd shop/infra/http && python client.py"),
    ("prose", "README.md", "cd shop/infra/old && python db.py"),
]


@pytest.mark.parametrize(
    ("path", "text", "fix"), [c[1:] for c in SETTINGS], ids=[c[0] for c in SETTINGS]
)
def test_a_file_that_is_named_from_a_folder(path: str, text: str, fix: str) -> None:
    (found,) = hazards_of("path-from-folder", {path: text + "\n"})
    assert (found.severity.value, found.fix) == ("block", fix)


@pytest.mark.parametrize(
    ("path", "text"), [c[1:] for c in NO_SETTINGS], ids=[c[0] for c in NO_SETTINGS]
)
def test_a_file_that_is_not_named_from_there(path: str, text: str) -> None:
    assert hazards_of("path-from-folder", {path: text + "\n"}) == ()


def test_a_module_that_is_run_from_a_folder() -> None:
    text = "WORKDIR /app/shop/infra/old\nCMD gunicorn db:app\n"
    (found,) = hazards_of("path-from-folder", {"Dockerfile": text})
    assert (found.line, found.fix) == (2, None)
    assert hazards_of("path-from-folder", {"Dockerfile": text.replace("db:", "fs2:")}) == ()


def test_a_settings_file_beside_the_module() -> None:
    build = {f"{OLD}/BUILD": 'py_library(srcs = ["db.py"])\n', f"{PG}/setup/BUILD": ""}
    assert told(hazards_of("named-beside", build)) == [(f"{OLD}/BUILD:1", "block", None)]
    assert hazards_of("named-beside", {"shop/BUILD": 'srcs = ["db.py"]\n'}) == ()
    assert hazards_of("named-beside", {f"{OLD}/README.md": "db.py"}) == ()


def test_a_new_folder_without_a_build_file() -> None:
    (found,) = hazards_of("no-build-file", {f"{OLD}/BUILD": "python_sources()\n"})
    assert found.path == f"{OLD}/BUILD" and DB in found.why
    everywhere = {
        f"{folder}/BUILD": "" for folder in (OLD, f"{PG}/setup", PG, "shop/infra/storage")
    }
    assert hazards_of("no-build-file", everywhere) == ()


VARIABLES = [
    ("make", "Makefile", "SRC = shop/infra\nrun:\n\tpython $(SRC)/old/db.py", "/pg/setup/db.py"),
    ("module", "run.sh", "PKG=shop.infra\npython -m $PKG.old.db", ".pg.setup.db"),
    ("braces", "run.sh", 'DIR="shop"\npython "${DIR}/infra/old/db.py"', "/infra/pg/setup/db.py"),
    ("docker", "Dockerfile", "ENV SRC shop/infra\nCMD python $SRC/old/db.py", "/pg/setup/db.py"),
]
NO_VARIABLES = [
    ("stays", "Makefile", "SRC = shop/infra\nrun:\n\tpython $(SRC)/http/client.py"),
    ("two values", "Makefile", "SRC = shop/infra\nSRC = x\nrun:\n\tpython $(SRC)/old/db.py"),
    ("of others", "Makefile", "SRC = vendor\nrun:\n\tpython $(SRC)/old/db.py"),
    ("remark", "Makefile", "SRC = shop/infra\n# python $(SRC)/old/db.py"),
]


@pytest.mark.parametrize(
    ("path", "text", "fix"), [c[1:] for c in VARIABLES], ids=[c[0] for c in VARIABLES]
)
def test_a_path_behind_a_variable(path: str, text: str, fix: str) -> None:
    (found,) = hazards_of("path-by-variable", {path: text + "\n"})
    assert (found.severity.value, found.fix) == ("block", fix)


@pytest.mark.parametrize(
    ("path", "text"), [c[1:] for c in NO_VARIABLES], ids=[c[0] for c in NO_VARIABLES]
)
def test_a_path_behind_a_variable_that_stays(path: str, text: str) -> None:
    assert hazards_of("path-by-variable", {path: text + "\n"}) == ()


def test_a_loop_over_modules() -> None:
    loop = "for m in db other; do python -m shop.infra.old.$m; done\n"
    assert told(hazards_of("path-by-variable", {"run.sh": loop})) == [("run.sh:1", "block", None)]
    files = "for m in db other; do python shop/infra/old/$m.py; done\n"
    assert told(hazards_of("path-by-variable", {"run.sh": files})) == [("run.sh:1", "block", None)]
    whole = "for m in di; do python -m shop.infra.oci.$m; done\n"
    assert hazards_of("path-by-variable", {"run.sh": whole}) == ()
