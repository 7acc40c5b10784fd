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
    ("attribute of self", _OLD + "class A:\n    def __init__(self):\n        self.x = old\n"
     "    def f(self):\n        self.x.db.make()", 4),
    ("class attribute", _OLD + "class A:\n    x = old\nA.x.db.make()", 3),
    ("kept and taken apart", _OLD + "class A:\n    x = old\nvars(A.x)", 3),
    ("vars", _OLD + "vars(old)['db']", 2),
    ("computed getattr", _OLD + "getattr(old, name)", 2),
    ("the top", "import shop.infra.old.db\nattrgetter('infra.old.db.f')(shop)", 2),
    ("self of a class that imports", "class A:\n    from shop.infra import old\n"
     "    def f(self):\n        look(self.old)", 4),
    ("or None", "try:\n    from shop.infra import old\nexcept ImportError:\n    old = None\n"
     "look(old)", 5),
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
    ("handed on, the whole way", "import shop.wiring\nshop.wiring.old.db.make()", 2),
    ("handed on by a module", "from shop import wiring as w\nw.old.db.make()", 2),
    ("the top, handed on by a module", "import shop.deep as d\nd.shop.infra.old.db.make()", 2),
    ("assigned there", "from shop.deep import given\ngiven.db.make()", 2),
    ("assigned there, asked of the module", "from shop import deep\ndeep.typed.db.make()", 2),
    ("assigned twice on the way", "from shop.deep import again\nagain.db.make()", 2),
    ("by a star import", "from shop.wiring import *\nold.db.make()", 2),
    ("by two star imports", "from shop.all_of_it import *\nold.db.make()", 2),
    ("starred", "from shop import wiring\nx = [*wiring.old.db.NAMES]", 2),
    ("self", "class A:\n    from shop.infra import old\n    def f(self):\n"
     "        self.old.db.f()", 4),
    ("self, the top", "class A:\n    import shop.infra.old.db\n    def f(self):\n"
     "        return self.shop.infra.old.db.f()", 4),
    ("a subclass of it", "class A:\n    from shop.infra import old\nclass B(A): ...\n"
     "B().made.old.db.f()", 4),
]  # fmt: skip
QUIET = [
    ("chain of an import", "import shop.infra.old.db\nshop.infra.old.db.make()"),
    ("symbol", _OLD + "getattr(old, 'LIMIT')\nmock.patch.object(old, 'connect')"),
    ("package that keeps all", _OLD + "look(http)\np = http\np.client.make()"),
    ("a parameter of that name", "import shop.infra.old.db\ndef f(shop):\n    look(shop)"),
    ("a type of that name", "import shop.infra.old.db\ndef f[shop](x: shop): ..."),
    ("comment", _OLD + "# look(old)"),
    ("names of __all__", _OLD + "all(hasattr(old, name) for name in old.__all__)"),
    ("reload", "import importlib\n" + _OLD + "importlib.reload(old)"),
    ("keyword of that name", _OLD + "look(old=1)"),
    ("handed on, and asked for what stays", "from shop import wiring\nwiring.old.LIMIT"),
    ("a module of a class", "class A:\n    from shop.infra.old import db\n    def f(self):\n"
     "        self.db.f()"),
    ("a class, asked for what stays", "class A:\n    from shop.infra import old\n"
     "    def f(self):\n        self.old.LIMIT"),
    ("set on self", "class A:\n    from shop.infra import old\n    def f(self):\n"
     "        self.old = 1"),
    ("an argument that is spread", "import shop.infra.old.db\nx = [*shop.infra.old.db.NAMES]"),
    ("put back", "import sys\n" + _OLD + "sys.modules['shop.infra.old'] = old"),
    ("another thing of the name", _OLD + "old['key']"),
    ("for its side effects", "import importlib\nimportlib.import_module('shop.infra.old')"),
]  # fmt: skip
_MORE = {
    f"{OLD}/late.py": "",
    "shop/wiring.py": "from shop.infra import old\n",
    "shop/all_of_it.py": "from shop.wiring import *\n",
    "shop/deep.py": "from types import ModuleType\nimport shop.infra.old.db\n"
    "given = shop.infra.old\nagain = given  # as it was\ntyped: ModuleType = shop.infra.old\n",
}


@pytest.mark.parametrize(("code", "line"), [c[1:] for c in PASSED], ids=[c[0] for c in PASSED])
def test_a_package_that_is_passed_on(code: str, line: int) -> None:
    found = hazards_of("package-passed-on", {**_MORE, "shop/app.py": code + "\n"})
    assert told(found) == [(f"shop/app.py:{line}", "block", None)]
    assert "shop.infra.old" in found[0].why


def test_a_package_that_is_kept_and_not_asked_for_the_module_is_only_told() -> None:
    code = _OLD + "class A:\n    x = old\nA.x.LIMIT\n"
    found = hazards_of("package-passed-on", {**_MORE, "shop/app.py": code})
    assert told(found) == [("shop/app.py:3", "note", None)]


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({}, "note"),
        ({"shop/user.py": "import shop\nshop.infra.oci.di\n"}, "note"),
        ({"shop/user.py": "def look(given):\n    given.infra.oci.di\n"}, "block"),
        ({"shop/user.py": "look = attrgetter('infra.oci.di')\n"}, "block"),
    ],
)
def test_a_package_that_keeps_what_moves_far_below_it(more: dict[str, str], severity: str) -> None:
    moves = ("shop/infra/oci/di.py > shop/infra/oci/wires.py",)
    files = {"shop/app.py": "import shop\nlook([shop])\n", **more}
    found = hazards_of("package-passed-on", files, moves)
    assert told(found) == [("shop/app.py:2", severity, None)]


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
    assert hazards_of("name-through-another", {**files, "shop/app.py": code}) == ()  # no text
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
