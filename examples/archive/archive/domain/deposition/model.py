"""A deposition: files and metadata on their way into the archive."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from archive.domain.shared.errors import Conflict


class Status(StrEnum):
    """Where a deposition stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class DepositionFile:
    """One uploaded file, without its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Deposition:
    """The aggregate; every change gives a new value."""

    id: str
    owner: str
    title: str
    schema_id: str
    status: Status = Status.DRAFT
    metadata: dict[str, object] = field(default_factory=dict)
    files: tuple[DepositionFile, ...] = ()

    def with_file(self, file: DepositionFile) -> Deposition:
        """Add a file, or replace the one of the same name."""
        if self.status is not Status.DRAFT:
            raise Conflict(f"{self.id} is {self.status}, files are frozen")
        others = tuple(f for f in self.files if f.name != file.name)
        return replace(self, files=tuple(sorted((*others, file), key=lambda f: f.name)))

    def submitted(self) -> Deposition:
        """Hand in a draft that has at least one file."""
        if self.status is not Status.DRAFT or not self.files:
            raise Conflict(f"{self.id} cannot be submitted")
        return replace(self, status=Status.SUBMITTED)

    def published(self) -> Deposition:
        """Mark a submitted deposition as published."""
        if self.status is not Status.SUBMITTED:
            raise Conflict(f"{self.id} is {self.status}, not submitted")
        return replace(self, status=Status.PUBLISHED)
