"""The features that hooks compute, written and read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

from archive.domain.validation.model import Hook


class FeatureStore(ABC):
    """One table per hook."""

    @abstractmethod
    def ensure_table(self, hook: Hook) -> None:
        """Create the table of this hook if there is none."""

    @abstractmethod
    def insert(self, hook: Hook, record_id: str, rows: tuple[dict[str, object], ...]) -> int:
        """Write rows in bulk and return how many."""


class FeatureReader(Protocol):
    """Reads the features of one record."""

    def features_of(self, hook: Hook, record_id: str) -> list[dict[str, object]]:
        """Return the rows in the order in which they were written."""
        ...
