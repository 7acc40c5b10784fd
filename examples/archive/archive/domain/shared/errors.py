"""What can go wrong in the domain; adapters translate into these."""

from __future__ import annotations


class ArchiveError(Exception):
    """Base of every error that a caller may want to handle."""


class NotFound(ArchiveError):
    """Nothing is stored under this identifier."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"no {kind} named {key!r}")
        self.kind = kind
        self.key = key


class Conflict(ArchiveError):
    """The command does not fit the present state."""


class BackendFailed(ArchiveError):
    """An external system refused or did not answer."""
