"""Identity providers by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.domain.shared.errors import NotFound

if TYPE_CHECKING:
    from ...domain.auth.port.identity_provider import IdentityProvider


class ProviderRegistry:
    """What a log-in page chooses from."""

    def __init__(self) -> None:
        self._providers: dict[str, IdentityProvider] = {}

    def add(self, provider: IdentityProvider) -> None:
        """Offer a provider."""
        self._providers[provider.name] = provider

    def get(self, name: str) -> IdentityProvider:
        """Return a provider. Raises: NotFound."""
        try:
            return self._providers[name]
        except KeyError:
            raise NotFound("identity provider", name) from None

    def names(self) -> tuple[str, ...]:
        """Return what is on offer, sorted."""
        return tuple(sorted(self._providers))
