"""Wiring of outbound HTTP."""

from dishka import Provider, Scope, provide

from archive.domain.schema.port.ontology import OntologyFetcher

from .ontology_fetcher import HttpOntologyFetcher


class HttpProvider(Provider):
    """Everything that we fetch from elsewhere."""

    scope = Scope.APP

    @provide
    def ontologies(self) -> OntologyFetcher:
        """The fetcher with its default transport."""
        return HttpOntologyFetcher()
