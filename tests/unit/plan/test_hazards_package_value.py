"""What a program asks of a package's object: told where the answer changes, and nowhere else."""

from __future__ import annotations

import pytest

from tests.unit.plan.hazards import OLD, hazards_of, told

_OLD = "from shop.infra import old, http\n"
PASSED = [
    ("argument", _OLD + "look(old)", 2),
    ("keyword", _OLD + "look(at=old)", 2),
    ("dictionary", _OLD + "TABLE = {'x': old}", 2),
    ("default", _OLD + "def f(package=old): ...", 2),
    ("attribute of self", _OLD + "class A:\n    def __init__(self):\n        self.x = old", 4),
    ("class attribute", _OLD + "class A:\n    x = old", 3),
    ("vars", _OLD + "vars(old)['db']", 2),
    ("computed getattr", _OLD + "getattr(old, name)", 2),
    ("the top", "import shop.infra.old.db\nattrgetter('infra.old.db.f')(shop)", 2),
    ("by import_module", "import importlib\nlook(importlib.import_module('shop.infra.old'))", 2),
]  # fmt: skip
NAMED = [
    ("hasattr", _OLD + "hasattr(old, 'db')", 2),
    ("setattr", _OLD + "monkeypatch.setattr(old, 'db', None)", 2),
    ("patch.object", _OLD + "mock.patch.object(old, 'db')", 2),
    ("another name", _OLD + "p = old\np.db.make()", 3),
    ("another name of the chain", "import shop.infra.old.db\np = shop.infra.old\np.db.make()", 3),
    ("walrus", _OLD + "if (p := old):\n    p.db.make()", 3),
    ("loop", _OLD + "for p in (old, http):\n    p.db.make()", 3),
    ("nested getattr", "import shop.infra\ngetattr(getattr(shop.infra, 'old'), 'db')", 2),
    ("import_module", "import importlib\nimportlib.import_module('shop.infra.old').db.make()", 2),
    ("sys.modules", "import sys\ngetattr(sys.modules['shop.infra.old'], 'db')", 2),
    ("handed on", "from shop.wiring import old\nold.db.make()", 2),
]
QUIET = [
    ("chain of an import", "import shop.infra.old.db\nshop.infra.old.db.make()"),
    ("symbol", _OLD + "getattr(old, 'LIMIT')\nmock.patch.object(old, 'connect')"),
    ("package that keeps all", _OLD + "look(http)\np = http\np.client.make()"),
    ("a parameter of that name", "import shop.infra.old.db\ndef f(shop):\n    look(shop)"),
    ("comment", _OLD + "# look(old)"),
    ("names of __all__", _OLD + "all(hasattr(old, name) for name in old.__all__)"),
    ("reload", "import importlib\n" + _OLD + "importlib.reload(old)"),
    ("keyword of that name", _OLD + "look(old=1)"),
    ("for its side effects", "import importlib\nimportlib.import_module('shop.infra.old')"),
]
_MORE = {f"{OLD}/late.py": "", "shop/wiring.py": "from shop.infra import old\n"}


@pytest.mark.parametrize(("code", "line"), [c[1:] for c in PASSED], ids=[c[0] for c in PASSED])
def test_a_package_that_is_passed_on(code: str, line: int) -> None:
    found = hazards_of("package-passed-on", {**_MORE, "shop/app.py": code + "\n"})
    assert told(found) == [(f"shop/app.py:{line}", "block", None)]
    assert "shop.infra.old" in found[0].why


@pytest.mark.parametrize(("code", "line"), [c[1:] for c in NAMED], ids=[c[0] for c in NAMED])
def test_a_package_that_is_asked_for_a_module_which_leaves(code: str, line: int) -> None:
    found = hazards_of("named-submodule", {**_MORE, "shop/app.py": code + "\n"})
    assert told(found) == [(f"shop/app.py:{line}", "block", None)]
    assert "shop.infra.pg.setup.db" in found[0].why


@pytest.mark.parametrize("code", [c[1] for c in QUIET], ids=[c[0] for c in QUIET])
def test_what_nobody_asks_for_is_no_hazard(code: str) -> None:
    files = {**_MORE, "shop/app.py": code + "\n"}
    assert hazards_of("package-passed-on", files) == ()
    assert hazards_of("named-submodule", files) == ()


def test_a_name_that_goes_through_what_another_module_imported() -> None:
    files = {**_MORE, "shop/user.py": "import shop.infra.old.db\nfrom shop.infra.old import fs\n"}
    patched = 'mock.patch("shop.user.shop.infra.old.db.make")\n'
    (found,) = hazards_of("name-through-another", {**files, "shop/app.py": patched})
    assert (found.line, found.fix) == (1, "shop.user.shop.infra.pg.setup.db.make")
    assert patched[found.start : found.end] == "shop.user.shop.infra.old.db.make"
    code = "import shop.wiring\nshop.wiring.old.db.make()\n"
    (found,) = hazards_of("name-through-another", {**files, "shop/app.py": code})
    assert (found.line, found.fix) == (2, None)
    for right in ('"shop.user.fs.make"', '"shop.user.shop.infra.http.client"', '"shop.user.other"'):
        near = {**files, "shop/app.py": f"mock.patch({right})\n"}
        assert hazards_of("name-through-another", near) == ()


def test_a_module_that_comes_by_a_star_import() -> None:
    star = "from shop.infra.old import *\n\ndb.make()\n"
    (found,) = hazards_of("star-submodule", {**_MORE, "shop/app.py": star})
    assert (found.line, found.severity.value) == (3, "block")
    own = star.replace("\n\n", "\nfrom elsewhere import db\n")
    assert hazards_of("star-submodule", {**_MORE, "shop/app.py": own}) == ()
    listed = {**_MORE, f"{OLD}/__init__.py": "__all__ = ['LIMIT']\n", "shop/app.py": star}
    assert hazards_of("star-submodule", listed) == ()
