"""What runs because something is imported, and names that two things share."""

from __future__ import annotations

import pytest

from tests.unit.plan.hazards import MOVES, OLD, PG, hazards_of, told

# ----------------------------------------------------------------------------- package-init


def test_modules_under_another_init() -> None:
    files = {
        f"{OLD}/__init__.py": '"""Old."""\nfrom . import db\n',
        "shop/infra/storage/__init__.py": "import os\n",
    }
    left, come = hazards_of("package-init", files)
    assert told((left, come)) == [
        (f"{OLD}/__init__.py:2", "note", None),
        ("shop/infra/storage/__init__.py:1", "note", None),
    ]
    assert "shop.infra.old.db, shop.infra.old.fs, shop.infra.old.tables no longer will" in left.why
    assert "shop.infra.old.fs will run it first" in come.why


QUIET = [
    ("does not import", '"""Old."""\nX = 1\n'),
    ("imports for types", "if TYPE_CHECKING:\n    import os\n"),
    ("imports later", "def f():\n    import os\n"),
    ("future", "from __future__ import annotations\n"),
]


@pytest.mark.parametrize("code", [c[1] for c in QUIET], ids=[c[0] for c in QUIET])
def test_an_init_that_runs_nothing(code: str) -> None:
    assert hazards_of("package-init", {f"{OLD}/__init__.py": code}) == ()


def test_an_init_that_moves_along() -> None:
    assert hazards_of("package-init", {"shop/infra/oci/__init__.py": "from . import di\n"}) == ()


# ------------------------------------------------------------------------ lost-registration

REGISTERED = [
    ("decorator", "from shop.show import show\n\n@show.register\ndef _(x: int): ...\n", True),
    ("with a type", "from shop.show import show\n\n@show.register(int)\ndef _(x): ...\n", True),
    ("call", "import codecs\n\ncodecs.register(print)\n", True),
    ("own decorator", "from shop.show import register\n\n@register\ndef f(): ...\n", True),
    ("own call", "from shop.show import table\n\ntable.add(1)  # register\n", True),
    ("base", "from shop.show import Format\n\nclass A(int, Format): ...  # register\n", True),
    ("other base", "from shop.app import Format\n\nclass A(Format): ...\n", False),
    ("library", "import functools\n\n@functools.cache\ndef f(): ...\n", False),
    ("kept", "from shop.show import table\n\nx = table.add(1)\n", False),
    ("later", "def f():\n    codecs.register(print)\n", False),
    ("nothing", "def register(x): ...\n", False),
]


@pytest.mark.parametrize(
    ("code", "is_found"), [c[1:] for c in REGISTERED], ids=[c[0] for c in REGISTERED]
)
def test_what_registers_on_the_way_to_a_module_that_leaves(code: str, is_found: bool) -> None:
    files = {f"{OLD}/late.py": code, f"{OLD}/__init__.py": "from . import late\n"}
    files["shop/show.py"] = "class Format:\n    def __init_subclass__(cls): ...\n"
    used = tuple(f"shop.app > shop.infra.old.{name}" for name in ("db", "fs", "tables"))
    edges = ("shop.infra.old > shop.infra.old.late", *used)
    found = hazards_of("lost-registration", files, edges=edges)
    line = code[: max(code.rfind("register"), 0)].count("\n") + 1
    assert told(found) == ([(f"{OLD}/late.py:{line}", "block", None)] if is_found else [])
    if is_found:
        assert "shop.app" in found[0].why
    still = (*edges, "shop.app > shop.infra.old.late")
    assert hazards_of("lost-registration", files, edges=still) == ()
    along = (*MOVES, f"{OLD}/__init__.py > {PG}/__init__.py", f"{OLD}/late.py > {PG}/late.py")
    assert hazards_of("lost-registration", files, along, edges=edges) == ()


# -------------------------------------------------------------------------- target-metadata

_ENV = "from shop.infra.old.tables import metadata\n\ntarget_metadata = metadata\n"
_ROWS = "class Row(Base):\n    __tablename__ = 'rows'\n"
_TO_INIT = "shop.infra.old > shop.infra.old.db"
_TO_TABLES = "migrations.env > shop.infra.old.tables"


def test_tables_that_nothing_imports_any_more() -> None:
    files = {
        "migrations/env.py": _ENV,
        f"{OLD}/__init__.py": "from . import db\n",
        f"{OLD}/db.py": _ROWS,
    }
    found = hazards_of("target-metadata", files, edges=(_TO_INIT, _TO_TABLES))
    assert told(found) == [("migrations/env.py:3", "block", None)]
    assert "shop.infra.old.db" in found[0].why and "drop" in found[0].why
    along = (*MOVES, f"{OLD}/__init__.py > {PG}/__init__.py")
    assert hazards_of("target-metadata", files, along, edges=(_TO_INIT, _TO_TABLES)) == ()
    no_tables = {**files, f"{OLD}/db.py": "x = 1\n"}
    assert hazards_of("target-metadata", no_tables, edges=(_TO_INIT, _TO_TABLES)) == ()
    named = (_TO_INIT, _TO_TABLES, "migrations.env > shop.infra.old.db")
    assert hazards_of("target-metadata", files, edges=named) == ()


def test_metadata_of_a_module_that_is_split() -> None:
    split = (f"{OLD}/tables.py >> {PG}/tables",)
    files = {"migrations/env.py": _ENV}
    found = hazards_of("target-metadata", files, split, edges=(_TO_TABLES,))
    assert told(found) == [("migrations/env.py:3", "note", None)]
    assert "the package shop.infra.pg.tables" in found[0].why
    other = (f"{OLD}/db.py >> {PG}/db",)
    assert hazards_of("target-metadata", files, other, edges=(_TO_TABLES,)) == ()


# --------------------------------------------------------------------------- shared names


def test_a_swap_and_a_chain_are_one_note() -> None:
    a, b, c = (f"{OLD}/{name}.py" for name in ("db", "fs", "tables"))
    (swap,) = hazards_of("name-handed-on", {}, (f"{a} > {b}", f"{b} > {a}"))
    assert swap.severity.value == "note" and f"{b} (now {a}), {a} (now {b})" in swap.why
    (chain,) = hazards_of("name-handed-on", {}, (f"{a} > {b}", f"{b} > {c}", f"{c} > {PG}/x.py"))
    assert f"{b} (now {a}), {c} (now {b})" in chain.why
    assert hazards_of("name-handed-on", {}) == ()


def test_a_change_of_case() -> None:
    move = f"{OLD}/Db.py > {OLD}/db2.py"
    assert hazards_of("case-rename", {f"{OLD}/Db.py": ""}, (move,)) == ()
    (found,) = hazards_of("case-rename", {f"{OLD}/Fs2.py": ""}, (f"{OLD}/Fs2.py > {OLD}/fs2.py",))
    assert found.severity.value == "note" and "fs2.py" in found.why


def test_a_name_of_the_standard_library() -> None:
    (found,) = hazards_of("shadowed-name", {}, (f"{OLD}/db.py > queue.py",))
    assert found.severity.value == "block" and "import queue" in found.why
    assert hazards_of("shadowed-name", {}, (f"{OLD}/db.py > {PG}/queue.py",)) == ()
    assert hazards_of("shadowed-name", {}, (f"{OLD}/db.py > database.py",)) == ()


ROOTS = [
    ("pytest", "pyproject.toml", '[tool.pytest.ini_options]\npythonpath = ["shop"]\n'),
    ("pytest.ini", "pytest.ini", "[pytest]\npythonpath = shop\n"),
    ("build", "Dockerfile", "ENV PYTHONPATH=/srv/shop\n"),
    (
        "code",
        "conftest.py",
        "import sys\nsys.path.insert(0, str(Path(__file__).parent / 'shop'))\n",
    ),
]


@pytest.mark.parametrize(("path", "text"), [c[1:] for c in ROOTS], ids=[c[0] for c in ROOTS])
def test_a_second_name_through_another_root(path: str, text: str) -> None:
    uses = {"tests/test_x.py": "import os\nfrom infra.old import db\n"}
    found = hazards_of("second-name", {path: text, **uses})
    assert told(found) == [("tests/test_x.py:2", "block", None)]
    assert "shop.infra.old.db" in found[0].why and "shop.infra.pg.setup.db" in found[0].why
    assert hazards_of("second-name", uses) == ()
    stays = {"tests/test_x.py": "from infra.http import client\nfrom shop.infra.old import db\n"}
    assert hazards_of("second-name", {path: text, **stays}) == ()


def test_two_test_files_of_one_name() -> None:
    files = {"checks/one/test_a.py": "", "checks/two/test_b.py": ""}
    move = ("checks/two/test_b.py > checks/three/test_a.py",)
    assert told(hazards_of("same-test-name", files, move)) == [
        ("checks/two/test_b.py:1", "block", None)
    ]
    assert (
        hazards_of("same-test-name", files, ("checks/two/test_b.py > checks/three/test_c.py",))
        == ()
    )
    mode = {**files, "pyproject.toml": 'addopts = "--import-mode=importlib"\n'}
    assert hazards_of("same-test-name", mode, move) == ()


def test_a_folder_that_is_no_package() -> None:
    files = {"shop/infra/loose/x.py": ""}
    (found,) = hazards_of("namespace-folder", files, (f"{OLD}/db.py > shop/infra/loose/db.py",))
    assert found.severity.value == "note" and "shop/infra/loose/" in found.why
    assert hazards_of("namespace-folder", files, (f"{OLD}/db.py > {PG}/db.py",)) == ()


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("import sys\n\nassert sys.platform == 'win32'\n", True),
        ("import sys\n\nif sys.platform != 'win32':\n    raise ImportError\n", True),
        ("import sys\n\ntry:\n    raise OSError\nexcept OSError: ...\n", False),
        ("import sys\n\ndef f():\n    assert sys\n", False),
    ],
)
def test_a_package_that_refuses_would_be_run_first(code: str, is_found: bool) -> None:
    files = {f"{OLD}/db.py": code}
    into = (f"{OLD}/db.py > {PG}/__init__.py", f"{OLD}/fs.py > {PG}/fs.py")
    found = hazards_of("init-may-refuse", files, into)
    assert [(h.path, h.line, h.severity.value) for h in found] == [
        (f"{OLD}/db.py", 4 if "if" in code else 3, "block")
    ] * is_found
    alone = (f"{OLD}/db.py > {PG}/__init__.py",)
    assert hazards_of("init-may-refuse", files, alone) == ()
