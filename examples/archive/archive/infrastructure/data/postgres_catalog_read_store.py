"""The catalogue of published records."""

from __future__ import annotations

from sqlalchemy import select

from archive.domain.record.model import Page
from archive.infrastructure.persistence.database import Database
from archive.infrastructure.persistence.keyset import after, cut
from archive.infrastructure.persistence.tables import records_table


class SqlCatalogReadStore:
    """Implements the CatalogReadStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, cursor: str | None = None, limit: int = 50) -> Page:
        """Return records in order of their identifier."""
        columns = records_table.c
        query = select(columns.id, columns.title, columns.schema_id)
        with self._database.begin() as connection:
            fetched = connection.execute(after(query, columns.id, cursor, limit))
            rows = [dict(row._mapping) for row in fetched]
        return Page(*cut(rows, "id", limit))
