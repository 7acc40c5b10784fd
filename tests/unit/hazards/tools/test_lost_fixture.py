"""Where `lost-fixture` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of, told

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


_CONFTEST = """import pytest
@pytest.fixture(name="base")
def make_base(): return 1
@pytest.fixture(autouse=True)
def env(base): ...
@pytest.fixture({})
def db(): ...
"""


OWN_FIXTURES = [
    ("by its name", "def test_a(): ...\n", "", "env, make_base"),
    ("one that it asks for", "def test_a(db): ...\n", "", "db, env, make_base"),
    ("one that is shared", "def test_a(db): ...\n", 'scope="session"', None),
    ("a name that is taken", "def env(): ...\ndef test_a(): ...\n", "", None),
]


@pytest.mark.parametrize(
    ("test", "given", "names"), [c[1:] for c in OWN_FIXTURES], ids=[c[0] for c in OWN_FIXTURES]
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
