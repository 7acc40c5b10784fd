"""Role assignments."""

from __future__ import annotations

from sqlalchemy import insert, select

from archive.domain.auth.model import Role
from archive.domain.auth.port.users import RoleRepository

from ..persistence.database import Database
from ..persistence.mappers.auth import rows_to_roles
from ..persistence.tables import role_assignments_table as roles


class SqlRoleRepository(RoleRepository):
    """Implements the RoleRepository port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def roles_of(self, user_id: str) -> frozenset[Role]:
        """Return the roles of one user."""
        with self._database.begin() as connection:
            return rows_to_roles(connection.execute(select(roles).where(roles.c.user_id == user_id)))

    def grant(self, user_id: str, role: Role) -> None:
        """Insert the assignment unless it is there."""
        if role not in self.roles_of(user_id):
            with self._database.begin() as connection:
                connection.execute(insert(roles).values(user_id=user_id, role=str(role)))
