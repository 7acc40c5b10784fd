"""Where `composed-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told

_IM = "from importlib import import_module\n"


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


def test_a_beginning_is_followed_through_the_constants_of_other_files() -> None:
    files = {
        "shop/names.py": 'TOP: str = (\n    "shop.infra"\n)\n',
        "shop/more.py": 'from .names import TOP\n\nOLD = TOP + ".old"\n',
        "shop/app.py": "from .more import OLD\n\nx = OLD + '.' + name\n",
    }
    (found,) = told(hazards_of("composed-name", files))
    assert found[0] == "shop/app.py:3"
