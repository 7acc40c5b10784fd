"""Fetches ontologies as JSON lists of terms."""

from __future__ import annotations

from archive.domain.schema.model import Term
from archive.domain.schema.port.ontology import OntologyFetcher
from archive.domain.shared.errors import BackendFailed

from .client import Send
from .client import build as build_transport
from .transport import build as build_policy


class HttpOntologyFetcher(OntologyFetcher):
    """Implements the OntologyFetcher port."""

    def __init__(self, send: Send | None = None) -> None:
        self._send = send or build_transport()
        self._again = build_policy()

    def fetch(self, url: str) -> tuple[Term, ...]:
        """Return all terms; transient failures are tried again."""
        tries = 1
        status, body = self._send(url)
        while self._again(status, tries):
            tries += 1
            status, body = self._send(url)
        if status != 200:
            raise BackendFailed(f"{url} answered {status} after {tries} tries")
        terms = (Term(item["id"], item["label"]) for item in body)
        return tuple(sorted(terms, key=lambda term: term.id))
