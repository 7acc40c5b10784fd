"""What counts as a new complaint: not one that only moved, and not one about a renamed module."""

from __future__ import annotations

import pytest

from reorg_lib.model import ChangeSet
from reorg_lib.proof.expected_names import ExpectedNames
from reorg_lib.proof.reading.source_tree import SourceTree
from reorg_lib.proof.tools.diagnostics import (
    Diagnostic,
    ToolReport,
    new_diagnostics,
    no_new_warning,
)
from reorg_lib.proof.tools.documentation_build import read_warnings
from tests.changesets import make_changeset

BEFORE = {"app/__init__.py": "", "app/old.py": "x = 1\n", "app/use.py": "import app.old\n"}
AFTER = {"app/__init__.py": "", "app/sql/new.py": "x = 1\n", "app/use.py": "import app.sql.new\n"}


def _sides() -> tuple[ExpectedNames, ChangeSet]:
    moved = {"app/old.py": "app/sql/new.py"}
    modules = {"app.old": "app.sql.new"}
    changes = make_changeset(BEFORE, AFTER, moved, modules=modules, paths=moved, package="app")
    trees = [
        SourceTree({path: text.encode() for path, text in side.items()}, ".")
        for side in (BEFORE, AFTER)
    ]
    return ExpectedNames(trees[0], trees[1], changes), changes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Diagnostic("app/old.py", 3, "bad"), Diagnostic("app/sql/new.py", 3, "bad")),
        (Diagnostic("app/use.py", 3, "bad"), Diagnostic("app/use.py", 5, "bad")),
        (
            Diagnostic("app/use.py", 3, 'Module "app.old" has no attribute "y" [attr-defined]'),
            Diagnostic("app/use.py", 3, 'Module "app.sql.new" has no attribute "y" [attr-defined]'),
        ),
        (
            Diagnostic("app/use.py", 3, "see app/old.py:12, app.old.Kind"),
            Diagnostic("app/use.py", 3, "see app/sql/new.py:14, app.sql.new.Kind"),
        ),
        (
            Diagnostic("", 0, "a link '../app/old.py', but no such file"),
            Diagnostic("", 0, "a link '../app/sql/new.py', but no such file"),
        ),
        (Diagnostic("", 0, "the app.old of ours"), Diagnostic("", 0, "the app.old of ours")),
    ],
)
def test_what_was_there_before_is_not_new(old: Diagnostic, new: Diagnostic) -> None:
    assert new_diagnostics([old], [new], *_sides()) == ()
    assert new_diagnostics([], [new], *_sides()) == (new,)
    assert new_diagnostics([old], [new, new], *_sides()) == (new,)


def test_another_text_or_another_file_is_new() -> None:
    old = Diagnostic("app/old.py", 3, "bad [one]")
    for new in (
        Diagnostic("app/sql/new.py", 3, "bad [two]"),
        Diagnostic("app/use.py", 3, "bad [one]"),
    ):
        assert new_diagnostics([old], [new], *_sides()) == (new,)


def test_a_build_that_fails_afterwards_is_told() -> None:
    point = no_new_warning(
        ToolReport("`make html`", ()), ToolReport("`make html`", (), 2), *_sides()
    )
    assert point.failures == ("`make html` ends with exit 2 after the moves, 0 before",)
    said = (Diagnostic("app/use.py", 3, "bad"),)
    same = no_new_warning(
        ToolReport("`make html`", said, 2), ToolReport("`make html`", said, 2), *_sides()
    )
    assert same.holds and not same.not_checked


def test_a_build_that_fails_without_output_is_not_checked() -> None:
    for status, not_checked in ((0, ""), (127, "`make html` ends with exit 127 on both sides")):
        heard = ToolReport("`make html`", (), status)
        point = no_new_warning(heard, heard, *_sides())
        assert point.not_checked.startswith(not_checked) and bool(point.not_checked) is bool(
            not_checked
        )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("docs/api.rst:12: WARNING: undefined label: x [ref.ref]", ("docs/api.rst", 12)),
        ("\x1b[91mWARNING: html_static_path entry '_static' does not exist\x1b[39;49;00m", ("", 0)),
        ("app/old.py:docstring of app.old.f:3: ERROR: Unexpected indentation.", ("app/old.py", 3)),
        ("docs/a.md: WARNING: document isn't included in any toctree", ("docs/a.md", 0)),
        ("WARNING -  Doc file 'index.md' contains a link 'x.md'", ("", 0)),
        ("[mkdocs] WARNING  -  griffe: app/old.py:3: No type", ("", 0)),
    ],
)
def test_warnings_of_sphinx_and_mkdocs_are_found(line: str, said: tuple[str, int]) -> None:
    (found,) = read_warnings(f"building [html]: all\n{line}\nbuild succeeded, 1 warning.\n")
    assert (found.path, found.line) == said


def test_other_lines_are_no_warnings() -> None:
    assert read_warnings("INFO    -  Building\nreading sources... WARNINGS.rst\n") == ()
