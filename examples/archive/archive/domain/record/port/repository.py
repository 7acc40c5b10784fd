"""Storage of records."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.record.model import Record


class RecordRepository(ABC):
    """The write side of records."""

    @abstractmethod
    def add(self, record: Record) -> None:
        """Insert a new record."""

    @abstractmethod
    def get(self, record_id: str) -> Record:
        """Return one record. Raises: NotFound."""
