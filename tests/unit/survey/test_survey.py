"""From a commit to a survey, on real repositories."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reorg_lib.errors import PackageNotFound
from reorg_lib.git import open_repository
from reorg_lib.model import Survey
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository, git

_SHOP = {
    "server/shop/__init__.py": "",
    "server/shop/domain/orders.py": "class Order: ...\n",
    "server/shop/infra/__init__.py": "",
    "server/shop/infra/db/engine.py": "from shop.domain.orders import Order\n",
    "server/shop/infra/web.py": "from .db import engine\nfrom . import web\n",
    "server/tests/infra/test_web.py": "def test():\n    import shop.infra.web\n",
}


def _survey(root: Path, package: str | None = None) -> Survey:
    return take_survey(open_repository(root), package)


def test_modules_edges_and_namespace_folders(make_repository: MakeRepository) -> None:
    survey = _survey(make_repository(_SHOP))
    assert (survey.package, survey.source_root) == ("shop.infra", "server")
    assert [(m.name, bool(m.blob), m.is_package) for m in survey.modules] == [
        ("shop", True, True),
        ("shop.domain", False, True),
        ("shop.domain.orders", True, False),
        ("shop.infra", True, True),
        ("shop.infra.db", False, True),
        ("shop.infra.db.engine", True, False),
        ("shop.infra.web", True, False),
        ("tests", False, True),
        ("tests.infra", False, True),
        ("tests.infra.test_web", True, False),
    ]
    assert survey.modules_by_name()["shop.infra.db"].path == "server/shop/infra/db"
    assert [str(edge) for edge in survey.edges] == [
        "shop.infra.db.engine -> shop.domain.orders (line 1, top-level)",
        "shop.infra.web -> shop.infra.db.engine (line 1, top-level)",
        "tests.infra.test_web -> shop.infra.web (line 2, function-level)",
    ]
    assert [c.module for c in survey.classifications] == [
        "shop.infra",
        "shop.infra.db",
        "shop.infra.db.engine",
        "shop.infra.web",
    ]
    assert survey.problems == ()


def test_the_same_commit_gives_the_same_survey(make_repository: MakeRepository) -> None:
    root = make_repository(_SHOP)
    assert _survey(root) == _survey(root, "shop.infra") == _survey(root, "server/shop/infra")


def test_only_what_is_committed_counts(make_repository: MakeRepository) -> None:
    root = make_repository(_SHOP)
    before = _survey(root)
    (root / "server/shop/infra/web.py").write_text("import broken(")
    (root / "server/shop/infra/new.py").write_text("")
    assert _survey(root) == before


def test_lines_are_counted_as_an_editor_does(make_repository: MakeRepository) -> None:
    files = {"app/infra/a.py": "", "app/infra/b.py": "x = 1", "app/infra/c.py": "x = 1\r\n\r\n"}
    survey = _survey(make_repository(files), "app.infra")
    lines = {m.name: m.lines for m in survey.modules if m.blob}
    assert lines == {"app.infra.a": 0, "app.infra.b": 1, "app.infra.c": 2}


def test_modules_that_no_import_can_name_are_there(make_repository: MakeRepository) -> None:
    files = {
        "app/infra/__init__.py": "",
        "app/infra/versions/0001_first.py": "from app.infra import db\n",
        "app/infra/db.py": "",
        "app/infra/one-off/run.py": "",
    }
    survey = _survey(make_repository(files), "app.infra")
    names = [m.name for m in survey.package_modules()]
    assert "app.infra.versions.0001_first" in names
    assert "app.infra.one-off.run" in names
    assert "app.infra.one-off" not in names, "no import reaches it, so it is no package"
    assert [e.importer for e in survey.edges] == ["app.infra.versions.0001_first"]


# ------------------------------------------------------------------------------------ problems


def test_what_cannot_be_read_is_a_row_and_the_rest_goes_on(
    make_repository: MakeRepository,
) -> None:
    root = make_repository(
        {
            "app/infra/__init__.py": "",
            "app/infra/good.py": "import app.infra.latin\n",
            "app/infra/latin.py": b"\nx = '\xe9'\n",
            "app/infra/torn.py": "import app.infra.good\ndef f(:\n",
            "app/infra/nul.py": b"x = 1\n\0",
            "app/infra/large.py": "#" * 5_000_001,
            "app/infra/both.py": "",
            "app/infra/both/__init__.py": "",
            "app/infra/stub.pyi": "import (",
            "picture.png": b"\x89PNG\0\0",
            "large.csv": "1,2\n" * 1_250_001,
        }
    )
    (root / "app/infra/link.py").symlink_to("good.py")
    (root / "elsewhere").symlink_to("/etc/hostname")
    git(root, "add", "-A")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},app/infra/vendored")
    git(root, "commit", "-q", "-m", "links")
    survey = _survey(root)
    said = {(p.path, p.line): p.message for p in survey.problems}
    assert {place: message.split(";")[0][:40] for place, message in said.items()} == {
        ("app/infra/both.py", 0): "is never imported: Python imports app.in",
        ("app/infra/large.py", 0): "has 5,000,001 bytes, more than 5,000,000",
        ("app/infra/latin.py", 2): "cannot be read: byte 0xe9 is not utf-8",
        ("app/infra/link.py", 0): "is a symbolic link and is not followed",
        ("app/infra/nul.py", 2): "contains a NUL byte, so it is no Python ",
        ("app/infra/torn.py", 2): "has a syntax error here",
        ("app/infra/vendored", 0): "is a submodule and is not read",
        ("elsewhere", 0): "is a symbolic link and is not followed",
        ("large.csv", 0): "has 5,000,004 bytes, more than 5,000,000",
    }
    assert all(message.count(";") for message in said.values()), "each says what to do"
    edges = {(e.importer, e.imported) for e in survey.edges}
    assert edges == {
        ("app.infra.good", "app.infra.latin"),
        ("app.infra.torn", "app.infra.good"),
    }


# --------------------------------------------------------------------------------------- scope


def _not_found(root: Path, package: str | None) -> str:
    with pytest.raises(PackageNotFound) as caught:
        _survey(root, package)
    return str(caught.value)


def test_the_folder_nearest_to_the_root_wins(make_repository: MakeRepository) -> None:
    root = make_repository({"deep/er/a/infra/x.py": "", "src/a/infra/x.py": ""})
    assert _survey(root, "a.infra").source_root == "src"


def test_several_folders_are_all_named(make_repository: MakeRepository) -> None:
    root = make_repository({"one/a/infra/x.py": "", "two/a/infra/x.py": ""})
    said = _not_found(root, "a.infra")
    assert "one/a/infra" in said and "two/a/infra" in said
    survey = _survey(root, "two/a/infra")
    assert survey.package_modules()[0].path.startswith("two/")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"app/x.py": ""}, "no tracked package is named"),
        ({"infra/readme.md": ""}, "no tracked package is named"),
        (
            {"a/infra/x.py": "import a.infra.x", "b/adapters/x.py": "import b.adapters.x"},
            "--package a.infra\n  --package b.adapters",
        ),
    ],
)
def test_without_a_name_exactly_one_usual_package_is_wanted(
    make_repository: MakeRepository, files: Mapping[str, str], said: str
) -> None:
    assert said in _not_found(make_repository(files), None)


def test_tests_and_inner_packages_do_not_compete(make_repository: MakeRepository) -> None:
    files = {
        "src/app/__init__.py": "",
        "src/app/infrastructure/__init__.py": "",
        "src/app/infrastructure/adapters/x.py": "",
        "tests/infrastructure/test_x.py": "",
    }
    survey = _survey(make_repository(files))
    assert (survey.package, survey.source_root) == ("app.infrastructure", "src")


def test_importers_decide_where_the_name_starts(make_repository: MakeRepository) -> None:
    files = {"src/app/infra/x.py": "", "src/run.py": "from app.infra import x\n"}
    survey = _survey(make_repository(files))
    assert (survey.package, survey.source_root) == ("app.infra", "src")


def test_importers_complete_a_short_name(make_repository: MakeRepository) -> None:
    files = {"src/app/infra/x.py": "", "src/run.py": "from app.infra import x\n"}
    assert _survey(make_repository(files), "infra").package == "app.infra"


@pytest.mark.parametrize("package", ["no.such", "app.infra.nothing", "not-a-name", "no/such"])
def test_a_package_that_is_not_there(make_repository: MakeRepository, package: str) -> None:
    said = _not_found(make_repository({"app/infra/x.py": ""}), package)
    assert package in said
    assert "give" in said.lower()


def test_a_folder_of_that_last_name_is_offered(make_repository: MakeRepository) -> None:
    root = make_repository({"app/infra/x.py": ""})
    assert "did you mean app/infra?" in _not_found(root, "shop.infra")


# ---------------------------------------------------------------------------------- references


def test_names_in_text_are_found_and_names_in_code_are_not(
    make_repository: MakeRepository,
) -> None:
    python = (
        "from app.infra.db import engine  # app.infra.db.engine.\n"
        'patch("app.infra.db.engine.make")\n'
        'other = "my.app.infra.db", "app.infrared", "app.infra_db"\n'
    )
    ini = "[loggers]\nkeys=app.infra.db\n# see src/app/infra/db/engine.py, ./src/app/infra/db/\n"
    root = make_repository(
        {
            "src/app/infra/__init__.py": "",
            "src/app/infra/db/__init__.py": "",
            "src/app/infra/db/engine.py": "",
            "src/app/run.py": python,
            "conf.ini": ini,
            "Dockerfile": "COPY app/infra/db/engine.py /srv/app/infra/gone.py\n",
            "binary": b"app.infra.db\0",
        }
    )
    survey = _survey(root)
    found = [(r.path, r.line, r.text, r.module.removeprefix("app.")) for r in survey.references]
    assert found == [
        ("Dockerfile", 1, "app/infra/db/engine.py", "infra.db.engine"),
        ("Dockerfile", 1, "app/infra", "infra"),
        ("conf.ini", 2, "app.infra.db", "infra.db"),
        ("conf.ini", 3, "src/app/infra/db/engine.py", "infra.db.engine"),
        ("conf.ini", 3, "src/app/infra/db", "infra.db"),
        ("src/app/run.py", 1, "app.infra.db.engine", "infra.db.engine"),
        ("src/app/run.py", 2, "app.infra.db.engine", "infra.db.engine"),
    ]
    for reference in survey.references:
        content = (root / reference.path).read_bytes()
        assert content[reference.start : reference.end].decode() == reference.text
