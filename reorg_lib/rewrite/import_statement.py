"""One import statement as its names, each with its comments and the layout around it.

A statement is read into these parts and written back, byte for byte if nothing changed; it is
possible to keep only some of the names.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reorg_lib.errors import RewriteError

DIRECTIVE = re.compile(r"#\s*(noqa|type:|pragma|pylint:|isort:|ruff:|pyright:|mypy:|flake8)", re.I)
"""A comment that speaks to a tool about its statement, and so goes with each half of it."""

_GAP = r"(?:[ \t\f]|\\\r?\n)*+"
_WIDE = r"(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*+)*+"  # between parentheses
_NAME = r"[^\W\d]\w*"
_DOTTED = rf"{_NAME}(?:{_GAP}\.{_GAP}{_NAME})*"
_BASE = rf"(?:\.(?:{_GAP}\.)*(?:{_GAP}{_DOTTED})?|{_DOTTED})"
_START = re.compile(
    rf"(?P<start>from(?!\w){_GAP})(?P<base>{_BASE})(?P<middle>{_GAP}(?<!\w)c?import(?!\w))"
    rf"(?P<opening>{_GAP}\((?:[ \t\f]*#[^\r\n]*)?)?"
    rf"|(?P<plain>c?import(?!\w))"
)
_ITEM = (
    r"(?P<before>{gap})(?P<name>\*|{dotted})(?P<as_part>{gap}(?<!\w)as(?!\w){gap}(?P<alias>{name}))?"
    r"(?P<comma>{gap},)?(?P<inline>[ \t\f]*#[^\r\n]*)?"
)
_ITEMS = {
    gap: re.compile(_ITEM.format(gap=gap, dotted=_DOTTED, name=_NAME)) for gap in (_GAP, _WIDE)
}
_END = {_GAP: re.compile(r"\Z"), _WIDE: re.compile(rf"{_WIDE}\)\Z")}
_NEWLINE = re.compile(r"\r?\n")
_COMMENT = re.compile(r"#[^\r\n]*")


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One name of an import statement, with the text around it.

    # above                   `before`: from the end of the previous item to the name
    b as c,  # behind         `name` b, `as_part` " as c", `comma`, `inline`
    """

    name: str
    as_part: str = ""
    before: str = " "
    comma: str = ""
    inline: str = ""

    @property
    def dotted(self) -> str:
        """The imported name, without blanks inside it."""
        return _without_blanks(self.name)

    @property
    def alias(self) -> str:
        """The name after `as`, or ""."""
        return self.as_part.split()[-1] if self.as_part else ""

    @property
    def text(self) -> str:
        """The name as it is written, with its alias."""
        return self.name + self.as_part

    @property
    def comments_above(self) -> tuple[str, ...]:
        """The comments on lines of their own above the name."""
        return tuple(_COMMENT.findall(self.before))

    @property
    def comments_behind(self) -> tuple[str, ...]:
        """The comments between the name and the next line with a name."""
        return tuple(_COMMENT.findall(self.comma + self.inline))

    def code(self) -> str:
        """Return the item as it is written in the statement."""
        return self.before + self.text + self.comma + self.inline


@dataclass(frozen=True, slots=True)
class WrittenImport:
    """An import statement. `start`, `base` and `middle` are "from ", "a.b" and " import".

    A plain import has "import" as its `start`, and no `base`. `opening` is the parenthesis, with a
    comment after it on its line; `closing` is the text after the last item.
    """

    start: str
    base: str
    middle: str
    opening: str
    items: tuple[ImportItem, ...]
    closing: str = ""

    @property
    def is_from(self) -> bool:
        """Whether it is `from … import …`."""
        return bool(self.base)

    @property
    def level(self) -> int:
        """The number of dots that a relative import begins with."""
        dotted = _without_blanks(self.base)
        return len(dotted) - len(dotted.lstrip("."))

    @property
    def module(self) -> str:
        """The dotted name after the dots."""
        return _without_blanks(self.base).lstrip(".")

    @property
    def word(self) -> str:
        """`import`, or `cimport` in Cython."""
        return (self.middle or self.start).split()[-1]

    def code(self) -> str:
        """Return the text of the statement."""
        items = "".join(item.code() for item in self.items)
        return self.start + self.base + self.middle + self.opening + items + self.closing

    def opening_comments(self) -> tuple[str, ...]:
        """Return the comment after the parenthesis, or none."""
        return tuple(_COMMENT.findall(self.opening))

    def has_comment(self) -> bool:
        """Return whether the statement contains a comment."""
        return "#" in self.code()

    def with_base(self, base: str) -> WrittenImport:
        """Return the statement with another module after `from`."""
        # from.a import b, from .import b: legal, until the name there changes
        start = self.start if self.start != "from" else "from "
        middle = self.middle if self.middle != self.word else f" {self.word}"
        return replace(self, start=start, base=base, middle=middle)

    def only(self, picked: Sequence[int]) -> WrittenImport:
        """Keep some of the items, each with its comments, in the same layout.

        Comments above and after a name go with the name, a comment after the parenthesis goes with
        the first name, and one below the last name with the last name; directives to tools go with
        each statement.
        """
        last = len(self.items) - 1
        kept = [self._moved_up(index, [-1, *picked][at]) for at, index in enumerate(picked)]
        opening, closing = self.opening, self.closing
        if picked[0] and not DIRECTIVE.search(opening):
            opening = _COMMENT.sub("", opening).rstrip(" \t\f")
        if picked[-1] != last:
            final = kept[-1]
            if not self.items[last].comma and "#" not in final.comma + final.inline:
                kept[-1] = replace(final, comma="")
            closing = _without_comments(closing)
            if final.inline and not _NEWLINE.search(closing):
                line_break = _NEWLINE.findall(self.items[picked[-1] + 1].before)[0]
                closing = line_break + closing.lstrip(" \t\f")
        return replace(self, opening=opening, items=tuple(kept), closing=closing)

    def _moved_up(self, index: int, previous: int) -> ImportItem:
        """Return an item as it is written after the item `previous`, -1 for the parenthesis."""
        item, place = self.items[index], self.items[previous + 1].before
        is_broken = _NEWLINE.search(item.before)
        after_comment = previous >= 0 and bool(self.items[previous].inline)
        if "#" in item.before or (is_broken and _NEWLINE.search(place)):
            return item
        if previous < 0 or (after_comment and not is_broken):
            return replace(item, before=_without_comments(place))
        return item


def read_import(code: str) -> WrittenImport:
    """Read the text of one import statement.

    Raises:
        RewriteError: it is not an import statement.
    """
    statement = _read(code)
    if statement is None:
        raise RewriteError(f"cannot read the import: {code}")
    return statement


def _read(code: str) -> WrittenImport | None:
    start = _START.match(code)
    if start is None:
        return None
    gap = _WIDE if start["opening"] else _GAP
    items: list[ImportItem] = []
    at = start.end()
    while match := _ITEMS[gap].match(code, at):
        parts = (match[part] or "" for part in ("name", "as_part", "before", "comma", "inline"))
        items.append(ImportItem(*parts))
        at = match.end()
        if not match["comma"]:
            break
    end = _END[gap].match(code, at)
    if end is None or not items or (gap is _GAP and items[-1].comma + items[-1].inline):
        return None
    base, middle, opening = (start[part] or "" for part in ("base", "middle", "opening"))
    written = " ".join((base, *(f"{item.name} {item.alias}" for item in items)))
    if any(map(keyword.iskeyword, re.findall(_NAME, written))):
        return None
    first = start["start"] or start["plain"]
    return WrittenImport(first, base, middle, opening, tuple(items), end.group())


def _without_comments(gap: str) -> str:
    """Return a gap with its line break and indentation, without the text on its lines."""
    if not (found := _NEWLINE.search(gap)):
        return gap
    return gap[: found.end()] + gap[gap.rfind("\n") + 1 :]


def _without_blanks(name: str) -> str:
    return re.sub(r"[\s\\]+", "", name)
