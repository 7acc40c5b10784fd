"""Rows of the deposition tables as aggregates, and back."""

from __future__ import annotations

from archive.domain.deposition.model import Deposition, DepositionFile, Status

from ..tables import depositions_table


def to_row(deposition: Deposition) -> dict[str, object]:
    """Map the aggregate to one row, files apart."""
    values = {name: getattr(deposition, name) for name in depositions_table.c.keys()}
    return values | {"status": str(deposition.status)}


def from_rows(row, files) -> Deposition:  # type: ignore[no-untyped-def]
    """Map one row and the rows of its files."""
    return Deposition(
        id=row.id,
        owner=row.owner,
        title=row.title,
        schema_id=row.schema_id,
        status=Status(row.status),
        metadata=row.metadata,
        files=tuple(DepositionFile(f.name, f.size, f.sha256) for f in files),
    )
