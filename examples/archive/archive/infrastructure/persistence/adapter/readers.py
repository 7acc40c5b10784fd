"""Small read models: counts for the front page, files of a deposition."""

from __future__ import annotations

from sqlalchemy import func, select

from ..database import Database
from ..tables import deposition_files_table, depositions_table, records_table


class SqlStatisticsReader:
    """Counts by status and by schema."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def depositions_by_status(self) -> dict[str, int]:
        """Return status → number of depositions."""
        return self._count(depositions_table.c.status)

    def records_by_schema(self) -> dict[str, int]:
        """Return schema → number of records."""
        return self._count(records_table.c.schema_id)

    def bytes_of(self, deposition_id: str) -> int:
        """Return the total size of the files of a deposition."""
        files = deposition_files_table.c
        query = select(func.coalesce(func.sum(files.size), 0)).where(files.deposition_id == deposition_id)
        with self._database.begin() as connection:
            return connection.execute(query).scalar_one()

    def _count(self, column) -> dict[str, int]:  # type: ignore[no-untyped-def]
        query = select(column, func.count()).group_by(column).order_by(column)
        with self._database.begin() as connection:
            return {key: number for key, number in connection.execute(query)}
