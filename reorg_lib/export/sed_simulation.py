r"""A sed that runs in Python: what the emitted programs do, before anyone runs them.

Owns the meaning of the few commands that `sed.py` emits, read from their final text, so that a
mistake in escaping is found here and not in a maintainer's checkout. Must not know how a program
came about. Understood are, as POSIX has them: comments, `s` with the flag `g`, `d`, `b` to the
end, `{` and `}`, each with no address, a line number or a range of two; and `/text/!b`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_ADDRESS = re.compile(rb"[ \t]*(?:(\d+)(?:,(\d+))?)?")


@dataclass(frozen=True, slots=True)
class Command:
    """One command with the lines that it is for; `close` is the index of a `{`'s `}`."""

    first: int
    last: int
    verb: str
    close: int = 0
    unless: bytes = b""
    substitute: Callable[[bytes], bytes] | None = None

    def applies(self, line: int) -> bool:
        """Whether the command is for this line; without an address it is for every one."""
        return self.first == 0 or self.first <= line <= self.last


def parse(program: bytes) -> tuple[Command, ...]:
    """Read the text of a program.

    Raises:
        ValueError: there is something in it that `sed.py` has no business to emit.
    """
    commands: list[Command] = []
    open_groups: list[int] = []
    at = 0
    while at < len(program):
        address = _ADDRESS.match(program, at)
        assert address is not None
        first = int(address[1] or 0)
        last = int(address[2] or first)
        at = address.end()
        verb = program[at : at + 1]
        at += 1
        if verb == b"s":
            substitute, at = _read_substitution(program, at)
            commands.append(Command(first, last, "s", substitute=substitute))
            at += program[at : at + 2] == b";\n"
        elif verb == b"{":
            open_groups.append(len(commands))
            commands.append(Command(first, last, "{"))
        elif verb == b"}" and open_groups:
            opening = open_groups.pop()
            start = commands[opening]
            commands[opening] = Command(start.first, start.last, "{", close=len(commands))
            commands.append(Command(0, 0, "}"))
        elif verb in (b"d", b"b"):
            commands.append(Command(first, last, verb.decode()))
        elif verb == b"/":
            pattern, at = _read_until(program, at, b"/")
            text = _literal(pattern, b"/")
            if not text or program[at : at + 2] != b"!b":
                raise ValueError(f"/{pattern!r}/ is followed by something other than !b")
            at += 2
            commands.append(Command(first, last, "b", unless=text))
        elif verb == b"#":
            at = (program + b"\n").index(b"\n", at)
        elif verb not in (b"\n", b""):
            raise ValueError(f"sed command {verb!r} is not one that is emitted")
        if verb not in (b"\n", b"") and program[at : at + 1] not in (b"\n", b""):
            raise ValueError(f"something follows a command: {program[at : at + 20]!r}")
    if open_groups:
        raise ValueError("a { is never closed")
    return tuple(commands)


def run(commands: tuple[Command, ...], text: bytes) -> bytes:
    """Run a program over a text whose last line may lack its line feed, which then stays away."""
    if not text:
        return b""
    closed = text.endswith(b"\n")
    lines = (text[:-1] if closed else text).split(b"\n")
    own = {n for c in commands if c.first for n in range(c.first, c.last + 1)}
    # a common `/text/!b` ends the cycle of every line that has neither the text nor an own command
    word = next((c.unless for c in commands if not c.first and c.verb != "}"), b"")
    kept = [
        out
        for number, line in enumerate(lines, 1)
        if (out := _cycle(commands, number, line) if number in own or word in line else line)
        is not None
    ]
    return b"".join(out + b"\n" for out in kept[:-1]) + (
        kept[-1] + (b"\n" if closed else b"") if kept else b""
    )


def _cycle(commands: tuple[Command, ...], number: int, line: bytes) -> bytes | None:
    at = 0
    while at < len(commands):
        command = commands[at]
        at += 1
        if not command.applies(number) or (command.unless and command.unless in line):
            at = command.close if command.verb == "{" else at
        elif command.verb == "d":
            return None
        elif command.verb == "b":
            return line
        elif command.substitute is not None:
            line = command.substitute(line)
    return line


def _read_substitution(program: bytes, at: int) -> tuple[Callable[[bytes], bytes], int]:
    delimiter = program[at : at + 1]
    pattern, at = _read_until(program, at + 1, delimiter)
    replacement, at = _read_until(program, at, delimiter)
    everywhere = program[at : at + 1] == b"g"
    found = _pattern(pattern, delimiter)
    typed = _replacement(replacement, delimiter)
    literal = _literal(pattern, delimiter)

    def substitute(line: bytes) -> bytes:
        if literal is not None:
            return line.replace(literal, typed, -1 if everywhere else 1)
        return found.sub(lambda _: typed, line, count=0 if everywhere else 1)

    return substitute, at + everywhere


def _read_until(program: bytes, at: int, delimiter: bytes) -> tuple[bytes, int]:
    """Read to the next bare delimiter; return what stands before it and where it ends."""
    start = at
    while (here := program[at : at + 1]) != delimiter:
        if not here:
            raise ValueError("an s command has no end")
        at += 2 if here == b"\\" else 1
    return program[start:at], at + 1


def _tokens(text: bytes) -> list[bytes]:
    return re.findall(rb"\\.|[^\\]", text, re.DOTALL)


def _literal(pattern: bytes, delimiter: bytes) -> bytes | None:
    """Return the text that a pattern without an anchor stands for, or None."""
    if not pattern or pattern[:1] == b"^" or pattern in (b"$",):
        return None
    out = b""
    for token in _tokens(pattern):
        if len(token) == 1 and token in b".*[^$\n":
            raise ValueError(f"{pattern!r} has a bare {token!r}, which would match too much")
        if len(token) == 2 and token[1:] not in (*(bytes([c]) for c in b".*[^$\\"), delimiter):
            raise ValueError(f"{token!r} means different things to different seds")
        out += token[-1:]
    return out


def _pattern(pattern: bytes, delimiter: bytes) -> re.Pattern[bytes]:
    if pattern == b"$":
        return re.compile(rb"\Z")
    if pattern == b"^":
        return re.compile(rb"\A")
    if pattern[:1] == b"^":
        return re.compile(rb"\A" + re.escape(_literal(pattern[1:], delimiter) or b""))
    return re.compile(re.escape(_literal(pattern, delimiter) or b""))


def _replacement(text: bytes, delimiter: bytes) -> bytes:
    out = b""
    for token in _tokens(text):
        if token == b"&" or token == b"\n":
            raise ValueError(f"a replacement has a bare {token!r}")
        if len(token) == 2 and token[1:] not in (b"&", b"\\", b"\n", delimiter):
            raise ValueError(f"{token!r} means different things to different seds")
        out += token[-1:]
    return out
