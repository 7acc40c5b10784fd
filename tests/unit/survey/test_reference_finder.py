"""Names of modules in text: dotted, as a path, and which part of what is written counts."""

from __future__ import annotations

import pytest

from reorg_lib.model import Module, Syntax
from reorg_lib.survey.reference_finder import ReferenceFinder

NOTHING = Syntax((), (), (), (), frozenset(), ())


def finder(package: str, source_root: str, *names: str) -> ReferenceFinder:
    prefix = "" if source_root == "." else f"{source_root}/"
    modules = [
        Module(name, f"{prefix}{name.replace('.', '/')}.py", "b", False, 1, NOTHING)
        for name in names
    ]
    return ReferenceFinder(modules, package, source_root)


@pytest.mark.parametrize(
    ("written", "text", "module"),
    [
        ("see shop.infra.db.", "shop.infra.db", "shop.infra.db"),
        ("shop.infra.db.Session.close()", "shop.infra.db", "shop.infra.db"),
        ("edit src/shop/infra/db.py now", "src/shop/infra/db.py", "shop.infra.db"),
        ("edit shop/infra/db.py now", "shop/infra/db.py", "shop.infra.db"),
        ("./src/shop/infra/db.py", "src/shop/infra/db.py", "shop.infra.db"),
        ("notsrc/shop/infra/db.py", "shop/infra/db.py", "shop.infra.db"),
    ],
)
def test_a_name_is_found_with_its_longest_known_part(written: str, text: str, module: str) -> None:
    found = list(finder("shop.infra", "src", "shop.infra.db").find("a.md", written.encode(), None))
    assert [(r.text, r.module) for r in found] == [(text, module)]
    assert written.encode()[found[0].start : found[0].end] == text.encode()


@pytest.mark.parametrize("written", ["myshop.infra.db", "shop.infras", "x.shop.infra.db", "shop"])
def test_text_that_only_looks_like_a_name_is_no_reference(written: str) -> None:
    assert not list(finder("shop.infra", "src", "shop.infra.db").find("a", written.encode(), None))


def test_a_path_of_a_package_with_one_word_is_read_to_its_end() -> None:
    found = list(finder("shop", ".", "shop", "shop.db").find("a", b"\n\nrun shop/db.py\n", None))
    assert [(r.line, r.text, r.module) for r in found] == [(3, "shop/db.py", "shop.db")]


def test_lines_are_counted_from_one_name_to_the_next() -> None:
    text = b"shop.db\n\nshop.db shop.db\nshop.db"
    found = finder("shop", ".", "shop.db").find("a", text, None)
    assert [r.line for r in found] == [1, 3, 3, 4]
