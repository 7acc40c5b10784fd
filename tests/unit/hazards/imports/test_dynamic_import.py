"""Where `dynamic-import` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told

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
    assert "shop.infra.old and its db are separated" in found[0].why
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
