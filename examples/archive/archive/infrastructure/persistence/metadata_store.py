"""Metadata tables: DDL and the projection of records."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import insert

from archive.domain.event.model import Event
from archive.domain.event.service.registry import register
from archive.domain.record.model import Record
from archive.domain.schema.model import Schema
from archive.domain.schema.port.repository import MetadataStore
from archive.infrastructure.persistence import database as db
from archive.infrastructure.persistence.metadata_table import build

from .repository.record import SqlRecordRepository
from .repository.schema import SqlSchemaRepository


class SqlMetadataStore(MetadataStore):
    """One table per schema, one row per record."""

    def __init__(self, database: db.Database) -> None:
        self._database = database

    def ensure_table(self, schema: Schema) -> None:
        """Create the table of this schema if there is none."""
        build(schema).create(self._database.engine, checkfirst=True)

    def insert(self, schema: Schema, record: Record) -> None:
        """Project a record; fields that it lacks become NULL."""
        row = {field.name: record.metadata.get(field.name) for field in schema.fields}
        with self._database.begin() as connection:
            connection.execute(insert(build(schema)), {"record_id": record.id, **row})


@register
class ProjectRecord:
    """Writes a published record into the table of its schema."""

    event_type: ClassVar[str] = "record.published"

    def handle(self, event: Event) -> None:
        """Project the record that the payload names."""
        database = db.current()
        record = SqlRecordRepository(database).get(str(event.payload["record_id"]))
        schema = SqlSchemaRepository(database).get(record.schema_id)
        store = SqlMetadataStore(database)
        store.ensure_table(schema)
        store.insert(schema, record)
