"""The syntax of many files at once.

Owns what becomes of a file that cannot be read, and the sharing of the work: contents that the
cache knows are not parsed again, and where there is much to parse a second process takes part.
Must not know paths, or what a file is for.

As a program (`python -m reorg_lib.survey.parsing`) it is that second process: contents come in
and syntaxes go out, as MessagePack. It is started afresh, not forked, because a notebook's kernel
has threads; and not by `multiprocessing`, which would run the user's own main module again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from reorg_lib.model import Syntax
from reorg_lib.survey.cache import Cache
from reorg_lib.survey.handing import Handed, handed_out
from reorg_lib.survey.syntax import UnreadableSource, read_tree, syntax_of

LARGEST = 5_000_000
"""Bytes; a larger file is listed as a problem and not read."""

_WORTH_A_PROCESS = 4_000_000
"""Bytes; tree-sitter reads about 5 MB a second, and a process takes a quarter of one to start."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's syntax, what is wrong with it on `line` (empty: nothing), and what it hands out."""

    syntax: Syntax
    line: int = 0
    problem: str = ""
    handed: tuple[Handed, ...] = ()


def nothing(error_line: int | None = None) -> Syntax:
    """Return the syntax of a file that says nothing."""
    return Syntax((), (), (), (), frozenset(), (), error_line)


def parse_all(contents: Mapping[str, bytes], cache: Cache) -> Mapping[str, Parsed]:
    """Return blob id → what was read, for Python sources by blob id; never runs them."""
    known = cache.load(contents.keys(), Parsed)
    missing = sorted(contents.keys() - known.keys())
    new = dict(zip(missing, _parse_shared([contents[blob] for blob in missing]), strict=True))
    cache.keep(new)
    return {**known, **new}


def parse(content: bytes) -> Parsed:
    """Read one file, or say why it cannot be read."""
    if len(content) > LARGEST:
        return Parsed(nothing(1))
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        said = "holds a NUL byte and is no Python source; take it out of the package"
        return Parsed(nothing(line), line, said)
    try:
        tree = read_tree(content)
    except UnreadableSource as error:
        return Parsed(nothing(error.line), error.line, f"cannot be read: {error}")
    syntax, handed = syntax_of(tree), handed_out(tree.root)
    if syntax.error_line is None:
        return Parsed(syntax, handed=handed)
    said = "does not parse here; what could be read is used, correct the syntax to be sure of it"
    return Parsed(syntax, syntax.error_line, said, handed)


def _parse_shared(contents: Sequence[bytes]) -> Sequence[Parsed]:
    if sum(map(len, contents)) < _WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
        return [parse(content) for content in contents]
    other = _start(contents[1::2])
    result: list[Parsed] = [Parsed(nothing())] * len(contents)
    result[::2] = [parse(content) for content in contents[::2]]
    result[1::2] = _finish(other) or [parse(content) for content in contents[1::2]]
    return result


def _start(contents: Sequence[bytes]) -> subprocess.Popen[bytes] | None:
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", __spec__.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        with process.stdin as pipe:
            pipe.write(msgspec.msgpack.encode(contents))
    except OSError:
        return None
    return process


def _finish(process: subprocess.Popen[bytes] | None) -> list[Parsed] | None:
    """Return what the other process read, or None if it failed: then it is read here."""
    if process is None:
        return None
    assert process.stdout is not None
    with process.stdout as pipe:
        said = pipe.read()
    if process.wait():
        return None
    return msgspec.msgpack.decode(said, type=list[Parsed])


def _main() -> None:
    contents = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=list[bytes])
    sys.stdout.buffer.write(msgspec.msgpack.encode([parse(content) for content in contents]))


if __name__ == "__main__":
    _main()
