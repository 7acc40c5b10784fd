r"""Quoting of text for bash, and for a comment in a shell script.

A name is single-quoted, with `'` written as `'\''`. Only a name with control characters, or with
bytes that are not UTF-8, is written as bash's `$'…'`, so that the script stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_ANSI_C = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\f": r"\f", "\\": r"\\", "'": r"\'"}


def quote(name: str) -> str:
    """Return `name` as one bash word, on one line.

    >>> quote("it's.py")
    "'it'\\\\''s.py'"
    """
    if is_plain(name, allowed=""):
        return _single(name)
    return "$'" + "".join(_escape(character, _ANSI_C) for character in name) + "'"


def word(name: str) -> str:
    """Return a path as one bash word, without quotes if it needs none.

    A name that begins with `-` gets the prefix `./`, so that no command takes it for an option.
    """
    safe = f"./{name}" if name.startswith("-") else name
    return safe if re.fullmatch(r"[\w./-]+", safe, re.ASCII) else quote(safe)


def quote_text(text: str) -> str:
    """Return `text` as one bash word; line feeds and tabs in it stay as they are."""
    if is_plain(text, allowed="\n\t"):
        return _single(text)
    return quote(text)


def comment(text: str) -> str:
    """Return `text` on one line for use after `# `: line breaks of every kind are replaced."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())


def document(word: str, lines: Sequence[str], command: str = "cat") -> list[str]:
    """Return a here-document whose end marker is no line of it; `:` if there are no lines."""
    if not lines:
        return ["  :"]
    while word in lines:
        word += "_"
    return [f"  {command} << '{word}'", *lines, word]


def wrapped(words: Iterable[str], width: int) -> Iterator[str]:
    """Yield the words in lines of about `width` characters."""
    line = ""
    for name in words:
        if line and len(line) + len(name) > width:
            yield line
            line = ""
        line += f" {name}" if line else name
    if line:
        yield line


def decode(text: bytes | None) -> str:
    """Return bytes as text for the script; bytes that are not UTF-8 become surrogates."""
    return (text or b"").decode("utf-8", "surrogateescape")


def is_plain(text: str, allowed: str) -> bool:
    """Return whether all characters are printable or allowed, so that no escape is needed."""
    return all(c.isprintable() or c in allowed for c in text)


def _single(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _escape(character: str, named: dict[str, str]) -> str:
    if character in named:
        return named[character]
    if character.isprintable():
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
