"""The outbox: events written in the same database as the change."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.event.model import Event


class Outbox(ABC):
    """Events that wait for their handlers."""

    @abstractmethod
    def append(self, event: Event) -> None:
        """Put an event at the end."""

    @abstractmethod
    def pending(self, limit: int = 100) -> tuple[Event, ...]:
        """Return the oldest events that are not done."""

    @abstractmethod
    def mark_done(self, event_id: str) -> None:
        """Take an event out."""
