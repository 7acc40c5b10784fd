"""Feature tables: DDL and bulk writes."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import insert

from archive.domain.event.model import Event
from archive.domain.event.service.registry import register
from archive.domain.schema.model import Field, FieldType
from archive.domain.validation.model import Hook
from archive.domain.validation.port.features import FeatureStore

from . import feature_table as shapes
from .database import Database, current


class SqlFeatureStore(FeatureStore):
    """One table per hook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure_table(self, hook: Hook) -> None:
        """Create the table of this hook if there is none."""
        shapes.build(hook).create(self._database.engine, checkfirst=True)

    def insert(self, hook: Hook, record_id: str, rows: tuple[dict[str, object], ...]) -> int:
        """Write rows in one statement."""
        if rows:
            with self._database.begin() as connection:
                connection.execute(
                    insert(shapes.build(hook)), [{"record_id": record_id, **row} for row in rows]
                )
        return len(rows)


@register
class CreateFeatureTable:
    """Makes the table as soon as a hook is registered."""

    event_type: ClassVar[str] = "hook.registered"

    def handle(self, event: Event) -> None:
        """Create the table that the payload describes."""
        features = tuple(Field(f["name"], FieldType(f["type"])) for f in event.payload["features"])
        hook = Hook(str(event.payload["name"]), str(event.payload["image"]), features)
        SqlFeatureStore(current()).ensure_table(hook)
