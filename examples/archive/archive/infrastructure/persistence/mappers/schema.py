"""Rows of ``schemas`` as domain values, and back."""

from __future__ import annotations

from dataclasses import asdict

from archive.domain.schema.model import Field, FieldType, Schema


def to_row(schema: Schema) -> dict[str, object]:
    """Map a schema to a row; the fields become JSON."""
    return {"id": schema.id, "title": schema.title, "fields": [asdict(f) for f in schema.fields]}


def from_row(row) -> Schema:  # type: ignore[no-untyped-def]
    """Map a row."""
    fields = tuple(
        Field(f["name"], FieldType(f["type"]), f.get("unit"), f.get("ontology")) for f in row.fields
    )
    return Schema(row.id, row.title, fields)
