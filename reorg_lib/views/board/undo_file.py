"""The decisions on a plan, kept for undo after a restart of the kernel.

There is one file for each plan in the user's cache folder, with the changes and the digest of the
plan file after the last of them. If the digest differs now, something else changed the plan, and
the history is not used. A lost file costs nothing but the undo.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from reorg_lib.files.cache import cache_folder
from reorg_lib.model import STEP_KINDS, HazardSettlement
from reorg_lib.views.board.undo import Change, History, Record

_KINDS: dict[str, type[Record]] = {kind.__name__: kind for kind in (*STEP_KINDS, HazardSettlement)}
_DROPPED = "another hand changed the plan file; what was decided before that cannot be undone here"


class _Change(msgspec.Struct):
    """A change; each of `records` is its kind, its key, its state before and its state after."""

    label: str
    records: list[tuple[str, str, msgspec.Raw, msgspec.Raw]]


class _Written(msgspec.Struct):
    """A history: the digest of the plan file, what was done, and what was undone."""

    plan: str
    done: list[_Change]
    undone: list[_Change]


def read_journal(plan: Path) -> tuple[History, str]:
    """Return the earlier decisions on the plan file, and why they cannot be used any more, or "".

    A damaged file counts as none.
    """
    try:
        written = msgspec.json.decode(_place(plan).read_bytes(), type=_Written)
        if written.plan != _digest(plan):
            return History(), _DROPPED
        return History(_changes(written.done), _changes(written.undone)), ""
    except (OSError, TypeError, msgspec.DecodeError, KeyError):
        return History(), ""


def write_journal(plan: Path, history: History) -> None:
    """Keep the decisions with the digest of the present plan file, if the cache can be written."""
    try:
        written = _Written(_digest(plan), _written(history.done), _written(history.undone))
        path = _place(plan)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(msgspec.json.encode(written))
        Path(file.name).replace(path)
    except (OSError, TypeError):
        return


def _place(plan: Path) -> Path:
    """Return the path of the history of a plan.

    Raises:
        OSError: there is no cache.
    """
    folder = cache_folder()
    if folder is None:
        raise FileNotFoundError("no cache")
    key = hashlib.sha256(str(plan.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return folder / "undo" / f"{key}.json"


def _digest(plan: Path) -> str:
    return hashlib.sha256(plan.read_bytes()).hexdigest()


def _written(changes: Iterable[Change]) -> list[_Change]:
    return [
        _Change(
            change.label,
            [
                (*key, _text(before), _text(after))
                for key, (before, after) in change.records.items()
            ],
        )
        for change in changes
    ]


def _text(record: Record | None) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(record))


def _changes(written: Iterable[_Change]) -> list[Change]:
    return [
        Change(
            change.label,
            {
                (kind, key): (_record(kind, before), _record(kind, after))
                for kind, key, before, after in change.records
            },
        )
        for change in written
    ]


def _record(kind: str, text: msgspec.Raw) -> Record | None:
    found: Record | None = msgspec.json.decode(text, type=_KINDS[kind] | None)
    return found
