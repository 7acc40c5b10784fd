"""The outbox table."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from archive.domain.event.model import Event
from archive.domain.event.port.outbox import Outbox

from ..database import Database
from ..tables import outbox_table as outbox


class SqlOutbox(Outbox):
    """Implements the Outbox port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, event: Event) -> None:
        """Put an event at the end."""
        values = {"id": event.id, "type": event.type, "payload": event.payload}
        with self._database.begin() as connection:
            connection.execute(insert(outbox).values(values))

    def pending(self, limit: int = 100) -> tuple[Event, ...]:
        """Return the oldest events that are not done."""
        query = select(outbox).where(outbox.c.done_at.is_(None)).order_by(outbox.c.position).limit(limit)
        with self._database.begin() as connection:
            return tuple(Event(row.id, row.type, row.payload) for row in connection.execute(query))

    def mark_done(self, event_id: str) -> None:
        """Take an event out."""
        with self._database.begin() as connection:
            connection.execute(
                update(outbox).where(outbox.c.id == event_id).values(done_at=datetime.now(UTC))
            )
