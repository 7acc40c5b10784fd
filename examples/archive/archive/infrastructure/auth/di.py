"""Wiring of the identity providers."""

from __future__ import annotations

from dishka import Provider, Scope, provide

from archive.config import Settings

from .orcid import OrcidProvider
from .provider_registry import ProviderRegistry


class IdentityProviders(Provider):
    """Every provider that has credentials."""

    scope = Scope.APP

    @provide
    def registry(self, settings: Settings) -> ProviderRegistry:
        """The providers by name."""
        registry = ProviderRegistry()
        if settings.orcid_client_id:
            registry.add(OrcidProvider(settings.orcid_client_id, settings.orcid_secret))
        return registry
