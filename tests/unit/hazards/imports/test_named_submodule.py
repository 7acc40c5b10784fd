"""Where `named-submodule` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told


def test_all_that_names_a_module_which_leaves() -> None:
    named = '__all__ = [\n    "db",\n]\n'
    (found,) = hazards_of("named-submodule", {f"{OLD}/__init__.py": named})
    assert (found.line, found.severity.value) == (2, "block")
    bound = "from . import db\n" + named
    assert hazards_of("named-submodule", {f"{OLD}/__init__.py": bound}) == ()
    stays = {"shop/infra/http/__init__.py": '__all__ = ["client"]\n'}
    assert hazards_of("named-submodule", stays) == ()


@pytest.mark.parametrize(
    "code",
    [
        '__all__ = ["a"]\n__all__ += ["db"]',
        '__all__ = ["a"]\n__all__.extend(["db"])',
        '__all__ = ["a"]\n__all__.append("db")',
        'if True:\n    __all__ = ["db"]',
        '\n__all__: list[str] = ["db"]',
    ],
)
def test_all_in_every_spelling(code: str) -> None:
    files = {f"{OLD}/late.py": "", f"{OLD}/__init__.py": code + "\n"}
    (found,) = hazards_of("named-submodule", files)
    assert (found.line, found.severity.value) == (2, "block")
    assert hazards_of("named-submodule", {**files, f"{OLD}/__init__.py": "x.append('db')\n"}) == ()


def test_getattr_of_a_module_which_leaves() -> None:
    code = "from shop.infra import old, http\ngetattr({0}, '{1}')\n"
    found = hazards_of("named-submodule", {"shop/app.py": code.format("old", "db")})
    assert told(found) == [("shop/app.py:2", "block", None)]
    assert hazards_of("named-submodule", {"shop/app.py": code.format("http", "client")}) == ()
    assert hazards_of("named-submodule", {"shop/app.py": code.format("old", "Session")}) == ()


_OLD = "from shop.infra import old, http\n"


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


_MORE = {
    f"{OLD}/late.py": "",
    "shop/wiring.py": "from shop.infra import old\n",
    "shop/all_of_it.py": "from shop.wiring import *\n",
    "shop/deep.py": "from types import ModuleType\nimport shop.infra.old.db\n"
    "given = shop.infra.old\nagain = given  # as it was\ntyped: ModuleType = shop.infra.old\n",
}


@pytest.mark.parametrize(("code", "line"), [c[1:] for c in NAMED], ids=[c[0] for c in NAMED])
def test_a_package_that_is_asked_for_a_module_which_leaves(code: str, line: int) -> None:
    found = hazards_of("named-submodule", {**_MORE, "shop/app.py": code + "\n"})
    assert told(found) == [(f"shop/app.py:{line}", "block", None)]
    assert "shop.infra.pg.setup.db" in found[0].why
