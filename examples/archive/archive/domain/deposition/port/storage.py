"""Storage of the uploaded bytes."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.deposition.model import DepositionFile


class FileStorage(ABC):
    """Keeps the files of depositions; several backends exist."""

    @abstractmethod
    def save(self, deposition_id: str, name: str, content: bytes) -> DepositionFile:
        """Store the bytes and return what was stored."""

    @abstractmethod
    def read(self, deposition_id: str, name: str) -> bytes:
        """Return the bytes. Raises: NotFound."""

    @abstractmethod
    def delete(self, deposition_id: str, name: str) -> None:
        """Remove the file; removing it twice changes nothing."""
