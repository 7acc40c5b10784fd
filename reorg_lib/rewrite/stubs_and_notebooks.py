"""Imports in code files that are not modules: stubs, Cython and the cells of notebooks.

It finds the import statements in such a file and writes them back; `import_renaming` changes them.
Names outside the imports count as texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.errors import RewriteError
from reorg_lib.model import Edit
from reorg_lib.rewrite.import_renaming import Importer, rewrite_import
from reorg_lib.rewrite.name_map import NameMap

SUFFIXES = (".pyi", ".pyx", ".pxd", ".pxi", ".ipynb")

_NAMES = rb"(?:\([^()]*\)|[^\n#;\\\"]+(?:\\\r?\n[^\n#;\\]+)*)"
_STATEMENT = re.compile(
    rb"(?P<indent>^[ \t]*(?:>>>[ \t]+)?)(?P<code>"
    rb"from[ \t]+[\w.]+[ \t]+c?import[ \t]*" + _NAMES + rb""
    rb"|c?import[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?"
    rb"(?:[ \t]*,[ \t]*[\w.]+(?:[ \t]+as[ \t]+\w+)?)*)",
    re.M,
)
_CELL_LINE = re.compile(rb'^([ \t]*)"((?:[^"\\]|\\.)*)"(,?[ \t]*\r?)$', re.M)


def import_edits(path: str, source: bytes, importer: Importer, names: NameMap) -> Iterator[Edit]:
    """Yield the edits of the import statements in a file that is not a module.

    >>> # from .core cimport h      ->      from .num.core cimport h
    """
    if path.endswith(".ipynb"):
        yield from _in_notebook(source, importer, names)
        return
    for match in _STATEMENT.finditer(source):
        yield from _statement(match, importer, names)


def _statement(match: re.Match[bytes], importer: Importer, names: NameMap) -> Iterator[Edit]:
    try:
        old = match["code"].rstrip()
        code = old.decode()
    except UnicodeDecodeError:
        return
    try:
        statements = rewrite_import(code, importer, names)
    except RewriteError:
        return
    if statements == (code,):
        return
    indent = match["indent"].decode()
    new = f"\n{indent}".join(statements)
    start = match.start("code")
    yield Edit(start, start + len(old), old, new.encode(), "import")


def _in_notebook(source: bytes, importer: Importer, names: NameMap) -> Iterator[Edit]:
    """A cell's source is a list of lines, each a JSON string; an import may have several."""
    lines = list(_CELL_LINE.finditer(source))
    at = 0
    while at < len(lines):
        first = lines[at]
        body = first[2].removesuffix(rb"\n")
        at += 1
        if not re.match(rb"[ \t]*(?:from|import)[ \t]", body):
            continue
        used = [first]
        while body.count(b"(") > body.count(b")") and at < len(lines):
            following = lines[at]
            if source[used[-1].end() : following.start()].strip():
                break
            used.append(following)
            body += b"\n" + following[2].removesuffix(rb"\n")
            at += 1
        statement = _STATEMENT.match(body)
        if statement is None:
            continue
        for edit in _statement(statement, importer, names):
            new = body[: edit.start] + edit.new + body[edit.end :]
            start, end = first.start(2), used[-1].end(2)
            last = rb"\n" if used[-1][2].endswith(rb"\n") else b""
            between = b'\\n",\n' + first[1] + b'"'
            typed = between.join(new.split(b"\n")) + last
            yield Edit(start, end, source[start:end], typed, "import")
