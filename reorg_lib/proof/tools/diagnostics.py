"""Points 10 and 11 of the proof: complaints of a tool that are new after the moves.

Two complaints are the same if they say the same about the same file, after renaming the file and
the names in the text. Line numbers are shown and not compared, because a rewritten import may take
more lines.
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
    """One complaint of a tool: `path` is relative to the repository, or "" if it names no file."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}" if place else self.text


@dataclass(frozen=True, slots=True)
class ToolReport:
    """All complaints of one tool on one side; `status` is its exit status, 0 for success."""

    tool: str
    complaints: tuple[Diagnostic, ...]
    status: int = 0


def no_new_type_error(
    before: ToolReport, after: ToolReport, expected: ExpectedNames, changes: ChangeSet
) -> ProofPoint:
    """Point 10: a type checker finds no new error, unresolved imports included."""
    return _point(
        10,
        "There is no new type error or unresolved import",
        before,
        after,
        expected,
        changes,
    )


def no_new_warning(
    before: ToolReport, after: ToolReport, expected: ExpectedNames, changes: ChangeSet
) -> ProofPoint:
    """Point 11: building the documentation gives no new warning."""
    return _point(11, "The documentation has no new warning", before, after, expected, changes)


def new_diagnostics(
    before: Iterable[Diagnostic],
    after: Iterable[Diagnostic],
    expected: ExpectedNames,
    changes: ChangeSet,
) -> tuple[Diagnostic, ...]:
    """Return the complaints that have no counterpart before the moves, sorted."""
    wholes = {part.path: split.path for split in changes.splits for part in split.parts}
    said: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, old in enumerate(before):
        path = expected.path(old.path) or old.path
        # also with old names: a word of a sentence can be the name of something that moves
        for text in (_renamed(old.text, expected), _plain(old.text)):
            said[path, text].append(number)
    used: set[int] = set()
    fresh = []
    for new in sorted(after):
        path, text = wholes.get(new.path, new.path), _plain(new.text)
        twins = [*said[path, _in_whole(text, expected)], *said[path, text]]
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
    expected: ExpectedNames,
    changes: ChangeSet,
) -> ProofPoint:
    silent = not before.complaints and not after.complaints
    if before.status and after.status == before.status and silent:  # perhaps it is not installed
        why = f"{after.tool} ends with exit {after.status} on both sides and complains of nothing"
        return ProofPoint(number, title, 0, "complaints", not_checked=why)
    failures = [
        str(one) for one in new_diagnostics(before.complaints, after.complaints, expected, changes)
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


def _renamed(text: str, expected: ExpectedNames) -> str:
    """Return a text from before the moves with new paths and names, and without numbers."""
    with_paths = _PATH.sub(
        lambda found: found["up"] + (expected.path(found["path"]) or found["path"]), text
    )
    return _plain(_NAME.sub(lambda found: expected.dotted(found.group()), with_paths))


def _in_whole(text: str, expected: ExpectedNames) -> str:
    """Return a text from after the moves in which parts of a split have the whole's name."""
    return _NAME.sub(lambda found: expected.whole(found.group()), text)


def _plain(text: str) -> str:
    return _NUMBER.sub("N", " ".join(text.split()))


def relative_to(folder: str, text: str) -> str:
    """Return a text without the path of the scratch copy."""
    return text.replace(folder + "/", "").replace(folder, ".")
