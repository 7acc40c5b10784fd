"""The external identity provider, as the domain sees it."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.auth.model import Identity


class IdentityProvider(ABC):
    """Turns an authorisation code into an identity."""

    name: str

    @abstractmethod
    def authorize_url(self, state: str) -> str:
        """Return the address that the browser is sent to."""

    @abstractmethod
    def exchange(self, code: str) -> Identity:
        """Exchange the code for an identity. Raises: BackendFailed."""
