"""The `git mv` lines of the script: in columns, under headings by concern, each with its reason.

The order in which moves must run is decided in `move_order`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from reorg_lib.model import ChangeSet, Scope
from reorg_lib.script.move_order import MoveOrder, OrderedMove
from reorg_lib.script.quoting import comment, word, wrapped

_WIDEST = 60  # a longer name does not widen the column for all others
_LONGEST = 100  # the width of a line with several sources
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Line:
    """One `git mv`: its sources and its target as bash words, and the reason."""

    sources: str
    target: str
    reason: str


def moves_section(changeset: ChangeSet, steps: MoveOrder) -> list[str]:
    """Return the lines of the section, with a blank line and a heading for each concern."""
    folder = changeset.scope.package_folder
    every = (*steps.first, *steps.rest)
    below = all(_is_below(step.source, folder) and _is_below(step.target, folder) for step in every)
    base = folder if below else ""
    groups = [
        ("first, names that other moves need become free", _lines(steps.first, base, join=False))
    ]
    by_concern = sorted(steps.rest, key=lambda step: concern_of(changeset.scope, step.target))
    for name, chosen in groupby(by_concern, lambda step: concern_of(changeset.scope, step.target)):
        groups.append((name, _lines(list(chosen), base, True)))
    lines = [f"  cd {word(base)}"] if base else []
    lines += [
        f"  mkdir -p -- {name}" for name in wrapped(_new_folders(changeset, every, base), _LONGEST)
    ]
    every_line = [line for _, group in groups for line in group]
    first = _width(line.sources for line in every_line)
    second = _width(line.target for line in every_line)
    for name, group in groups:
        if group:
            lines += ["", f"  # {name}"]
            lines += _columns(group, first, second)
    return [*lines, *(["  cd - > /dev/null"] if base else [])]


def concern_of(scope: Scope, path: str) -> str:
    """Return the first folder below the package of a path, or its folder if it is outside."""
    return comment(scope.concern(path) or path.rpartition("/")[0] or ".") + "/"


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder + "/")


def _lines(steps: Sequence[OrderedMove], base: str, join: bool) -> list[_Line]:
    """Return the lines for some moves; with `join`, moves between the same folders share one."""
    lines: list[_Line] = []
    for _, alike in groupby(steps, _group if join else id):
        for chosen in _fitting(list(alike)):
            reason = comment(chosen[0].change.reason)
            sources = [_below(step.source, base) for step in chosen]
            target = _below(chosen[0].target, base)
            if len(chosen) == 1:
                lines.append(_Line(word(sources[0]), word(target), reason))
            else:
                place = PurePosixPath(target).parent
                lines.append(_Line(_braces(sources), word(f"{place}/"), reason))
    return lines


def _group(step: OrderedMove) -> tuple[object, ...]:
    """Return the key of moves that may share a line; a path with special characters has its own."""
    source, target = PurePosixPath(step.source), PurePosixPath(step.target)
    plain = all(_PLAIN.fullmatch(part) for part in source.parts)
    if source.name != target.name or not plain or "/-" in f"/{step.source}":
        return (step.source,)
    return (source.parent, target.parent, step.change.reason)


def _fitting(steps: list[OrderedMove]) -> Iterator[list[OrderedMove]]:
    """Divide moves that share a key into lines of a readable length."""
    while steps:
        count, length = 0, len(steps[0].source)
        for step in steps:
            length += len(PurePosixPath(step.source).name)
            if count and length > _LONGEST:
                break
            count += 1
        yield steps[:count]
        del steps[:count]


def _braces(paths: Sequence[str]) -> str:
    """Return several plain paths in one folder as one bash word.

    >>> _braces(["a/b.py", "a/c.py"])
    'a/{b,c}.py'
    """
    folder = str(PurePosixPath(paths[0]).parent)
    names = [PurePosixPath(path).name for path in paths]
    suffix = ".py" if all(name.endswith(".py") for name in names) else ""
    inner = ",".join(name.removesuffix(suffix) for name in names)
    return ("" if folder == "." else f"{folder}/") + "{" + inner + "}" + suffix


def _new_folders(changeset: ChangeSet, steps: Sequence[OrderedMove], base: str) -> list[str]:
    """Return the innermost folders that the moves need and that may not exist yet."""
    there = {
        str(folder)
        for change in changeset.changes
        if change.source and change.target  # git deletes a folder together with its last file
        for folder in PurePosixPath(change.source).parents
    }
    wanted = {str(PurePosixPath(step.target).parent) for step in steps} - there
    innermost = [f for f in sorted(wanted) if not any(o.startswith(f + "/") for o in wanted)]
    return [word(_below(folder, base)) for folder in innermost]


def _below(path: str, base: str) -> str:
    return path.removeprefix(f"{base}/") if base else path


def _width(words: Iterator[str]) -> int:
    return max((len(word) for word in words if len(word) <= _WIDEST), default=0)


def _columns(lines: Sequence[_Line], first: int, second: int) -> Iterator[str]:
    reason = ""
    for line in lines:
        said = "the same" if line.reason and line.reason == reason else line.reason
        end = f" # {said}" if said else ""
        yield f"  git mv {line.sources:{first}} {line.target:{second}}{end}".rstrip()
        reason = line.reason
