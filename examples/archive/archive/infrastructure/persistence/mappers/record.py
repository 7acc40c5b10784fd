"""Rows of ``records`` as domain values, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC

from archive.domain.record.model import Record


def to_row(record: Record) -> dict[str, object]:
    """Map a record to a row."""
    return asdict(record)


def from_row(row) -> Record:  # type: ignore[no-untyped-def]
    """Map a row; SQLite forgets the time zone, which is always UTC."""
    published_at = row.published_at
    if published_at.tzinfo is None:
        published_at = published_at.replace(tzinfo=UTC)
    return Record(row.id, row.deposition_id, row.schema_id, row.title, row.metadata, published_at)
