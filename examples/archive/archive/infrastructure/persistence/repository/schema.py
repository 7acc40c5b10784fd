"""Metadata schemas."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from archive.domain.schema.model import Schema
from archive.domain.schema.port.repository import SchemaRepository
from archive.domain.shared.errors import NotFound

from .. import tables
from ..database import Database
from ..mappers import schema as mapper


class SqlSchemaRepository(SchemaRepository):
    """Implements the SchemaRepository port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, schema_id: str) -> Schema:
        """Return one schema."""
        schemas = tables.schemas_table
        with self._database.begin() as connection:
            row = connection.execute(select(schemas).where(schemas.c.id == schema_id)).one_or_none()
        if row is None:
            raise NotFound("schema", schema_id)
        return mapper.from_row(row)

    def save(self, schema: Schema) -> None:
        """Insert or replace."""
        schemas = tables.schemas_table
        with self._database.begin() as connection:
            connection.execute(delete(schemas).where(schemas.c.id == schema.id))
            connection.execute(insert(schemas).values(mapper.to_row(schema)))
