"""External identity providers."""

from .di import IdentityProviders, ProviderRegistry

__all__ = ["IdentityProviders", "ProviderRegistry"]
