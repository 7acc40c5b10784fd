"""Execution of ingesters, and the storage of their runs."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.ingest.model import IngestRun


class IngesterRunner(ABC):
    """Runs the container of an ingester; several backends exist."""

    @abstractmethod
    def run(self, run: IngestRun) -> IngestRun:
        """Run to the end and return the closed run."""


class IngestRunRepository(ABC):
    """Storage of runs."""

    @abstractmethod
    def get(self, run_id: str) -> IngestRun:
        """Return one run. Raises: NotFound."""

    @abstractmethod
    def save(self, run: IngestRun) -> None:
        """Insert or replace."""
