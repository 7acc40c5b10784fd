"""Users and their sessions."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.auth.model import Identity, User
from archive.domain.auth.port.users import UserRepository
from archive.domain.shared.errors import NotFound
from archive.domain.shared.ids import new_id

from ..database import Database
from ..mappers.auth import row_to_user
from ..tables import users_table
from .session_rows import SessionRow, UserRow


class SqlUserRepository(UserRepository):
    """Implements the UserRepository port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure(self, identity: Identity) -> User:
        """Insert on first sight, then open a session."""
        where = (users_table.c.provider == identity.provider) & (users_table.c.subject == identity.subject)
        with self._database.begin() as connection:
            row = connection.execute(select(users_table).where(where)).one_or_none()
            user = row_to_user(row) if row else User(
                new_id("usr"), identity.name, identity.provider, identity.subject
            )
            if row is None:
                values = {"id": user.id, "name": user.name, "provider": user.provider, "subject": user.subject}
                connection.execute(insert(users_table).values(values))
        with Session(self._database.engine) as session, session.begin():
            session.add(SessionRow(id=new_id("ses"), user_id=user.id, opened_at=datetime.now(UTC)))
        return user

    def get(self, user_id: str) -> User:
        """Return one user."""
        with self._database.begin() as connection:
            row = connection.execute(select(users_table).where(users_table.c.id == user_id)).one_or_none()
        if row is None:
            raise NotFound("user", user_id)
        return row_to_user(row)

    def session_count(self, user_id: str) -> int:
        """Return how often the user logged in."""
        with Session(self._database.engine) as session:
            return len(session.get_one(UserRow, user_id).sessions)
