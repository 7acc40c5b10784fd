"""What a tool complains about before and after the moves, and which of it is new.

Owns the comparison that points 10 and 11 of the certificate share. A complaint is the same one when
it says the same about the same file, wherever that file and the names in the text are afterwards;
lines are shown and not compared, because a rewritten import may take more of them. Must not run
anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reorg_lib.model import ChangeSet, ProofPoint
from reorg_lib.proof.expected_names import ExpectedNames

_PATH = re.compile(
    r"(?<![\w./\\-])(?P<up>(?:\.{1,2}/)*)(?P<path>[\w.-]+(?:/[\w.-]+)*\.\w+)(?![\w/])"
)
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?![\w/])")
_NUMBER = re.compile(r"\b\d+\b")


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One line of a tool: `path` is relative to the repository, or "" for what names no file."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}" if place else self.text


@dataclass(frozen=True, slots=True)
class ToolReport:
    """All that one tool complains about on one side; `status` is its exit status, 0 for success."""

    tool: str
    complaints: tuple[Diagnostic, ...]
    status: int = 0


def no_new_type_error(
    before: ToolReport, after: ToolReport, image: ExpectedNames, changes: ChangeSet
) -> ProofPoint:
    """Point 10: a type checker finds nothing new, unresolved imports included."""
    return _point(
        10, "No type error and no unresolved import is new", before, after, image, changes
    )


def no_new_warning(
    before: ToolReport, after: ToolReport, image: ExpectedNames, changes: ChangeSet
) -> ProofPoint:
    """Point 11: the documentation is built as it was, and nothing new is complained about."""
    return _point(11, "No warning of the documentation is new", before, after, image, changes)


def new_diagnostics(
    before: Iterable[Diagnostic],
    after: Iterable[Diagnostic],
    image: ExpectedNames,
    changes: ChangeSet,
) -> tuple[Diagnostic, ...]:
    """Return the complaints that have no counterpart before the moves, sorted."""
    wholes = {part.path: split.path for split in changes.splits for part in split.parts}
    said: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, old in enumerate(before):
        path = image.path(old.path) or old.path
        # also as it was: a word of a sentence can be the name of something that moves
        for text in (_renamed(old.text, image), _plain(old.text)):
            said[path, text].append(number)
    used: set[int] = set()
    fresh = []
    for new in sorted(after):
        path, text = wholes.get(new.path, new.path), _plain(new.text)
        twins = [*said[path, _in_whole(text, image)], *said[path, text]]
        twin = next((number for number in twins if number not in used), None)
        if twin is None:
            fresh.append(new)
        else:
            used.add(twin)
    return tuple(fresh)


def _point(
    number: int,
    title: str,
    before: ToolReport,
    after: ToolReport,
    image: ExpectedNames,
    changes: ChangeSet,
) -> ProofPoint:
    silent = not before.complaints and not after.complaints
    if before.status and after.status == before.status and silent:  # it is not installed, perhaps
        why = f"{after.tool} ends with exit {after.status} on both sides and complains of nothing"
        return ProofPoint(number, title, 0, "complaints", unheard=why)
    failures = [
        str(one) for one in new_diagnostics(before.complaints, after.complaints, image, changes)
    ]
    if after.status and after.status != before.status:
        failures.append(
            f"{after.tool} ends with exit {after.status} after the moves, {before.status} before"
        )
    return ProofPoint(
        number,
        title,
        len(after.complaints),
        f"complaints of {after.tool} after the moves, {len(before.complaints):,} before",
        tuple(failures),
    )


def _renamed(text: str, image: ExpectedNames) -> str:
    """Return a text of before with paths and dotted names as they are after, and no numbers."""
    with_paths = _PATH.sub(
        lambda found: found["up"] + (image.path(found["path"]) or found["path"]), text
    )
    return _plain(_NAME.sub(lambda found: image.dotted(found.group()), with_paths))


def _in_whole(text: str, image: ExpectedNames) -> str:
    """Return a text of after in which a part of a split module is called like the whole."""
    return _NAME.sub(lambda found: image.whole(found.group()), text)


def _plain(text: str) -> str:
    return _NUMBER.sub("N", " ".join(text.split()))


def relative_to(folder: str, text: str) -> str:
    """Return a text in which the scratch copy's own folder is not named."""
    return text.replace(folder + "/", "").replace(folder, ".")
