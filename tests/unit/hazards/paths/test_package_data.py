"""Where `package-data` is found, and where not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reorg_lib.hazards.find import find_hazards
from tests.unit.hazards.drawn import MOVES, OLD, PG, hazards_of, told
from tests.unit.plan.surveys import plan_of, survey_of

_ROWS = f"{OLD}/rows.json"


_IMPORTS = (
    "import importlib.resources, pkgutil, pkg_resources\n"
    "from importlib import resources\nfrom importlib.resources import files\n"
    "from jinja2 import PackageLoader\n"
)


READS = [
    'files("shop.infra.oci") / "job.json"',
    'files("shop.infra.oci").joinpath("job.json")',
    'importlib.resources.files("shop.infra.oci").joinpath("job.json")',
    'resources.open_text("shop.infra.oci", "job.json")',
    'importlib.resources.path("shop.infra.oci", "job.json")',
    'pkgutil.get_data("shop.infra.oci", "job.json")',
    'pkgutil.get_data("shop.infra.oci.di", "job.json")',
    'pkg_resources.resource_filename("shop.infra.oci", "job.json")',
    'PackageLoader("shop.infra.oci", "job.json")',
    'files("shop.infra.oci").iterdir()',
]


@pytest.mark.parametrize("code", READS)
def test_data_must_go_where_its_package_goes(code: str) -> None:
    job = "shop/infra/oci/job.json"
    files = {"shop/app.py": f"{_IMPORTS}x = {code}\n", job: "{}"}
    assert hazards_of("package-data", files) == ()  # the folder moves as a whole
    stays = (*MOVES, f"! {job} > shop/infra/runner/oci/job.json")
    found = hazards_of("package-data", files, stays)
    assert told(found) == [("shop/app.py:5", "block", None)]
    assert job in found[0].why and "shop/infra/runner/oci/" in found[0].why
    along = (*MOVES, f"{job} > shop/infra/runner/oci/job.json")
    assert hazards_of("package-data", files, along) == ()
    elsewhere = (*MOVES, f"{job} > shop/infra/runner/oci/jobs/job.json")
    assert len(hazards_of("package-data", files, elsewhere)) == 1


VALID = [
    ("package that stays", 'files("shop.infra.http") / "job.json"'),
    ("of others", 'files("certifi") / "job.json"'),
    ("computed", "files(name)"),
    ("another files", 'archive.files("shop.infra.oci")'),
]


@pytest.mark.parametrize("code", [c[1] for c in VALID], ids=[c[0] for c in VALID])
def test_reads_that_are_not_touched(code: str) -> None:
    files = {
        "shop/app.py": f"{_IMPORTS}x = {code}\n",
        "shop/infra/http/job.json": "",
        "shop/infra/oci/job.json": "",
    }
    assert hazards_of("package-data", files) == ()


def test_a_module_reads_from_its_own_package() -> None:
    code = f'{_IMPORTS}x = files(__package__) / "rows.json"\n'
    files = {f"{OLD}/db.py": code, _ROWS: ""}
    fix = '"shop.infra.old"'
    assert told(hazards_of("package-data", files)) == [(f"{OLD}/db.py:5", "block", fix)]
    along = (*MOVES, f"{_ROWS} > {PG}/setup/rows.json")
    assert hazards_of("package-data", files, along) == ()


def test_data_that_goes_to_one_other_package_is_read_from_there() -> None:
    job = "shop/infra/oci/job.json"
    files = {"shop/app.py": f'{_IMPORTS}x = files("shop.infra.oci") / "job.json"\n', job: "{}"}
    moved = (f"{OLD}/db.py > shop/infra/pg/db.py", f"{job} > shop/infra/pg/job.json")
    told_of = told(hazards_of("package-data", files, moved))
    assert told_of == [("shop/app.py:5", "block", '"shop.infra.pg"')]
    deeper = (*moved[:1], f"{job} > shop/infra/pg/jobs/job.json")
    assert told(hazards_of("package-data", files, deeper)) == [("shop/app.py:5", "block", None)]


def test_a_package_that_dissolves_holds_no_data() -> None:
    files = {"shop/app.py": f'{_IMPORTS}x = files("shop.infra.old") / "rows.json"\n', _ROWS: ""}
    assert hazards_of("package-data", files) == ()
    gone = (*MOVES, f"{_ROWS} > {PG}/setup/rows.json")
    assert hazards_of("package-data", files, gone) == ()
    assert told(hazards_of("lost-name", files, gone)) == [("shop/app.py:5", "block", None)]


def test_a_file_that_is_named_and_left() -> None:
    files = {f"{OLD}/db.py": 'x = open_beside("rows.json")\n', _ROWS: ""}
    assert told(hazards_of("package-data", files)) == [(f"{OLD}/db.py:1", "block", None)]
    in_words = {f"{OLD}/db.py": "# rows.json is read by others\n", _ROWS: ""}
    assert hazards_of("package-data", in_words) == ()


def test_a_package_outside_of_the_source_root_goes_to_a_folder_outside_of_it() -> None:
    files = {
        "src/shop/__init__.py": "",
        "tests/__init__.py": "",
        "tests/test_a.py": f'{_IMPORTS}x = files("tests.unit.data") / "x.txt"\n',
        "tests/unit/data/__init__.py": "",
        "tests/unit/data/x.txt": "",
    }
    here, there = "tests/unit/data", "tests/data"
    steps = (f"{here}/__init__.py > {there}/__init__.py", f"! {here}/x.txt > {there}/x.txt")
    contents = {path: text.encode() for path, text in files.items()}
    plan = plan_of(*steps, package="shop", source_root="src")
    survey = survey_of(files, package="shop", source_root="src")
    inside = tuple(m for m in survey.modules if m.path.startswith("src/"))
    outside = tuple(replace(m, name="") for m in survey.modules if m not in inside)
    survey = replace(survey, modules=inside, outside=outside)
    found = [h for h in find_hazards(survey, plan, contents) if h.kind == "package-data"]
    assert ["which will be tests/data/" in h.why for h in found] == [True]
