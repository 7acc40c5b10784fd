"""Storage of users, their sessions and their roles."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.auth.model import Identity, Role, User


class UserRepository(ABC):
    """Users and the sessions that they opened."""

    @abstractmethod
    def ensure(self, identity: Identity) -> User:
        """Return the user of this identity, made on first sight."""

    @abstractmethod
    def get(self, user_id: str) -> User:
        """Return one user. Raises: NotFound."""


class RoleRepository(ABC):
    """Which roles a user holds."""

    @abstractmethod
    def roles_of(self, user_id: str) -> frozenset[Role]:
        """Return the roles, the empty set for an unknown user."""

    @abstractmethod
    def grant(self, user_id: str, role: Role) -> None:
        """Give a role; giving it twice changes nothing."""
