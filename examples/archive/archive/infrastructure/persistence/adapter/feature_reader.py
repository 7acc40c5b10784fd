"""Reads feature tables."""

from __future__ import annotations

from sqlalchemy import inspect, select

from archive.domain.validation.model import Hook

from .. import feature_table
from ..database import Database


class SqlFeatureReader:
    """Implements the FeatureReader port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def features_of(self, hook: Hook, record_id: str) -> list[dict[str, object]]:
        """Return the rows of one record; no table means no rows."""
        table = feature_table.build(hook)
        if not inspect(self._database.engine).has_table(table.name):
            return []
        names = [field.name for field in hook.features]
        query = select(*(table.c[name] for name in names)).where(table.c.record_id == record_id)
        with self._database.begin() as connection:
            return [dict(row._mapping) for row in connection.execute(query.order_by(table.c.position))]
