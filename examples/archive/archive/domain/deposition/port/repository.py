"""Storage of depositions."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.deposition.model import Deposition


class DepositionRepository(ABC):
    """The write side of depositions."""

    @abstractmethod
    def get(self, deposition_id: str) -> Deposition:
        """Return one deposition. Raises: NotFound."""

    @abstractmethod
    def save(self, deposition: Deposition) -> None:
        """Insert or replace, files included."""
