"""Commands by name: what a web framework would call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import archive.infrastructure.persistence as persistence
from archive.domain.deposition.service.submission import SubmissionService
from archive.domain.record.port.read_store import CatalogReadStore, TableReadStore
from archive.domain.schema.port.repository import SchemaRepository
from archive.domain.shared.errors import ArchiveError, NotFound

from .search import parse_cursor


@dataclass(frozen=True, slots=True)
class Answer:
    """A status as in HTTP, and a JSON-like body."""

    status: int
    body: Any


class Api:
    """Dispatches commands to services and read stores."""

    def __init__(self, container: Any) -> None:
        self._container = container
        self._submission = container.get(SubmissionService)

    def call(self, command: str, arguments: Mapping[str, Any]) -> Answer:
        """Run one command; domain errors become answers."""
        handler = getattr(self, f"do_{command}", None)
        if handler is None:
            return Answer(404, f"no command {command}")
        try:
            return Answer(200, handler(**arguments))
        except NotFound as error:
            return Answer(404, str(error))
        except ArchiveError as error:
            return Answer(409, str(error))

    def do_create(self, owner: str, title: str, schema: str, metadata: dict | None = None) -> str:
        """Open a draft and return its identifier."""
        return self._submission.create(owner, title, schema, metadata or {}).id

    def do_upload(self, deposition: str, name: str, content: bytes) -> list[str]:
        """Store a file and return the names of all files."""
        return [file.name for file in self._submission.upload(deposition, name, content).files]

    def do_submit(self, deposition: str) -> str:
        """Hand in a draft."""
        return str(self._submission.submit(deposition).status)

    def do_publish(self, deposition: str, curator: str) -> str:
        """Publish and return the identifier of the record."""
        return self._submission.publish(deposition, curator).id

    def do_list(self, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
        """List the catalogue."""
        page = self._container.get(CatalogReadStore).page(parse_cursor(cursor), limit)
        return {"rows": list(page.rows), "cursor": page.cursor}

    def do_rows(self, schema: str, after: str | None = None, limit: int = 50) -> list[dict]:
        """List the metadata of one schema behind a record, given in the clear."""
        cursor = persistence.keyset.encode(after) if after else None
        known = self._container.get(SchemaRepository).get(schema)
        return list(self._container.get(TableReadStore).rows(known, cursor, limit).rows)
