"""The read side: listings and tables, page by page."""

from __future__ import annotations

from typing import Protocol

from archive.domain.record.model import Page
from archive.domain.schema.model import Schema


class CatalogReadStore(Protocol):
    """Lists what is published."""

    def page(self, cursor: str | None = None, limit: int = 50) -> Page:
        """Return records in order of their identifier."""
        ...


class TableReadStore(Protocol):
    """Reads the metadata table of one schema."""

    def rows(self, schema: Schema, cursor: str | None = None, limit: int = 50) -> Page:
        """Return rows in order of the record identifier."""
        ...
