"""Where the batches of a run are kept until they are taken over."""

from __future__ import annotations

from abc import ABC, abstractmethod


class IngestStorage(ABC):
    """Batches of a run, numbered from 0."""

    @abstractmethod
    def write_batch(self, run_id: str, number: int, rows: list[dict[str, object]]) -> None:
        """Store a batch."""

    @abstractmethod
    def read_batch(self, run_id: str, number: int) -> list[dict[str, object]]:
        """Return a batch. Raises: NotFound."""

    @abstractmethod
    def purge(self, run_id: str) -> int:
        """Drop all batches of a run and return how many there were."""
