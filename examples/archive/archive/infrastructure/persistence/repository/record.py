"""Published records."""

from __future__ import annotations

from sqlalchemy import insert, select

from archive.domain.record.model import Record
from archive.domain.record.port.repository import RecordRepository
from archive.domain.shared.errors import NotFound

from ..database import Database
from ..mappers.record import from_row, to_row
from ..tables import records_table


class SqlRecordRepository(RecordRepository):
    """Implements the RecordRepository port."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    def add(self, record: Record) -> None:
        """Insert a new record."""
        with self._database.begin() as connection:
            connection.execute(insert(records_table).values(to_row(record)))

    def get(self, record_id: str) -> Record:
        """Return one record."""
        with self._database.begin() as connection:
            row = connection.execute(
                select(records_table).where(records_table.c.id == record_id)
            ).one_or_none()
        if row is None:
            raise NotFound("record", record_id)
        return from_row(row)
