r"""How text is written into a shell script so that it can only be text.

Owns quoting: for bash and for a comment. Must not know what the script does. A name is
single-quoted, with `'` written as `'\''`; only one that holds control characters or bytes that are
no UTF-8 takes bash's `$'…'`, so that the script stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_ANSI_C = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\f": r"\f", "\\": r"\\", "'": r"\'"}


def quote(name: str) -> str:
    """Return `name` as one word of bash, on one line.

    >>> quote("it's.py")
    "'it'\\\\''s.py'"
    """
    if is_plain(name, allowed=""):
        return _single(name)
    return "$'" + "".join(_escape(character, _ANSI_C) for character in name) + "'"


def word(name: str) -> str:
    """Return a path as one word of bash, without quotes where it cannot mean anything else.

    A name that begins with `-` gets `./` in front, so that no command takes it for an option.
    """
    safe = f"./{name}" if name.startswith("-") else name
    return safe if re.fullmatch(r"[\w./-]+", safe, re.ASCII) else quote(safe)


def quote_text(text: str) -> str:
    """Return `text` as one word of bash; line feeds and tabs in it stay as they are."""
    if is_plain(text, allowed="\n\t"):
        return _single(text)
    return quote(text)


def comment(text: str) -> str:
    """Return `text` on one line, fit to stand behind `# `: no line break survives, of any kind."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())


def document(word: str, lines: Sequence[str], command: str = "cat") -> list[str]:
    """Return a here-document, with a closing word that is no line of it; `:` where it is empty."""
    if not lines:
        return ["  :"]
    while word in lines:
        word += "_"
    return [f"  {command} << '{word}'", *lines, word]


def wrapped(words: Iterable[str], width: int) -> Iterator[str]:
    """Yield words in lines of about `width` characters, the last of them shorter."""
    line = ""
    for name in words:
        if line and len(line) + len(name) > width:
            yield line
            line = ""
        line += f" {name}" if line else name
    if line:
        yield line


def decode(text: bytes | None) -> str:
    """Return bytes as text for the script; what is no UTF-8 survives as surrogates."""
    return (text or b"").decode("utf-8", "surrogateescape")


def is_plain(text: str, allowed: str) -> bool:
    """Whether every character can be seen, so that it may stand in the script as it is."""
    return all(c.isprintable() or c in allowed for c in text)


def _single(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _escape(character: str, named: dict[str, str]) -> str:
    if character in named:
        return named[character]
    if character.isprintable():
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
