"""Reading a file with libcst: what it cannot read, how deep it goes, and how it counts bytes.

It converts libcst's offsets to those of the file.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate

import libcst as cst

_DEEPEST = 20_000
_BRACKETS = 1000
_NO_BRACKETS = bytes(set(range(256)) - set(b"()[]{}"))
_BOM = b"\xef\xbb\xbf"

UNREADABLE = (cst.ParserSyntaxError, SyntaxError, UnicodeError, LookupError, RecursionError)
"""What libcst raises of a text that it cannot read or a tree that it cannot make."""


def refuse_deep_brackets(source: bytes) -> None:
    """Python refuses 200 nested brackets; libcst's parser ends the process at 2000."""
    found = [byte in b"([{" for byte in source.translate(None, _NO_BRACKETS)]
    if max(accumulate(1 if opens else -1 for opens in found), default=0) > _BRACKETS:
        raise RecursionError(f"more than {_BRACKETS} brackets in one another")


@contextmanager
def raised_recursion_limit() -> Iterator[None]:
    """libcst visits a tree by recursion: three calls for each term of a sum or `elif`."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def places(source: bytes, tree: cst.Module) -> Callable[[int], int]:
    """libcst counts UTF-8 bytes after the BOM; return a function from that to the file's bytes.

    It also loses a form feed directly before a statement.
    """
    lost: list[int] = []
    for match in re.finditer(rb"\x0c", source):
        at = match.start() - len(lost)
        if tree.bytes[at : at + 1] != b"\x0c":
            lost.append(at)

    def found(at: int) -> int:
        return at + bisect_right(lost, at)

    if tree.encoding.startswith("utf-8"):
        bom = len(_BOM) if source.startswith(_BOM) else 0
        return lambda offset: found(offset + bom)
    text = tree.code.encode()
    return lambda offset: found(len(text[:offset].decode().encode(tree.encoding)))
