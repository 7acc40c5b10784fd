"""Something that a move would break although every import is rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a hazard stops the export until it is settled."""

    BLOCK = "block"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Hazard:
    """Something that a mechanical move would break and that no import rewrite can see.

    `fix` is the text that would replace the span, or None where nothing mechanical helps.
    """

    id: str
    kind: str
    severity: Severity
    path: str
    line: int
    why: str
    start: int = 0
    end: int = 0
    fix: str | None = None
