"""Depositions and their files."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from archive.domain.deposition.model import Deposition
from archive.domain.deposition.port.repository import DepositionRepository
from archive.domain.shared.errors import NotFound
from archive.infrastructure.persistence.mappers.deposition import from_rows, to_row
from archive.infrastructure.persistence.tables import deposition_files_table as files
from archive.infrastructure.persistence.tables import depositions_table as depositions

from ..database import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection


class SqlDepositionRepository(DepositionRepository):
    """Implements the DepositionRepository port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, deposition_id: str) -> Deposition:
        """Return one deposition with its files."""
        with self._database.begin() as connection:
            row = connection.execute(select(depositions).where(depositions.c.id == deposition_id)).one_or_none()
            if row is None:
                raise NotFound("deposition", deposition_id)
            query = select(files).where(files.c.deposition_id == deposition_id).order_by(files.c.name)
            return from_rows(row, connection.execute(query).all())

    def save(self, deposition: Deposition) -> None:
        """Insert or update; the files are replaced as a whole."""
        row = to_row(deposition)
        with self._database.begin() as connection:
            changed = connection.execute(
                depositions.update().where(depositions.c.id == deposition.id).values(row)
            )
            if changed.rowcount == 0:
                connection.execute(insert(depositions).values(row))
            self._replace_files(connection, deposition)

    def _replace_files(self, connection: Connection, deposition: Deposition) -> None:
        connection.execute(delete(files).where(files.c.deposition_id == deposition.id))
        rows = [{"deposition_id": deposition.id, **asdict(f)} for f in deposition.files]
        if rows:
            connection.execute(insert(files), rows)
