"""The shape of a feature table: one per hook, made at run time."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table

from ...domain.validation.model import Hook
from .column_mapper import column_for


def build(hook: Hook) -> Table:
    """Return the table of this hook, in a metadata of its own."""
    return Table(
        f"features_{hook.name.replace('-', '_')}",
        MetaData(),
        Column("position", Integer, primary_key=True, autoincrement=True),
        Column("record_id", String(40), nullable=False, index=True),
        *(column_for(field) for field in hook.features),
    )
