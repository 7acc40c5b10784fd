"""The normal form sees through every spelling of a reference, and through nothing else."""

from __future__ import annotations

import pytest

from reorg_lib.proof.reading.new_names import NOT_RENAMED, NewNames
from reorg_lib.proof.reading.normal_form import NormalForm, first_difference
from reorg_lib.proof.reading.source_tree import SourceTree

RENAMED = NewNames(
    {"a.b.c": "a.x.c", "a.b.n": "a.x.naming", "a.b": "a.y"}, {"a/b/c.py": "a/x/c.py"}
)


def difference(before: str, after: str) -> int | None:
    trees = [SourceTree({"m.py": text.encode()}, ".") for text in (before, after)]
    return first_difference(
        NormalForm(before.encode(), "m.py", trees[0], RENAMED),
        NormalForm(after.encode(), "m.py", trees[1], NOT_RENAMED),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a.b.c import f", "from a.x.c import f"),
        ("from a.b import c, D", "from a.x import c\nfrom a.y import D"),
        ("from a.b import c, D  # noqa", "from a.x import c  # noqa\nfrom a.y import D  # noqa"),
        ("x = 1; from a.b import c, D", "x = 1; from a.x import c; from a.y import D"),
        ("from a.b import n", "from a.x import naming as n"),
        ("import a.b.c\na.b.c.f(a.b.g)", "import a.x.c, a.y\na.x.c.f(a.y.g)"),
        ("import a.b as s\ns.g()", "import a.y as s\ns.g()"),
        ("p('a.b.c.f', 'a/b/c.py')", "p('a.x.c.f', 'a/x/c.py')"),
        ("'''from a.b import c, n'''", "'''from a.x import c; from a.x import naming as n'''"),
        ("f(1,  2) # one", "f(1, 2)  # other"),
        ("import a.b.c\nx = [*a.b.c.f, * a.b.c.g]", "import a.x.c\nx = [*a.x.c.f, * a.x.c.g]"),
        ("type X[T] = list[T]\nfrom a.b.c import f", "type X[T] = list[T]\nfrom a.x.c import f"),
    ],
)
def test_one_meaning_in_two_spellings(before: str, after: str) -> None:
    assert difference(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("from a.b.c import f", "from a.b.c import f", 1),
        ("from a.b.c import f", "from a.x.c import g as f", 1),
        ("from a.b.c import f", "from a.x.c import f, g", 1),
        ("from a.b.c import f, g", "from a.x.c import f", 1),
        ("import a.b.c\na.b.c.f()", "import a.x.c\na.b.c.f()", 2),
        ("p('a.b.c.f')", "p('a.b.c.f')", 1),
        ("p('a.b.c.f')", "p('a.x.c.g')", 1),
        ("if x:\n    f()\n    g()", "if x:\n    f()\ng()", 2),
        ("f()\ng()", "f()", 1),
        ("f()", "f()\n\ng()", 3),
        ("x = 1", "x = 2", 1),
        ("import a.b.c\nx = [*a.b.c.f]", "import a.x.c\nx = [a.x.c.f]", 2),
        ("def f(): from a.b.c import g", "from a.x.c import g\ndef f(): pass", 1),
    ],
)
def test_another_meaning_is_seen_at_its_line(before: str, after: str, line: int) -> None:
    assert difference(before, after) == line


def test_an_import_in_a_text_is_renamed_once_also_in_a_swap() -> None:
    swap = NewNames({"a.x": "a.y", "a.y": "a.x"}, {})
    before, after = b"'''from a import x'''", b"'''from a import y as x'''"
    tree = SourceTree({"m.py": before}, ".")
    one = NormalForm(before, "m.py", tree, swap)
    assert first_difference(one, NormalForm(after, "m.py", tree, NOT_RENAMED)) is None
    assert first_difference(one, NormalForm(before, "m.py", tree, NOT_RENAMED)) == 1


def test_a_fix_that_changes_the_number_of_lines_is_compared_as_fixed() -> None:
    text = "x = (\n    1\n)\ndef f():\n    import os\n"
    fixed = "x = 1\ndef f():\n    import os\n"
    tree = SourceTree({"m.py": text.encode()}, ".")
    after = SourceTree({"m.py": fixed.encode()}, ".")
    one = NormalForm(fixed.encode(), "m.py", tree, RENAMED)
    assert first_difference(one, NormalForm(fixed.encode(), "m.py", after, NOT_RENAMED)) is None


def test_bytes_that_are_no_utf8_are_told_apart() -> None:
    lines = [
        b"# -*- coding: latin-1 -*-\nimport a.b.c\nx = 'caf" + byte + b"'\n"
        for byte in (b"\xe9", b"\xe8")
    ]
    trees = [SourceTree({"m.py": text}, ".") for text in lines]
    forms = [
        NormalForm(text, "m.py", tree, RENAMED) for text, tree in zip(lines, trees, strict=True)
    ]
    assert first_difference(*forms) is not None
