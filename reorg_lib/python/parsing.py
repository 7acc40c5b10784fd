"""The parsing of many files at once.

A file that cannot be read becomes a problem with a line number. Contents that the cache has are
not parsed again. Where there is much to parse, a second process does a part of it.

On Linux the second process is forked, which takes some milliseconds: it parses, writes to a pipe
and exits, and so takes no lock that another thread could hold. In a notebook's kernel, where
ZeroMQ runs threads, and on other systems it is started as a program (`python -m
reorg_lib.python.parsing`): contents go in and syntaxes come out, as MessagePack. It does not use
`multiprocessing`, which would run the user's main module again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from reorg_lib.files.cache import Cache
from reorg_lib.model import Syntax
from reorg_lib.python.di_registrations import Registration, find_registrations
from reorg_lib.python.syntax import UnreadableSource, parse_source, syntax_of

LARGEST = 5_000_000
"""Bytes; a larger file is listed as a problem and not read."""

_WORTH_A_PROCESS = 4_000_000
"""Bytes; tree-sitter reads about 5 MB a second, and a process takes a quarter of one to start."""

_WORTH_A_FORK = 200_000
"""Bytes; to fork and to hand the result over takes some hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's syntax, its problem on `line` (empty: none), and its registrations."""

    syntax: Syntax
    line: int = 0
    problem: str = ""
    handed: tuple[Registration, ...] = ()


def nothing(error_line: int | None = None) -> Syntax:
    """Return the syntax of an empty file."""
    return Syntax((), (), (), (), frozenset(), (), error_line)


def parse_all(contents: Mapping[str, bytes], cache: Cache) -> Mapping[str, Parsed]:
    """Parse Python sources, given by blob id, and never run them; return blob id → result."""
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
        said = "contains a NUL byte, so it is no Python source; remove it from the package"
        return Parsed(nothing(line), line, said)
    try:
        tree = parse_source(content)
    except UnreadableSource as error:
        return Parsed(nothing(error.line), error.line, f"cannot be read: {error}")
    syntax, handed = syntax_of(tree), find_registrations(tree.root)
    if syntax.error_line is None:
        return Parsed(syntax, handed=handed)
    said = "has a syntax error here; the rest of the file is used; fix the syntax to have all of it"
    return Parsed(syntax, syntax.error_line, said, handed)


def _parse_shared(contents: Sequence[bytes]) -> Sequence[Parsed]:
    begin, least = (_fork, _WORTH_A_FORK) if _can_fork() else (_start, _WORTH_A_PROCESS)
    if sum(map(len, contents)) < least or (os.cpu_count() or 1) < 2:
        return [parse(content) for content in contents]
    said = begin(contents[1::2])
    result: list[Parsed] = [Parsed(nothing())] * len(contents)
    result[::2] = [parse(content) for content in contents[::2]]
    other = said()
    if other is None:  # the other process failed: parse here instead
        result[1::2] = [parse(content) for content in contents[1::2]]
    else:
        result[1::2] = msgspec.msgpack.decode(other, type=list[Parsed])
    return result


def _can_fork() -> bool:
    return sys.platform == "linux" and "zmq" not in sys.modules


_Said = Callable[[], bytes | None]
"""Waits for the result of the other process; None if it failed."""


def _fork(contents: Sequence[bytes]) -> _Said:
    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():  # Python warns where there are threads; see the top
            warnings.simplefilter("ignore")
            process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return lambda: None
    if not process:
        status = 1
        try:
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(_read(contents))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)

    def said() -> bytes | None:
        with os.fdopen(reading, "rb") as pipe:
            read = pipe.read()
        return None if os.waitpid(process, 0)[1] else read

    return said


def _start(contents: Sequence[bytes]) -> _Said:
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
        return lambda: None

    def said() -> bytes | None:
        assert process.stdout is not None
        with process.stdout as pipe:
            read = pipe.read()
        return None if process.wait() else read

    return said


def _read(contents: Sequence[bytes]) -> bytes:
    return msgspec.msgpack.encode([parse(content) for content in contents])


def _main() -> None:
    contents = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=list[bytes])
    sys.stdout.buffer.write(_read(contents))


if __name__ == "__main__":
    _main()
