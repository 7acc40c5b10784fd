"""Who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A permission bundle; a curator may do everything that a depositor may."""

    DEPOSITOR = "depositor"
    CURATOR = "curator"


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity provider says about a person."""

    provider: str
    subject: str
    name: str


@dataclass(frozen=True, slots=True)
class User:
    """A person known to the archive."""

    id: str
    name: str
    provider: str
    subject: str


def may_publish(roles: frozenset[Role]) -> bool:
    """Only curators publish."""
    return Role.CURATOR in roles
