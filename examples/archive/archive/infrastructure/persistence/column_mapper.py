"""Field types of a schema as column types of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Column, Float, Integer, Text

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

    from archive.domain.schema.model import Field

_TYPES: dict[str, type[TypeEngine]] = {
    "text": Text,
    "integer": Integer,
    "number": Float,
    "boolean": Boolean,
    "term": Text,
}


def type_name(field: Field) -> str:
    """Return the SQL name of the type, for listings."""
    return _TYPES[field.type].__name__.upper()


def column_for(field: Field) -> Column:
    """Return a nullable column for this field."""
    return Column(field.name, _TYPES[field.type], comment=field.unit)
