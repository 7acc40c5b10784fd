"""Runs of ingesters."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, insert, select

from archive.domain.ingest.model import IngestRun, RunStatus
from archive.domain.ingest.port.runner import IngestRunRepository
from archive.domain.shared.errors import NotFound

from ..database import Database
from ..tables import ingest_runs_table as runs


class SqlIngestRunRepository(IngestRunRepository):
    """Implements the IngestRunRepository port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, run_id: str) -> IngestRun:
        """Return one run."""
        with self._database.begin() as connection:
            row = connection.execute(select(runs).where(runs.c.id == run_id)).one_or_none()
        if row is None:
            raise NotFound("ingest run", run_id)
        return IngestRun(row.id, row.image, RunStatus(row.status), row.batches)

    def save(self, run: IngestRun) -> None:
        """Insert or replace."""
        with self._database.begin() as connection:
            connection.execute(delete(runs).where(runs.c.id == run.id))
            connection.execute(insert(runs).values(asdict(run) | {"status": str(run.status)}))
