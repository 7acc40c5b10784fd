"""Storage of schemas, and of the tables that they call for."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.record.model import Record
from archive.domain.schema.model import Schema


class SchemaRepository(ABC):
    """Schemas by identifier."""

    @abstractmethod
    def get(self, schema_id: str) -> Schema:
        """Return one schema. Raises: NotFound."""

    @abstractmethod
    def save(self, schema: Schema) -> None:
        """Insert or replace."""


class MetadataStore(ABC):
    """One table per schema, one row per record."""

    @abstractmethod
    def ensure_table(self, schema: Schema) -> None:
        """Create the table of this schema if there is none."""

    @abstractmethod
    def insert(self, schema: Schema, record: Record) -> None:
        """Project a record into the table of its schema."""
