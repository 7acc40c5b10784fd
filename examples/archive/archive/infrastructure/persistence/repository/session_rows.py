"""Declarative mapping of users and sessions, where lazy loading is handy."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase, Mapped, relationship

from ..tables import metadata, sessions_table, users_table


class Base(DeclarativeBase):
    """Shares the metadata of the static tables."""

    metadata = metadata


class UserRow(Base):
    """A user and the sessions that they opened."""

    __table__ = users_table

    # by its full path: the name SessionRow alone is too common to be safe in one registry
    sessions: Mapped[list[SessionRow]] = relationship(
        "archive.infrastructure.persistence.repository.session_rows.SessionRow",
        order_by="archive.infrastructure.persistence.repository.session_rows.SessionRow.opened_at",
    )


class SessionRow(Base):
    """One session."""

    __table__ = sessions_table
