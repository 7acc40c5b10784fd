"""The search for the place in a document where a project draws its own folder tree.

It is either between the markers `<!-- reorg:structure -->` and `<!-- /reorg:structure -->`, or in
a tree drawing under a heading such as "Repository structure". The markers come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

START = "<!-- reorg:{} -->"
END = "<!-- /reorg:{} -->"
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_TITLE = re.compile(
    r"\b(structure|layout|organi[sz]ation|directory tree|project tree|repository map)\b", re.I
)
_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_DRAWN = re.compile(
    r"(?P<lead>[ \t]*(?:[│|][ \t\xa0]*|[ \t\xa0])*)(?P<branch>[├└+`][─-]+[ \t\xa0]+)"
)
_ROOT = re.compile(r"[ \t]*[\w.][\w./-]*/")


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line of a drawn tree: its number from 0, the column of its name, name, and remark."""

    number: int
    column: int
    name: str
    remark: str


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """The text between two markers, as offsets into the document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DrawnTree:
    """The lines of a drawn tree that lie below the package, as line numbers `[first, last)`.

    `column` is where their names start, `indent` the text before each branch, and `lines` are the
    present lines by path below the package.
    """

    first: int
    last: int
    column: int
    indent: str
    lines: tuple[tuple[str, DrawnLine], ...]


def find_marked(text: str, word: str) -> MarkedSection | None:
    """Return the text between the first pair of markers for `word`, if there is one."""
    start = text.find(START.format(word))
    end = text.find(END.format(word), start)
    return None if min(start, end) < 0 else MarkedSection(start + len(START.format(word)), end)


def find_drawn(text: str, package: str) -> DrawnTree | None:
    """Return the lines below the package's folder in the tree under a matching heading.

    `package` is the folder from the repository's root; a tree may begin at any folder above it.
    None if no tree shows the inside of the package: then nothing in the document becomes wrong.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    for first, last in _sections(lines):
        tree = [line for n in range(first, last) if (line := _tree_line(n, lines[n]))]
        for at, (line, path) in enumerate(_paths(tree)):
            if not _is_package(path, package):
                continue
            below: list[tuple[str, DrawnLine]] = []
            for other, inside in list(_paths(tree))[at + 1 :]:
                if other.column <= line.column or other.number != line.number + len(below) + 1:
                    break
                below.append((inside[len(path) + 1 :], other))
            if below:
                child = below[0][1]
                match = _DRAWN.match(lines[child.number])
                indent = match["lead"] if match else ""
                drawn = tuple(below)
                return DrawnTree(child.number, drawn[-1][1].number + 1, child.column, indent, drawn)
    return None


def _sections(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the line ranges of sections whose heading is about structure."""
    fenced = False
    headings: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (match := _HEADING.match(line)):
            headings.append((number, len(match[1]), match[2]))
    for at, (number, level, title) in enumerate(headings):
        if _TITLE.search(title):
            ends = (n for n, other, _ in headings[at + 1 :] if other <= level)
            yield number + 1, next(ends, len(lines))


def _tree_line(number: int, line: str) -> DrawnLine | None:
    match = _DRAWN.match(line)
    if match:
        column, rest = match.end(), line[match.end() :]
    elif _ROOT.match(line):
        column, rest = len(line) - len(line.lstrip()), line.lstrip()
    else:
        return None
    name, _, remark = rest.partition(" ")
    return DrawnLine(number, column, name, remark.strip())


def _paths(tree: Sequence[DrawnLine]) -> Iterator[tuple[DrawnLine, str]]:
    """Yield each line of a tree with its path from the tree's own root."""
    above: list[DrawnLine] = []
    for line in tree:
        while above and above[-1].column >= line.column:
            above.pop()
        yield line, "/".join(part.name.strip("/") for part in (*above, line))
        above.append(line)


def _is_package(path: str, package: str) -> bool:
    """Return whether a drawn path is that of the package, or the end of it."""
    drawn, wanted = path.removeprefix("./").split("/"), package.split("/")
    if drawn[-len(wanted) :] == wanted:
        return True
    return len(drawn) > 1 and wanted[-len(drawn) :] == drawn
