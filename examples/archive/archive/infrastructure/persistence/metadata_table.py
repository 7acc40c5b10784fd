"""The shape of a metadata table: one per schema, made at run time."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table

from ...domain.schema.model import Schema
from . import column_mapper


def build(schema: Schema) -> Table:
    """Return the table of this schema, in a metadata of its own."""
    return Table(
        f"metadata_{schema.id.replace('-', '_')}",
        MetaData(),
        Column("record_id", String(40), primary_key=True),
        *(column_mapper.column_for(field) for field in schema.fields),
    )
