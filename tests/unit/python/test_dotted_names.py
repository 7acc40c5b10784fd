"""Dotted names from paths, relative imports, and what an import reaches."""

from __future__ import annotations

import pytest

from reorg_lib.model import ImportStatement, Module
from reorg_lib.python.dotted_names import (
    module_name,
    names_imported,
    path_name,
    reached_modules,
    resolve,
    resolve_name,
)
from reorg_lib.python.syntax import read_syntax


@pytest.mark.parametrize(
    ("path", "source_root", "name"),
    [
        ("server/app/db.py", "server", "app.db"),
        ("server/app/__init__.py", "server", "app"),
        ("server/app/db", "server", "app.db"),
        ("app/db.py", ".", "app.db"),
        ("server/__init__.py", "server", None),
        ("other/app/db.py", "server", None),
        ("serverless/db.py", "server", None),
        ("server/app/0001_first.py", "server", None),
        ("server/app/class.py", "server", None),
        ("server/my-app/db.py", "server", None),
        ("server/app/a.b.py", "server", None),
    ],
)
def test_module_name(path: str, source_root: str, name: str | None) -> None:
    assert module_name(path, source_root) == name


def test_path_name_spells_what_nobody_can_import() -> None:
    assert path_name("db/versions/0001_first.py", "db") == "versions.0001_first"


def _import(text: str) -> ImportStatement:
    return read_syntax(text.encode()).imports[0]


@pytest.mark.parametrize(
    ("text", "package", "base"),
    [
        ("from a.b import c", "p", "a.b"),
        ("from . import c", "p.q", "p.q"),
        ("from .x import c", "p.q", "p.q.x"),
        ("from ..x.y import c", "p.q", "p.x.y"),
        ("from ... import c", "p.q", None),
        ("from . import c", "", None),
        ("import a.b", "p", None),
    ],
)
def test_resolve(text: str, package: str, base: str | None) -> None:
    assert resolve(package, _import(text)) == base


@pytest.mark.parametrize(
    ("package", "written", "name"),
    [
        ("a.b", ".", "a.b"),
        ("a.b", ".x", "a.b.x"),
        ("a.b", "..x.y", "a.x.y"),
        ("a.b", "...x", None),
        ("", ".x", None),
        ("a.b", "c.d", "c.d"),
    ],
)
def test_resolve_name(package: str, written: str, name: str | None) -> None:
    assert resolve_name(package, written) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import a.b, c, d.e as f", {"a": "a", "c": "c", "f": "d.e"}),
        ("from .x import y, z as w", {"y": "p.q.x.y", "w": "p.q.x.z"}),
        ("from .. import y", {"y": "p.y"}),
        ("from ...x import y", {}),
        ("from .x import *", {}),
    ],
)
def test_names_imported(text: str, names: dict[str, str]) -> None:
    assert dict(names_imported(_import(text), "p.q")) == names


def _modules(**sources: str) -> dict[str, Module]:
    modules = {}
    for key, source in sources.items():
        name = key.replace("__", ".")
        is_package = any(other.startswith(key + "__") for other in sources)
        modules[name] = Module(name, "", "x", is_package, 1, read_syntax(source.encode()))
    return modules


@pytest.mark.parametrize(
    ("text", "binds", "reached"),
    [
        ("from a.b import c", "", ("a.b.c",)),
        ("from a.b import c", "c = 1", ("a.b",)),
        ("from a.b import c", "from .c import c", ("a.b",)),
        ("from a.b import c", "from . import c", ("a.b.c",)),
        ("from a.b import c", "import a.b.c as c", ("a.b.c",)),
        ("from a.b import c", "from a.b import c", ("a.b.c",)),
        ("from a.b import c", "def f():\n    c = 1\n", ("a.b.c",)),
        ("from a.b import c, d", "", ("a.b.c", "a.b")),
        ("from a.b import *", "", ("a.b",)),
        ("from .b import c", "", ("a.b.c",)),
        ("import a.b.c, a.b.nothing, os.path", "", ("a.b.c", "a.b")),
        ("from os import path", "", ()),
        ("from a.nothing import c", "", ()),
    ],
)
def test_reached_modules(text: str, binds: str, reached: tuple[str, ...]) -> None:
    modules = _modules(a="", a__b=binds, a__b__c="")
    assert reached_modules(_import(text), "a", modules) == reached
