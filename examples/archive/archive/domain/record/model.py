"""A published, immutable record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Record:
    """What the archive has published."""

    id: str
    deposition_id: str
    schema_id: str
    title: str
    metadata: dict[str, object]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing; ``cursor`` is None on the last one."""

    rows: tuple[dict[str, object], ...]
    cursor: str | None
