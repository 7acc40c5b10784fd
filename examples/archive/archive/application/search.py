"""Describing and searching the columns of a schema."""

from __future__ import annotations

from archive.domain.schema.model import Schema
from archive.domain.shared.errors import Conflict
from archive.infrastructure.persistence import column_mapper, keyset

try:
    from archive.infrastructure.persistence.api_naming import to_api_name
except ImportError:  # the slim client image ships without the database layer

    def to_api_name(column: str) -> str:
        """Leave the name as it is."""
        return column


def describe_columns(schema: Schema) -> dict[str, str]:
    """Return the name of each column, as the API shows it, and its type."""
    return {to_api_name(field.name): column_mapper.type_name(field) for field in schema.fields}


def parse_cursor(cursor: str | None) -> str | None:
    """Check a cursor that came from outside. Raises: Conflict."""
    if cursor is not None:
        try:
            keyset.decode(cursor)
        except ValueError:
            raise Conflict(f"{cursor!r} is not a cursor") from None
    return cursor
