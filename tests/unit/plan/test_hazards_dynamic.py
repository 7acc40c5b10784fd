"""Modules that are named when the program runs: found where the moves change what is reached."""

from __future__ import annotations

import pytest

from reorg_lib.plan.hazard_kinds.beginnings import files_that_begin
from reorg_lib.plan.hazard_kinds.ground import ground_of
from tests.unit.plan.hazards import MOVES, OLD, drawn_shop, hazards_of, told

_IM = "from importlib import import_module\n"

RELATIVE = [
    # id, path, code, fix (None: blocks without one)
    ("parted", f"{OLD}/db.py", 'import_module(".tables", __package__)', "..tables"),
    (
        "parted, by name",
        f"{OLD}/db.py",
        'import_module(".fs", package=__package__)',
        "...storage.fs",
    ),
    ("two levels", f"{OLD}/db.py", 'import_module("..http.client", __package__)', "...http.client"),
    ("from outside", "shop/app.py", 'import_module(".old.db", "shop.infra")', ".pg.setup.db"),
    (
        "package that stays",
        "shop/infra/http/client.py",
        'import_module("..old.tables", __package__)',
        "..pg.tables",
    ),
    ("own name", "shop/infra/__init__.py", 'import_module(".old.fs", __name__)', ".storage.fs"),
    (
        "imported package",
        "shop/app.py",
        'import shop.infra as i\nimport_module(".old.fs", i.__name__)',
        ".storage.fs",
    ),
    ("dissolved package", "shop/app.py", 'import_module(".db", "shop.infra.old")', None),
    ("find_spec", "shop/app.py", 'find_spec(".old.db", package="shop.infra")', ".pg.setup.db"),
    ("resolve_name", "shop/app.py", 'resolve_name(".old.db", "shop.infra")', ".pg.setup.db"),
    ("top of a name", "shop/app.py", '__import__("shop.infra.old.db").infra.old.db', None),
]
RIGHT = [
    ("moves along", "shop/app.py", 'import_module(".di", package="shop.infra.oci")'),
    ("both move along", "shop/infra/oci/__init__.py", 'import_module(".di", __package__)'),
    ("absolute literal", "shop/app.py", 'import_module("shop.infra.old.db")'),
    ("stays", "shop/infra/http/__init__.py", 'import_module(".client", __name__)'),
    ("of others", "shop/app.py", 'import_module(".plugins", package="elsewhere")'),
    ("with a fromlist", "shop/app.py", '__import__("shop.infra.old.db", fromlist=["f"]).f'),
    ("for its side effects", "shop/app.py", '__import__("shop.infra.old.db")'),
    ("no import", "shop/app.py", 'import_modules(".db", "shop.infra.old")'),
]


@pytest.mark.parametrize(
    ("path", "code", "fix"), [c[1:] for c in RELATIVE], ids=[c[0] for c in RELATIVE]
)
def test_a_relative_name_is_counted_anew(path: str, code: str, fix: str | None) -> None:
    (hazard,) = hazards_of("dynamic-import", {path: _IM + code + "\n"})
    line = 2 + code.count("\n")
    assert told((hazard,)) == [(f"{path}:{line}", "block", fix)]
    if fix is not None:
        assert (_IM + code)[hazard.start : hazard.end].startswith(".")


@pytest.mark.parametrize(("path", "code"), [c[1:] for c in RIGHT], ids=[c[0] for c in RIGHT])
def test_a_name_that_stays_right_is_no_hazard(path: str, code: str) -> None:
    assert hazards_of("dynamic-import", {path: _IM + code + "\n"}) == ()


def test_a_package_that_is_computed_is_one_that_the_file_names() -> None:
    code = _IM + 'P = {"x": "shop.infra.old"}\nimport_module(".db", package=P[name])\n'
    found = hazards_of("dynamic-import", {"shop/app.py": code})
    assert told(found) == [("shop/app.py:3", "block", None)]
    assert "shop.infra.old and its db part" in found[0].why
    elsewhere = code.replace("shop.infra.old", "of.others")
    assert told(hazards_of("dynamic-import", {"shop/app.py": elsewhere})) == [
        ("shop/app.py:3", "note", None)
    ]
    along = code.replace('".db"', '".di"').replace("shop.infra.old", "shop.infra.oci")
    assert hazards_of("dynamic-import", {"shop/app.py": along}) == ()


def test_computed_names_are_one_note() -> None:
    code = _IM + "import_module(name)\n__import__(other)\n"
    assert told(hazards_of("dynamic-import", {"shop/app.py": code})) == [
        ("shop/app.py:2", "note", None)
    ]
    named = code + 'DEFAULT = "shop.infra.http.client"\n'
    assert hazards_of("dynamic-import", {"shop/app.py": named}) == ()
    assert hazards_of("dynamic-import", {"tests/test_all.py": code}) == ()


COMPOSED = [
    ("f-string", 'f"shop.infra.old.{name}"', "block"),
    ("sum", '"shop.infra.old." + name', "block"),
    ("percent", '"shop.infra.%s.db" % name', "block"),
    ("format", '"shop.infra.{}.db".format(name)', "block"),
    ("patched", 'mock.patch(f"shop.infra.{name}.di.make")', "block"),
    ("join", '".".join(["shop", "infra", "old", name])', "block"),
    ("two literals", '"shop.infra." "old.db.make"', "block"),
    ("sum of literals", '"shop.infra" + ".old.db"', "block"),
    ("escape", '"shop.infra\\x2eold.db"', "block"),
    ("constant", 'P + "." + name\nP = "shop.infra.old"', "block"),
    ("constant in an f-string", 'f"{P}.db.make"\nP = "shop.infra.old"', "block"),
    ("constant and percent", '"%s.db" % P\nP = "shop.infra.old"', "block"),
    ("constant of a class", 'f"{self.P}.{name}"\nclass A:\n    P = "shop.infra.old"', "block"),
    ("name of a package", 'f"{o.__name__}.{name}"\nimport shop.infra.old as o', "block"),
    ("prefix", 'name.startswith("shop.infra.old.")', "note"),
    ("logger", 'logging.getLogger(f"shop.infra.old.{name}")', "note"),
    ("not the logger's name", 'getLogger(load(f"shop.infra.old.{name}"))', "block"),
]
COMPLETE = [
    ("package that stays", 'f"shop.infra.http.{name}"'),
    ("package that moves whole", 'f"shop.infra.oci.{name}"'),
    ("only what stays fits", 'f"shop.infra.{name}.client"'),
    ("prefix that stays", 'name.startswith("shop.infra.")'),
    ("comment", '# "shop.infra.old." + name'),
    ("whole name and a tail", '"shop.infra.old.db" + ".make"'),
    ("module and an attribute", 'f"{M}.make"\nM = "shop.infra.old.db"'),
    ("a sentence", '"shop.infra " + name'),
    ("metric", 'f"shop.requests.{name}"'),
    ("join of what stays", '".".join(["shop", "infra", "http", name])'),
    ("of others", 'f"shops.infra.old.{name}"'),
    ("tail of a name", 'f"my.shop.infra.old.{name}"'),
]


@pytest.mark.parametrize(
    ("code", "severity"), [c[1:] for c in COMPOSED], ids=[c[0] for c in COMPOSED]
)
def test_a_composed_name_whose_modules_leave(code: str, severity: str) -> None:
    found = hazards_of("composed-name", {"shop/app.py": f"x = {code}\n"})
    assert told(found) == [("shop/app.py:1", severity, None)]


@pytest.mark.parametrize("code", [c[1] for c in COMPLETE], ids=[c[0] for c in COMPLETE])
def test_a_composed_name_that_keeps_its_meaning(code: str) -> None:
    assert hazards_of("composed-name", {"shop/app.py": f"x = {code}\n"}) == ()


def test_a_docstring_composes_nothing() -> None:
    assert hazards_of("composed-name", {"shop/app.py": '"""shop.infra.old."""\n'}) == ()


@pytest.mark.parametrize(
    "code",
    [
        'import_module(f".{name}", __package__)',
        'import_module("." + name, package=__name__)',
        'import_module(f"{__name__}.{name}")',
        'import_module(__package__ + "." + name)',
        'import_module("%s.%s" % (__name__, name))',
        'import_module("{}.{}".format(__name__, name))',
        'import_module(".".join((__name__, name)))',
        '__import__(name, globals(), locals(), ["x"], 1)',
        "import_module(name, __package__)",
    ],
)
def test_a_package_that_imports_its_own_by_name(code: str) -> None:
    files = {f"{OLD}/__init__.py": f"{_IM}def load(name):\n    return {code}\n"}
    found = hazards_of("composed-name", files)
    assert told(found) == [(f"{OLD}/__init__.py:3", "block", None)]
    assert "shop.infra.old.db" in found[0].why
    stays = {"shop/infra/http/__init__.py": files[f"{OLD}/__init__.py"]}
    assert hazards_of("composed-name", stays) == ()


def test_a_module_that_only_a_text_can_name_is_meant_by_one() -> None:
    code = f'{_IM}name = f".table_{{size}}"\nimport_module(name, "shop.infra.http")\n'
    files = {"shop/infra/http/table_1-0.py": "", "shop/app.py": code}
    moves = ("shop/infra/http/table_1-0.py > shop/infra/http/small.py",)
    (found,) = hazards_of("composed-name", files, moves)
    assert told((found,)) == [("shop/app.py:3", "block", None)]
    assert "shop.infra.http.table_1-0 leaves that place" in found.why
    assert hazards_of("composed-name", files) == ()


def test_a_logger_below_the_own_package_is_no_module() -> None:
    code = 'logging.getLogger(f"{__package__}.{name}")\n'
    assert told(hazards_of("composed-name", {f"{OLD}/late.py": code})) == [
        (f"{OLD}/late.py:1", "note", None)
    ]
    assert hazards_of("composed-name", {"shop/infra/http/client.py": code}) == ()
    module = code.replace("logging.getLogger", "import_module")
    assert told(hazards_of("composed-name", {f"{OLD}/late.py": module})) == [
        (f"{OLD}/late.py:1", "block", None)
    ]
    assert hazards_of("composed-name", {"shop/infra/http/client.py": module}) == ()


def test_a_listing_of_a_package_that_changes() -> None:
    here = "import pkgutil\nfor m in pkgutil.iter_modules(__path__):\n    pass\n"
    found = hazards_of("module-discovery", {f"{OLD}/__init__.py": here})
    assert told(found) == [(f"{OLD}/__init__.py:2", "block", None)]
    assert "shop.infra.old.db" in found[0].why and "no longer" in found[0].why
    there = "import pkgutil\nimport shop.infra.{0} as p\npkgutil.walk_packages(p.__path__, 'x.')\n"
    assert hazards_of("module-discovery", {"shop/app.py": there.format("old")})
    assert hazards_of("module-discovery", {"shop/app.py": there.format("oci")}) == ()
    assert hazards_of("module-discovery", {"shop/infra/http/__init__.py": here}) == ()
    whole = "import pkgutil, shop\npkgutil.walk_packages(shop.__path__, 'shop.')\n"
    assert hazards_of("module-discovery", {"shop/app.py": whole}) == ()
    come = (f"{OLD}/fs.py > shop/infra/http/fs.py",)
    (new,) = hazards_of("module-discovery", {"shop/infra/http/__init__.py": here}, come)
    assert "shop.infra.old.fs as well" in new.why


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


def test_the_table_of_a_lazy_package() -> None:
    lazy = (
        'from importlib import import_module\nWHERE = {"Db": ".old.db", "C": ".http.client"}\n'
        "def __getattr__(name):\n    return import_module(WHERE[name], __name__)\n"
    )
    found = hazards_of("lazy-import", {"shop/infra/__init__.py": lazy})
    assert told(found) == [("shop/infra/__init__.py:2", "block", ".pg.setup.db")]
    assert lazy[found[0].start : found[0].end] == ".old.db"
    eager = lazy.replace("__getattr__", "load")
    assert hazards_of("lazy-import", {"shop/infra/__init__.py": eager}) == ()
    assert hazards_of("lazy-import", {"shop/infra/__init__.py": lazy}, MOVES[1:3]) == ()


def test_a_beginning_is_followed_through_the_constants_of_other_files() -> None:
    files = {
        "shop/names.py": 'TOP: str = (\n    "shop.infra"\n)\n',
        "shop/more.py": 'from .names import TOP\n\nOLD = TOP + ".old"\n',
        "shop/app.py": "from .more import OLD\n\nx = OLD + '.' + name\n",
    }
    (found,) = told(hazards_of("composed-name", files))
    assert found[0] == "shop/app.py:3"


@pytest.mark.parametrize(
    "code",
    [
        'f"sh{op}.infra.old.{name}"\nop = "op"',
        '"sho" + "p.infra.old." + name',
        '"\\x73hop.infra.old." + name',
        '__package__.partition(".")[0] + ".infra.old." + name',
        '(P := "shop.infra.old") + name',
    ],
)
def test_a_file_in_which_a_name_can_begin_is_looked_at(code: str) -> None:
    ground = ground_of(*drawn_shop({"shop/app.py": f"x = {code}\n"}))
    assert "shop/app.py" in [code.path for code in files_that_begin(ground)]


@pytest.mark.parametrize(
    "code", ["log = getLogger(__name__)", 'if __name__ == "__main__":\n    run()', "import shop"]
)
def test_a_file_in_which_no_name_can_begin_is_spared(code: str) -> None:
    ground = ground_of(*drawn_shop({"shop/app.py": f"{code}\n"}))
    assert [code.path for code in files_that_begin(ground)] == []
