"""Where `package-passed-on` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told

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


@pytest.mark.parametrize("code", [c[1] for c in QUIET], ids=[c[0] for c in QUIET])
def test_what_nobody_asks_for_is_no_hazard(code: str) -> None:
    files = {**_MORE, "shop/app.py": code + "\n"}
    assert hazards_of("package-passed-on", files) == ()
    assert hazards_of("named-submodule", files) == ()
