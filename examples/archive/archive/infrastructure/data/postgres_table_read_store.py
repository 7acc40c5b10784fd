"""Reads the metadata table of a schema."""

from __future__ import annotations

from sqlalchemy import inspect, select

from archive.domain.record.model import Page
from archive.domain.schema.model import Schema

from ..persistence import keyset, metadata_table
from ..persistence.api_naming import to_api_name
from ..persistence.database import Database


class SqlTableReadStore:
    """Implements the TableReadStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, schema: Schema, cursor: str | None = None, limit: int = 50) -> Page:
        """Return rows with the names that the API shows; no table means no rows."""
        table = metadata_table.build(schema)
        if not inspect(self._database.engine).has_table(table.name):
            return Page((), None)
        query = keyset.after(select(table), table.c.record_id, cursor, limit)
        with self._database.begin() as connection:
            fetched = connection.execute(query)
            rows = [{to_api_name(k): v for k, v in row._mapping.items()} for row in fetched]
        return Page(*keyset.cut(rows, "recordId", limit))
