"""What is found by its folder, its file name, or the package that it is in."""

from __future__ import annotations

import tomllib

import pytest

from reorg_lib.plan.hazard_kinds.found_by_place import PLACES
from tests.unit.plan.hazards import MOVES, OLD, PG, hazards_of, told

APP = "shop/infra/http"
COMMAND = "class Command(BaseCommand): pass\n"
FOUND = [
    ("django command", f"{APP}/management/commands/sync.py", COMMAND, f"{APP}/jobs/sync.py"),
    ("renamed", f"{APP}/management/commands/sync.py", COMMAND, f"{APP}/management/commands/go.py"),
    ("tag library", f"{APP}/templatetags/money.py", "r = Library()\n", f"{APP}/tags/money.py"),
    (
        "migration",
        f"{APP}/migrations/m1.py",
        "class M(migrations.Migration): ...\n",
        f"{APP}/m1.py",
    ),
    ("models", f"{APP}/models.py", "from django.db import models\n", f"{APP}/tables.py"),
    ("alembic", "shop/versions/a1.py", "down_revision = None\n", "shop/old_versions/a1.py"),
    ("airflow", "shop/dags/a.py", "d = DAG('a')\n", "shop/flows/a.py"),
    ("streamlit", "shop/pages/a.py", "import streamlit\n", "shop/pages/b.py"),
    ("invoke", "shop/tasks.py", "from invoke import task\n", "shop/jobs.py"),
]
NOT_FOUND = [
    ("no command", f"{APP}/management/commands/sync.py", "x = 1\n", f"{APP}/jobs/sync.py"),
    ("another folder", f"{APP}/commands/sync.py", COMMAND, f"{APP}/jobs/sync.py"),
    ("becomes a package", f"{APP}/models.py", "import django.db\n", f"{APP}/models/__init__.py"),
    ("other models", f"{APP}/models.py", "x = 1\n", f"{APP}/tables.py"),
]


@pytest.mark.parametrize(
    ("path", "text", "target"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND]
)
def test_a_tool_does_not_find_it(path: str, text: str, target: str) -> None:
    found = hazards_of("found-by-place", {path: text}, (f"{path} > {target}",))
    assert told(found) == [(f"{path}:1", "block", None)]
    assert target in found[0].why


@pytest.mark.parametrize(
    ("path", "text", "target"), [c[1:] for c in NOT_FOUND], ids=[c[0] for c in NOT_FOUND]
)
def test_no_tool_looks_for_it(path: str, text: str, target: str) -> None:
    assert hazards_of("found-by-place", {path: text}, (f"{path} > {target}",)) == ()


def test_a_command_that_moves_with_its_app() -> None:
    names = ("__init__.py", "client.py", "management/commands/sync.py")
    files = {f"{APP}/management/commands/sync.py": COMMAND}
    moves = tuple(f"{APP}/{name} > shop/web/{name}" for name in names)
    assert hazards_of("found-by-place", files, moves) == ()


def test_each_row_of_the_table_has_its_groups() -> None:
    assert all("(?P<home>" in row.pattern and "(?P<name>" in row.pattern for row in PLACES)


TASKS = [
    ("package", 'app.autodiscover_tasks(["shop.infra"])', "shop.infra.pg"),
    ("no list", "app.autodiscover_tasks()", None),
]


@pytest.mark.parametrize(("code", "fix"), [c[1:] for c in TASKS], ids=[c[0] for c in TASKS])
def test_celery_looks_for_tasks_in_a_package(code: str, fix: str | None) -> None:
    files = {"shop/app.py": code + "\n", "shop/infra/tasks.py": ""}
    move = "shop/infra/tasks.py > shop/infra/pg/tasks.py"
    found = hazards_of("task-discovery", files, (move,))
    assert told(found) == [("shop/app.py:1", "block", fix)]
    assert hazards_of("task-discovery", files, ()) == ()
    (renamed,) = hazards_of("task-discovery", files, ("shop/infra/tasks.py > shop/infra/jobs.py",))
    assert renamed.fix is None


_TEST = "def test_a(): pass\n"
COLLECTED = [
    ("renamed", _TEST, "checks_a.py", "", ("shop/tests/test_a.py:1", None)),
    ("still a test", _TEST, "test_b.py", "", None),
    ("no tests in it", "X = 1\n", "checks_a.py", "", None),
    ("pattern", _TEST, "checks_a.py", "[pytest]\npython_files = *_a.py\n", None),
    ("not it", "class TestA: ...\n", "checks_b.py", "[pytest]\npython_files = *_a.py\n",
     ("pytest.ini:2", " checks_b.py")),
    ("more lines", _TEST, "checks_b.py", "[pytest]\npython_files =\n  test_*.py\n  a.py\nx = 1\n",
     ("pytest.ini:4", " checks_b.py")),
    ("no pattern", _TEST, "checks_b.py", "[pytest]\naddopts = -q\n",
     ("pytest.ini:2", "python_files = test_*.py *_test.py checks_b.py\n")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "target", "ini", "expected"), [c[1:] for c in COLLECTED], ids=[c[0] for c in COLLECTED]
)
def test_a_test_that_is_not_collected(
    text: str, target: str, ini: str, expected: tuple[str, str | None] | None
) -> None:
    files = {"shop/tests/test_a.py": text, "pytest.ini": ini}
    move = f"shop/tests/test_a.py > shop/tests/{target}"
    found = hazards_of("test-not-collected", files, (move,))
    assert told(found) == ([(expected[0], "block", expected[1])] if expected else [])
    if expected and expected[1] is None:
        assert "python_files = test_*.py *_test.py checks_a.py" in found[0].why


TOML = [
    ("list", 'testpaths = ["shop/t"]', ', "shop/infra/test_a.py"'),
    ("open list", 'testpaths = [\n  "shop/t",\n]', ', "shop/infra/test_a.py"'),
    ("words", 'testpaths = "shop/t"', " shop/infra/test_a.py"),
]


@pytest.mark.parametrize(("said", "fix"), [c[1:] for c in TOML], ids=[c[0] for c in TOML])
def test_a_test_that_leaves_the_folders_of_tests(said: str, fix: str) -> None:
    text = f"[tool.pytest.ini_options]\n{said}\n"
    files = {"shop/t/test_a.py": _TEST, "pyproject.toml": text}
    (found,) = hazards_of("test-not-collected", files, ("shop/t/test_a.py > shop/infra/test_a.py",))
    assert (found.path, found.fix) == ("pyproject.toml", fix) and "below shop/t" in found.why
    fixed = tomllib.loads(text[: found.start] + fix + text[found.end :])
    paths = fixed["tool"]["pytest"]["ini_options"]["testpaths"]
    assert (paths.split() if isinstance(paths, str) else paths) == [
        "shop/t",
        "shop/infra/test_a.py",
    ]
    inside = ("shop/t/test_a.py > shop/t/all/test_a.py",)
    assert hazards_of("test-not-collected", files, inside) == ()


def test_two_tests_that_are_not_collected_get_one_fix() -> None:
    files = {"tests/test_a.py": _TEST, "tests/test_b.py": _TEST, "tox.ini": "[pytest]\n"}
    moves = ("tests/test_a.py > tests/a.py", "tests/test_b.py > tests/b.py")
    (found,) = hazards_of("test-not-collected", files, moves)
    assert found.fix == "python_files = test_*.py *_test.py a.py b.py\n"


def test_a_compiled_module_is_not_renamed() -> None:
    files = {f"{OLD}/fast.pyx": "", "shop/app.py": "from shop.infra.old.fast import run\n"}
    moves = (f"{OLD}/fast.pyx > {PG}/fast.pyx",)
    found = hazards_of("extension-module", files, moves)
    assert told(found) == [(f"{OLD}/fast.pyx:1", "block", None)]
    assert "shop/app.py" in found[0].why
    unused = {f"{OLD}/fast.pyx": ""}
    assert [h.severity.value for h in hazards_of("extension-module", unused, moves)] == ["note"]
    whole = tuple(f"{OLD}/{n} > {PG}/{n}" for n in ("__init__.py", "db.py", "tables.py", "fs.py"))
    assert hazards_of("extension-module", files, whole) == ()
    stub = {f"{OLD}/db.pyi": "", "shop/app.py": "from shop.infra.old.db import run\n"}
    assert hazards_of("extension-module", stub, LEAVES) == ()


_ENV = "import pytest\n@pytest.fixture(autouse=True)\ndef env(): ...\n"
_PLAIN = "import pytest\n@pytest.fixture\ndef db(): ...\n"
FIXTURES = [
    ("autouse", _ENV, "def test_a(): pass\n", "`env`"),
    ("asked for", _PLAIN, "def test_a(db): pass\n", "`db`"),
    ("not asked for", _PLAIN, "def test_a(): pass\n", None),
    ("a hook", "def pytest_runtest_setup(item): ...\n", "def test_a(): pass\n", "`pytest_runtest"),
    ("by its name", _PLAIN.replace("ure\n", 'ure(name="x")\n'), "def test_a(x): pass\n", "`x`"),
]


@pytest.mark.parametrize(
    ("conftest", "test", "said"), [c[1:] for c in FIXTURES], ids=[c[0] for c in FIXTURES]
)
def test_a_test_leaves_its_fixtures(conftest: str, test: str, said: str | None) -> None:
    files = {"shop/t/unit/conftest.py": conftest, "shop/t/unit/test_a.py": test}
    moves = ("shop/t/unit/test_a.py > shop/t/all/test_a.py",)
    found = hazards_of("lost-fixture", files, moves)
    assert told(found) == ([("shop/t/unit/conftest.py:1", "block", None)] if said else [])
    assert said is None or said in found[0].why
    along = (*moves, "shop/t/unit/conftest.py > shop/t/all/conftest.py")
    assert hazards_of("lost-fixture", files, along) == ()
    above = {"shop/t/conftest.py": conftest, "shop/t/unit/test_a.py": test}
    assert hazards_of("lost-fixture", above, moves) == ()


def test_a_test_comes_below_another_fixture_of_the_same_name() -> None:
    files = {
        "shop/t/unit/conftest.py": _PLAIN,
        "shop/t/all/conftest.py": _PLAIN,
        "shop/t/unit/test_a.py": "def test_a(db): pass\n",
    }
    moves = ("shop/t/unit/test_a.py > shop/t/all/test_a.py",)
    (found,) = hazards_of("lost-fixture", files, moves)
    assert found.path == "shop/t/unit/conftest.py"
    own = {**files, "shop/t/unit/test_a.py": _PLAIN + "def test_a(db): pass\n"}
    assert hazards_of("lost-fixture", own, moves) == ()


def test_a_test_comes_below_a_fixture_that_is_always_used() -> None:
    files = {"shop/t/all/conftest.py": _ENV, "shop/t/unit/test_a.py": "def test_a(): pass\n"}
    moves = ("shop/t/unit/test_a.py > shop/t/all/test_a.py",)
    (found,) = hazards_of("lost-fixture", files, moves)
    assert "will be used for shop/t/unit/test_a.py" in found.why
    plain = {**files, "shop/t/all/conftest.py": _PLAIN}
    assert hazards_of("lost-fixture", plain, moves) == ()


LEAVES = (f"{OLD}/db.py > {PG}/db.py",)
PREFIXES = [
    (
        "class",
        'c.__module__.startswith("shop.infra.old")',
        '("shop.infra.old", "shop.infra.pg.db")',
    ),
    ("name", 'n.startswith("shop.infra.old.")', '("shop.infra.old.", "shop.infra.pg.db")'),
    ("tuple", 'n.startswith(("x", "shop.infra.old."))', None),
    ("pattern", 'fnmatch(n, "shop.infra.old.*")', None),
    ("expression", r're.match(r"shop\.infra\.old\.", n)', None),
]
NO_PREFIXES = [
    ("package that stays whole", 'n.startswith("shop.infra.http")'),
    ("all of ours", 'n.startswith("shop")'),
    ("no package", 'n.startswith("shop.infra.olden")'),
]


@pytest.mark.parametrize(("code", "fix"), [c[1:] for c in PREFIXES], ids=[c[0] for c in PREFIXES])
def test_modules_chosen_by_the_beginning_of_their_names(code: str, fix: str | None) -> None:
    files = {"shop/app.py": f"x = {code}\n"}
    found = hazards_of("name-prefix", files, LEAVES)
    assert told(found) == [("shop/app.py:1", "block", fix)]
    assert "no longer shop.infra.old.db" in found[0].why


@pytest.mark.parametrize("code", [c[1] for c in NO_PREFIXES], ids=[c[0] for c in NO_PREFIXES])
def test_beginnings_that_mean_the_same(code: str) -> None:
    assert hazards_of("name-prefix", {"shop/app.py": f"x = {code}\n"}, LEAVES) == ()


def test_a_package_that_is_scanned() -> None:
    for code in ('config.scan("shop.infra.old")', 'c.wire(packages=["shop.infra.old"])'):
        found = hazards_of("package-scanned", {"shop/app.py": code + "\n"}, LEAVES)
        assert told(found) == [("shop/app.py:1", "block", None)]
    assert hazards_of("package-scanned", {"shop/app.py": 'scan("shop.infra.http")\n'}, LEAVES) == ()


SHADOWS = [
    ("run by its path", {"Makefile": "\tpython shop/infra/old/fs.py\n"}, "logging", "block"),
    ("a script", {f"{OLD}/fs.py": "#!/usr/bin/env python\n"}, "logging", "block"),
    ("maybe run", {f"{OLD}/fs.py": 'if __name__ == "__main__": ...\n'}, "logging", "note"),
    ("not run", {}, "logging", None),
    ("nobody's name", {"Makefile": "\tpython shop/infra/old/fs.py\n"}, "engine", None),
    ("third party", {f"{OLD}/fs.py": "#!/bin/x\nimport yaml\n"}, "yaml", "block"),
]


@pytest.mark.parametrize(
    ("files", "name", "severity"), [c[1:] for c in SHADOWS], ids=[c[0] for c in SHADOWS]
)
def test_a_name_that_hides_another(files: dict[str, str], name: str, severity: str | None) -> None:
    found = hazards_of("shadowed-import", files, (f"{OLD}/db.py > {OLD}/{name}.py",))
    assert told(found) == ([(f"{OLD}/db.py:1", severity, None)] if severity else [])


RUNS = [
    ("Procfile", "web: python -m shop.infra.old", "shop.infra.pg"),
    ("shop/app.py", 'run([sys.executable, "-m", "shop.infra.old"])', "shop.infra.pg"),
    ("shop/app.py", 'runpy.run_module("shop.infra.old")', "shop.infra.pg"),
    ("Procfile", "web: python -m shop.infra.old.db", None),
    ("README.md", "python -m shop.infra.old", None),
]


def test_a_folder_that_is_run() -> None:
    move = (f"{OLD}/__main__.py > {PG}/__main__.py",)
    files = {f"{OLD}/__main__.py": "", "run.sh": f"python -B {OLD}/ --all\n"}
    assert told(hazards_of("run-package", files, move)) == [("run.sh:1", "block", None)]
    other = {**files, "run.sh": f"python {OLD}/db.py\n"}
    assert hazards_of("run-package", other, move) == ()


@pytest.mark.parametrize(("path", "text", "fix"), RUNS)
def test_a_package_that_is_run(path: str, text: str, fix: str | None) -> None:
    files = {f"{OLD}/__main__.py": "", path: text + "\n"}
    found = hazards_of("run-package", files, (f"{OLD}/__main__.py > {PG}/__main__.py",))
    assert told(found) == ([(f"{path}:1", "block", fix)] if fix else [])


WEB = [
    ("blueprint", 'Blueprint("o", __name__, template_folder="templates")', "../old/templates"),
    ("application", "Flask(__name__)", ', template_folder="../old/templates"'),
    ("no folder", 'Blueprint("o", __name__)', None),
    ("another name", 'Flask("x")', None),
]


@pytest.mark.parametrize(("code", "fix"), [c[1:] for c in WEB], ids=[c[0] for c in WEB])
def test_a_folder_beside_a_web_module(code: str, fix: str | None) -> None:
    files = {f"{OLD}/db.py": f"x = {code}\n", f"{OLD}/templates/a.html": ""}
    found = hazards_of("web-folder", files, LEAVES)
    assert told(found) == ([(f"{OLD}/db.py:1", "block", fix)] if fix else [])
    along = (*LEAVES, f"{OLD}/templates/a.html > {PG}/templates/a.html")
    assert hazards_of("web-folder", files, along) == ()
    assert hazards_of("web-folder", files, MOVES[3:]) == ()


def test_references_by_name() -> None:
    code = 'ref = f"{fn.__module__}:{fn.__qualname__}"\n'
    assert told(hazards_of("reference-by-name", {"shop/app.py": code})) == [
        ("shop/app.py:1", "block", None)
    ]
    shown = 'text = f"{fn.__module__}.{fn.__qualname__}"\n'
    assert hazards_of("reference-by-name", {"shop/app.py": shown}) == ()
    assert hazards_of("reference-by-name", {"shop/test_app.py": code}) == ()


def test_generated_code_that_holds_names_with_their_lengths() -> None:
    code = "D = pool.AddSerializedFile(b'\\n\\x14shop/infra/old/db.py')\n"
    found = hazards_of("stored-name", {"shop/db_pb2.py": code})
    assert told(found) == [("shop/db_pb2.py:1", "note", None)]
    old = {"shop/db_pb2.py": "D = descriptor(serialized_pb=b'\\n\\x14shop/infra/old/db.py')\n"}
    assert told(hazards_of("stored-name", old)) == [("shop/db_pb2.py:1", "block", None)]
    other = code.replace("old/db", "http/client")
    assert hazards_of("stored-name", {"shop/db_pb2.py": other}) == ()


PICKLED = [
    ("by its ending", "a.pkl", "shop.infra.old.db", True),
    ("protocol 0", "a.state", "ccopy_reg\n_reconstructor\np0\n(cshop.infra.old.db\nDb\np1\n", True),
    ("of what stays", "a.state", "(cshop.infra.http.client\nDb\np1\n", False),
    ("a text", "a.state", "see shop.infra.old.db\nand more\n", False),
]


@pytest.mark.parametrize(
    ("path", "text", "is_told"), [c[1:] for c in PICKLED], ids=[c[0] for c in PICKLED]
)
def test_stored_data_that_names_a_class(path: str, text: str, is_told: bool) -> None:
    found = hazards_of("stored-name", {path: text})
    assert told(found) == ([(f"{path}:1", "block", None)] if is_told else [])


_CONFTEST = """import pytest
@pytest.fixture(name="base")
def make_base(): return 1
@pytest.fixture(autouse=True)
def env(base): ...
@pytest.fixture({})
def db(): ...
"""
FIXTURES = [
    ("by its name", "def test_a(): ...\n", "", "env, make_base"),
    ("one that it asks for", "def test_a(db): ...\n", "", "db, env, make_base"),
    ("one that is shared", "def test_a(db): ...\n", 'scope="session"', None),
    ("a name that is taken", "def env(): ...\ndef test_a(): ...\n", "", None),
]


@pytest.mark.parametrize(
    ("test", "given", "names"), [c[1:] for c in FIXTURES], ids=[c[0] for c in FIXTURES]
)
def test_a_fixture_is_imported_where_it_is_lost(test: str, given: str, names: str | None) -> None:
    head = '"""What it is."""\n\nfrom __future__ import annotations\n\n'
    inits = {f"shop/t/{n}/__init__.py": "" for n in ("unit", "more")} | {"shop/t/__init__.py": ""}
    files = {
        "shop/t/unit/conftest.py": _CONFTEST.format(given),
        "shop/t/unit/test_a.py": head + test,
    }
    moves = ("shop/t/unit/test_a.py > shop/t/more/test_a.py",)
    (found,) = hazards_of("lost-fixture", {**inits, **files}, moves)
    if names is None:
        assert (found.path, found.fix) == ("shop/t/unit/conftest.py", None)
    else:
        assert (found.path, found.line, found.start) == ("shop/t/unit/test_a.py", 5, len(head))
        assert found.fix == f"from shop.t.unit.conftest import {names}  # noqa: F401\n"
    (loose,) = hazards_of("lost-fixture", files, moves)
    assert loose.fix is None  # no package, so nothing can be imported from it
