"""The tables of data that classify names, read from the files beside this one.

It defines the form of a row and how its patterns match.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import Any

from reorg_lib.model import NameClass


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. Fields that a table does not use are empty.

    `words` means that a name of one segment counts too; `valid` and `invalid` are the examples.
    `loads` means that the called function imports the argument, whatever it is.
    """

    means: NameClass
    why: str
    words: bool = False
    loads: bool = False
    name: str = ""
    names: frozenset[str] = frozenset()
    only: tuple[str, ...] = ()
    of: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    needs: str = ""
    kinds: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    key: re.Pattern[str] | None = None
    header: re.Pattern[str] | None = None
    role: str = "value"
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileKind:
    """Files of one kind: those whose name or path one of the globs matches."""

    kind: str
    globs: tuple[str, ...]
    valid: tuple[str, ...]
    invalid: tuple[str, ...]


@cache
def file_kinds() -> tuple[FileKind, ...]:
    """Return the kinds of files, the first that matches counts."""
    return tuple(
        FileKind(row["kind"], tuple(row["globs"]), tuple(row["valid"]), tuple(row["invalid"]))
        for row in _read("files", "file")
    )


@cache
def calls() -> tuple[Row, ...]:
    """Return the rows on arguments of Python calls."""
    return tuple(map(_row, _read("calls", "call")))


@cache
def slots() -> tuple[Row, ...]:
    """Return the rows on the variable or parameter that gets a text."""
    return tuple(map(_row, _read("slots", "slot")))


@cache
def texts() -> tuple[Row, ...]:
    """Return the rows on the texts beside a name."""
    return tuple(map(_row, _read("texts", "text")))


@cache
def tools() -> tuple[Row, ...]:
    """Return the rows on the settings of known tools."""
    return tuple(map(_row, _read("tools", "tool")))


@cache
def words() -> Mapping[str, frozenset[str]]:
    """Return the lists of words that the rules use, by their names."""
    text = resources.files("reorg_lib.text_references").joinpath("words.toml").read_text("utf-8")
    return {name: frozenset(found) for name, found in tomllib.loads(text).items()}


@cache
def kind_of(path: str) -> str:
    """Return the kind of a file that is not Python."""
    for suffix, kind in _CODE.items():
        if path.endswith(suffix):
            return kind
    for row in file_kinds():
        if matches(path, row.globs):
            return row.kind
    return "plain"


def matches(path: str, globs: tuple[str, ...]) -> bool:
    """Return whether one of the globs matches the file's name, or with a "/" its whole path."""
    name = path.rpartition("/")[2]
    return any(fnmatchcase(path if "/" in glob else name, glob) for glob in globs)


_CODE = {
    ".py": "python",
    ".ipynb": "notebook",
    ".pyi": "stub",
    ".pyx": "stub",
    ".pxd": "stub",
    ".pxi": "stub",
}


def _read(file: str, table: str) -> list[Mapping[str, Any]]:
    text = resources.files("reorg_lib.text_references").joinpath(f"{file}.toml").read_text("utf-8")
    rows: list[Mapping[str, Any]] = tomllib.loads(text)[table]
    return rows


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        means=NameClass(row["means"]),
        why=row["why"],
        words=bool(row.get("words", False)),
        loads=bool(row.get("loads", False)),
        name=row.get("name", ""),
        names=frozenset(row.get("names", ())),
        only=tuple(map(str, row.get("only", ()))),
        of=_pattern(row.get("of")),
        before=_pattern(row.get("before")),
        after=_pattern(row.get("after")),
        needs=row.get("needs", ""),
        kinds=frozenset(row.get("kinds", ())),
        files=tuple(row.get("files", ())),
        key=re.compile(_key_glob(row["key"])) if "key" in row else None,
        header=_pattern(row.get("header", "").replace("NAME", r"(?P<name>[\w.]+?)")),
        role=row.get("role", "value"),
        valid=tuple(row.get("valid", ())),
        invalid=tuple(row.get("invalid", ())),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


def _key_glob(glob: str) -> str:
    """Return the regular expression of a glob over keys: `**`, `*` and `{a,b}`."""
    said, at = "", 0
    signs = {"*": "[^/]*", "{": "(?:", "}": ")", ",": "|"}
    while at < len(glob):
        if glob.startswith("/**", at):
            said, at = said + "(?:/.*)?", at + 3
        elif glob.startswith("**/", at):
            said, at = said + "(?:.*/)?", at + 3
        else:
            said, at = said + signs.get(glob[at], re.escape(glob[at])), at + 1
    return said
