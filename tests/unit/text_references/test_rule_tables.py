"""The examples that stand beside each row of the tables."""

from __future__ import annotations

import re

import pytest

from reorg_lib.model import NameClass
from reorg_lib.text_references import Classifier, read_repository_tree
from reorg_lib.text_references.rule_tables import (
    FileKind,
    Row,
    calls,
    file_kinds,
    kind_of,
    slots,
    texts,
    tools,
)
from scripts.mentions_page import PAGE, page

_TREE = read_repository_tree(
    {
        "shop": frozenset({"app", "f", "main"}),
        "shop.orders": frozenset({"f", "K", "main", "app", "Order", "cli", "Config"}),
    },
    {},
    ["shop/__init__.py", "shop/orders.py"],
)
_JUDGE = Classifier(_TREE)
_NAME = re.compile(
    rb"(?<![\w.])(?:shop(?P<path>/orders\.py)|shop\.orders|(?<!/)shop(?![\w/\\]))(?!\w)"
    rb"|(?<=[ '\"]-p)shop\.orders"
)


def _judged(path: str, text: str) -> list[tuple[str, NameClass, str]]:
    content = text.encode()
    view = _JUDGE.view(path, content)
    found = []
    for match in _NAME.finditer(content):
        judge = view.path if match["path"] else view.dotted
        verdict = judge(*match.span())
        found.append((match.group().decode(), verdict.kind, verdict.why))
    assert found, f"no name in {text!r}"
    return found


def _file_of(row: Row) -> str:
    kind = sorted(row.kinds)[0] if row.kinds else "plain"
    return {
        "code": "a.proto", "template": "a.html", "locale": "a.po", "string": "a.py",
        "docstring": "a.py", "prose": "a.md", "yaml": "a.yaml", "ini": "a.ini", "json": "a.json",
    }.get(kind, "thing.x")  # fmt: skip


def _examples(rows: tuple[Row, ...], side: str) -> list[object]:
    return [
        pytest.param(row, text, id=f"{row.name or row.why}-{text.strip()[:40]}")
        for row in rows
        for text in getattr(row, side)
    ]


@pytest.mark.parametrize(("row", "text"), _examples((*calls(), *slots()), "valid"))
def test_a_text_in_python_means_what_its_row_says(row: Row, text: str) -> None:
    source = f"{text}\ndef g(): ...\n" if text.startswith("@") else f"{text}\n"
    assert {row.means} == {kind for _, kind, _ in _judged("a.py", source)}


@pytest.mark.parametrize(("row", "text"), _examples((*calls(), *slots()), "invalid"))
def test_a_near_miss_in_python_does_not(row: Row, text: str) -> None:
    assert all(why != row.why for _, _, why in _judged("a.py", f"{text}\n"))


@pytest.mark.parametrize(("row", "text"), _examples(texts(), "valid"))
def test_a_name_means_what_stands_beside_it(row: Row, text: str) -> None:
    if row.kinds & {"string"} and text.startswith('"'):
        text = f"x = {text}"
    path = "a.py" if text.startswith("x = ") else _file_of(row)
    assert {(row.means, row.why)} == {(kind, why) for _, kind, why in _judged(path, f"{text}\n")}


@pytest.mark.parametrize(("row", "text"), _examples(texts(), "invalid"))
def test_a_near_miss_of_that_does_not(row: Row, text: str) -> None:
    assert all(why != row.why for _, _, why in _judged(_file_of(row), f"{text}\n"))


def _files(row: Row) -> list[str]:
    return [name.replace("*", "a") for name in row.files]


@pytest.mark.parametrize(("row", "text"), _examples(tools(), "valid"))
def test_a_setting_means_what_its_tool_says(row: Row, text: str) -> None:
    kind = _kind_of_example(text)
    files = [file for file in _files(row) if kind_of(file) in kind]
    assert files
    said = _judged(files[0], text)
    assert {row.means} == {means for _, means, _ in said}, (files[0], said)


@pytest.mark.parametrize(("row", "text"), _examples(tools(), "invalid"))
def test_a_setting_that_is_no_such_one_does_not(row: Row, text: str) -> None:
    kind = _kind_of_example(text)
    for file in _files(row):
        if kind_of(file) in kind:
            assert all(why != row.why for _, _, why in _judged(file, text)), file


def _kind_of_example(text: str) -> set[str]:
    if re.search(r"^\s*[\w-]+:(\s|$)", text, re.M) and not re.search(r"^\[", text, re.M):
        return {"yaml"}
    is_ini = '"' not in text and "[[" not in text
    return {"ini"} if is_ini else {"toml"}


@pytest.mark.parametrize("row", file_kinds(), ids=lambda row: row.kind)
def test_a_file_is_of_the_kind_that_its_row_says(row: FileKind) -> None:
    assert {kind_of(path) for path in row.valid} == {row.kind}
    assert row.kind not in {kind_of(path) for path in row.invalid}


def test_every_row_has_an_example_and_a_near_miss() -> None:
    rows = (*calls(), *slots(), *texts(), *tools())
    assert all(row.valid and row.invalid and row.why for row in rows)
    assert len(rows) > 70


def test_the_page_on_the_proof_says_what_the_tables_say() -> None:
    text = PAGE.read_text("utf-8")
    assert page(text) == text, "run `python -m scripts.mentions_page`"
