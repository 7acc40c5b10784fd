"""An import statement read into its names, and written back whole or in part."""

from __future__ import annotations

import ast
import re

import pytest

from reorg_lib.errors import RewriteError
from reorg_lib.rewrite.import_statement import read_import

STATEMENTS = [
    "import a",
    "import a . b as c, d",
    "import a.b, \\\n    c as d",
    "from a import b",
    "from a import *",
    "from .import b",
    "from . . a.b import(c)",
    "from.a import b",
    "from a import b,c ,  d as e",
    "from a import b, \\\r\n    c",
    "from a \\\n  import \\\n  (b, c)",
    "from a import (b, c,)",
    "from a import (\n    b,\n    c,\n)",
    "from a import (\r\n\tb,  # b\r\n\tc  # c\r\n)",
    "from a import (  # a\n    # above b\n    b as c,  # b\n\n    # above d\n    d\n    # below\n)",
    "from a import (b  # behind\n    , c)",
    "from a import (b as  # why\n    c, d)",
    "from a import (b,  # b\n    c, d,  # d\n    e)",
    "from é import ü as ö, match, type as case",
    "from a cimport b as c, d",
    "cimport a.b as c",
    "from a import (b, c)  ".rstrip(),
    "from a import (b,  # " + "# " * 60 + "\n    c)",
]


@pytest.mark.parametrize("code", STATEMENTS)
def test_what_is_read_is_written_back(code: str) -> None:
    statement = read_import(code)
    assert statement.code() == code
    assert statement.only(range(len(statement.items))).code() == code


@pytest.mark.parametrize("code", [code for code in STATEMENTS if "cimport" not in code])
def test_python_reads_the_same_names(code: str) -> None:
    statement = read_import(code)
    node = ast.parse(code).body[0]
    assert isinstance(node, ast.Import | ast.ImportFrom)
    assert [(i.dotted, i.alias or None) for i in statement.items] == [
        (name.name, name.asname) for name in node.names
    ]
    if isinstance(node, ast.ImportFrom):
        assert (statement.level, statement.module) == (node.level, node.module or "")
    assert statement.is_from == isinstance(node, ast.ImportFrom)


@pytest.mark.parametrize("code", [code for code in STATEMENTS if code.startswith("from a import")])
def test_each_name_by_itself_is_a_statement_and_no_comment_is_lost(code: str) -> None:
    statement = read_import(code)
    parts = [statement.only([index]) for index in range(len(statement.items))]
    for part, item in zip(parts, statement.items, strict=True):
        node = ast.parse(part.code()).body[0]
        assert isinstance(node, ast.ImportFrom)
        assert [name.name for name in node.names] == [item.name]
    comments = [said for part in parts for said in re.findall("#[^\r\n]*", part.code())]
    assert sorted(comments) == sorted(re.findall("#[^\r\n]*", code))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "import",
        "from a import",
        "from import b",
        "from a import b,",
        "from a import (b",
        "from a import b)",
        "from a import ()",
        "from a import b c",
        "from a import b\nc",
        "from a import b  # said",
        "from shop.a import b when it is there",
        "from a import if",
        "from a import b as class",
        "import a.None",
        "importa.b",
        "from a importb",
        "from a import b; c",
    ],
)
def test_what_is_no_import_is_refused(code: str) -> None:
    with pytest.raises(RewriteError, match="cannot read the import"):
        read_import(code)


LONG = """\
from a import (  # said of all
    b,  # said of b
    # above c
    c,
    d, e,  # said of e
    # below
)"""


@pytest.mark.parametrize(
    ("code", "picked", "kept"),
    [
        (LONG, [0], "from a import (  # said of all\n    b,  # said of b\n)"),
        (LONG, [1], "from a import (\n    # above c\n    c,\n)"),
        (LONG, [1, 2], "from a import (\n    # above c\n    c,\n    d,\n)"),
        (LONG, [3], "from a import (\n    e,  # said of e\n    # below\n)"),
        (LONG, [0, 3], "from a import (  # said of all\n    b,  # said of b\n    "
                       "e,  # said of e\n    # below\n)"),
        ("from a import (  # noqa\n    b,\n    c\n)", [1], "from a import (  # noqa\n    c\n)"),
        ("from a import (\n    b,\n    c\n)", [0], "from a import (\n    b\n)"),
        ("from a import (b,  # b\n    c)", [0], "from a import (b,  # b\n)"),
        ("from a import (b,  # b\n    # c\n    c)", [1], "from a import (\n    # c\n    c)"),
        ("from a import b, \\\n    c, d", [1, 2], "from a import c, d"),
        ("from a import b, \\\n    c, d", [0, 2], "from a import b, d"),
        ("from a import (b, c,)", [0], "from a import (b,)"),
        ("from a import (b, c)", [1], "from a import (c)"),
    ],
)  # fmt: skip
def test_some_names_keep_their_comments_and_the_layout(
    code: str, picked: list[int], kept: str
) -> None:
    assert read_import(code).only(picked).code() == kept


@pytest.mark.parametrize(
    ("code", "renamed"),
    [
        ("from .import b", "from x.y import b"),
        ("from.a import(b)", "from x.y import(b)"),
        ("from  a . b  import  c", "from  x.y  import  c"),
        ("from . cimport b", "from x.y cimport b"),
    ],
)
def test_another_base(code: str, renamed: str) -> None:
    assert read_import(code).with_base("x.y").code() == renamed
