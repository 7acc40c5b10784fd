"""Terms that live on somebody else's server."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.schema.model import Term


class OntologyFetcher(ABC):
    """Fetches the terms of an ontology."""

    @abstractmethod
    def fetch(self, url: str) -> tuple[Term, ...]:
        """Return all terms, sorted by identifier. Raises: BackendFailed."""
