"""Both parsers of the proof read the same; the second one takes over where syntax is newer."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

from reorg_lib.proof.reading.source_tree import Imported, Reading, SourceTree, read_file

SOURCE = b"""
import a.b, c as d
from . import x as y
from ..z import (p,
    q)
if 1:
    from k import *
    VALUE = 1
    (m, [n]) = 1, [2]
if TYPE_CHECKING:
    import types_only
else:
    import not_late
def f():
    import late
    local = 1
class C: ...
def __getattr__(name): ...
"""


def by_the_other_tree(source: bytes, monkeypatch: pytest.MonkeyPatch) -> Reading | None:
    def refuse(_: bytes) -> ast.Module:
        raise SyntaxError("newer than this Python")

    with monkeypatch.context() as patch:
        patch.setattr(ast, "parse", refuse)
        return read_file(source)


def test_both_parsers_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    by_ast, by_tree_sitter = read_file(SOURCE), by_the_other_tree(SOURCE, monkeypatch)
    assert by_ast is not None
    assert by_ast == by_tree_sitter
    assert by_ast.bound == {
        "a",
        "d",
        "y",
        "p",
        "q",
        "*",
        "types_only",
        "not_late",
        "VALUE",
        "m",
        "n",
        "f",
        "C",
    }


def test_both_parsers_read_the_same_in_real_files(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [path for name in ("json", "asyncio", "email") for path in of_the_library(name)]
    assert len(sources) > 50
    differing = [
        path
        for path in sources
        if read_file(path.read_bytes()) != by_the_other_tree(path.read_bytes(), monkeypatch)
    ]
    assert differing == []


def of_the_library(package: str) -> Iterable[Path]:
    return sorted((Path(ast.__file__).parent / package).glob("*.py"))


def test_what_runs_nothing_at_import_is_late() -> None:
    reading = read_file(SOURCE)
    assert reading is not None
    assert {line.base for line in reading.imports if line.late} == {"types_only", "late"}


def test_syntax_newer_than_any_supported_python_is_read_or_said_not_to_parse() -> None:
    generic = read_file(b"from a import b\ntype X[T] = list[T]\ndef f[T](x: T): ...\n")
    assert generic is not None
    assert [(i.base, i.name) for i in generic.imports] == [("a", "b")]
    deep = read_file(b"type X = int\nx = " + b"+".join([b"1"] * 900))
    assert deep is not None
    assert deep.bound == {"X", "x"}
    assert read_file(b"def f(:\n") is None


@pytest.mark.parametrize(
    "source",
    [
        b"x = " + b"+".join([b"1"] * 4000),
        b"x = " + b"[" * 4000 + b"]" * 4000,
        b"if " + b"+".join([b"1"] * 900) + b": import a\n",
        b"# coding: nope\n",
    ],
    ids=["sum", "brackets", "condition", "cookie"],
)
def test_what_no_parser_goes_down_to_does_not_parse(source: bytes) -> None:
    assert read_file(source) is None


@pytest.mark.parametrize(
    ("base", "name", "target"),
    [
        ("p", "m", "p.m"),
        ("p", "own", "p.own"),
        ("p", "shadow", "p"),
        ("p.m", "value", "p.m"),
        ("p.m", "other", None),
        ("p.m", None, "p.m"),
        ("p.none", None, None),
        ("p.space", "deep", "p.space.deep"),
        ("p.star", "anything", "p.star"),
    ],
)
def test_what_an_import_reaches(base: str, name: str | None, target: str | None) -> None:
    tree = SourceTree(
        {
            "p/__init__.py": b"from . import own\nfrom .own import f as shadow\n",
            "p/m.py": b"value = 1\n",
            "p/own.py": b"",
            "p/shadow.py": b"",
            "p/space/deep.py": b"",
            "p/star.py": b"from p.m import *\n",
        },
        ".",
    )
    assert tree.target(Imported(1, base, name)) == target
