"""Rows of the auth tables as domain values."""

from archive.domain.auth.model import Role, User


def row_to_user(row) -> User:  # type: ignore[no-untyped-def]
    """Map one row of ``users``."""
    return User(row.id, row.name, row.provider, row.subject)


def rows_to_roles(rows) -> frozenset[Role]:  # type: ignore[no-untyped-def]
    """Map the roles of one user."""
    return frozenset(Role(row.role) for row in rows)
