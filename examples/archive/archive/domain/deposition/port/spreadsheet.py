"""Metadata templates that depositors fill in offline."""

from __future__ import annotations

from typing import Protocol

from archive.domain.schema.model import Schema


class SpreadsheetTemplate(Protocol):
    """Renders a schema as a workbook and reads a filled one back."""

    def render(self, schema: Schema) -> bytes:
        """Return the bytes of an empty workbook for this schema."""
        ...

    def parse(self, schema: Schema, content: bytes) -> list[dict[str, object]]:
        """Return one mapping per filled row."""
        ...
