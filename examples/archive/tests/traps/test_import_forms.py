"""Every way to write an import, and names in annotations, doctests and docstrings."""

from __future__ import annotations

import ast
import doctest
import importlib
import importlib.util
import pkgutil
import re
import typing

import pytest

import archive
from archive.application import api, cli, container, health, search, shell
from archive.domain.schema.model import Field, FieldType, Schema
from archive.infrastructure.persistence import api_naming, column_mapper, keyset
from archive.infrastructure.persistence.database import Database
from archive.infrastructure.runner_utils import *  # noqa: F403

SCHEMA = Schema("s", "S", (Field("pixel_size", FieldType.NUMBER),))
REFERENCE = re.compile(r":(?:mod|class|func):`(archive\.[\w.]+)`")


def sources():
    """Yield name, package flag and syntax tree of every module."""
    for path in sorted(archive.__path__):
        for info in pkgutil.walk_packages([path], "archive."):
            spec = importlib.util.find_spec(info.name)
            yield info.name, info.ispkg, ast.parse(open(spec.origin, "rb").read())


def test_fallback_of_a_guarded_import_is_not_taken():
    assert search.describe_columns(SCHEMA) == {"pixelSize": "FLOAT"}


def test_one_statement_for_two_modules():
    assert search.column_mapper is column_mapper and search.keyset is keyset


def test_attribute_chains(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    assert cli.main(["migrate", "--url", url]) == 0
    assert cli.open_database(url).url == url


def test_imports_with_an_alias(database):
    assert health.report("oci") == {"database": "ok", "failures": "0"}
    assert api.persistence.keyset.decode(keyset.encode("k")) == "k"


def test_parenthesised_import_with_comments():
    names = (container.db, container.persistence_di, container.feature_store, container.metadata_store)
    assert [m.__name__.rsplit(".", 1)[1] for m in names] == ["database", "di", "feature_store", "metadata_store"]


def test_star_imports():
    from archive.infrastructure.oci import ingester_runner

    assert Limits is ingester_runner.Limits and ingester_runner.LIMITS.memory == 2**31  # noqa: F405
    assert parse_memory("1Ki") == 1024  # noqa: F405


def test_statements_joined_by_a_semicolon():
    assert shell.seeding.load_fixtures() == shell.json.loads(shell.show_fixtures())
    assert shell.BANNER.startswith("\N{MICROSCOPE}")


def test_string_annotation():
    assert typing.get_type_hints(cli.open_database)["return"] is Database


def test_doctests():
    assert doctest.testmod(api_naming) == (0, 4)


def test_imports_for_type_checkers_resolve():
    checked = 0
    for name, is_package, tree in sources():
        blocks = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
        for statement in (s for block in blocks for s in block.body if isinstance(s, ast.ImportFrom)):
            package = name if is_package else name.rpartition(".")[0]
            target = "." * statement.level + (statement.module or "")
            absolute = importlib.util.resolve_name(target, package)
            if absolute.startswith("archive"):
                module = importlib.import_module(absolute)
                assert all(hasattr(module, alias.name) for alias in statement.names), name
                checked += 1
    assert checked == 3


def test_references_in_docstrings_resolve():
    found = [ref for _, _, tree in sources() for ref in REFERENCE.findall(ast.get_docstring(tree) or "")]
    assert len(found) == 3
    for reference in found:
        assert pkgutil.resolve_name(reference)


@pytest.mark.parametrize("name", ["to_api_name", "from_api_name"])
def test_names_keep_their_meaning(name):
    assert callable(getattr(api_naming, name))
