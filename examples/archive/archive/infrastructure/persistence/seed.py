"""Fill a fresh database with the schemas that every installation has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from archive.infrastructure.persistence import tables

if TYPE_CHECKING:
    from .database import Database

FIXTURES = Path(__file__).with_name("fixtures.json")


def load_fixtures() -> list[dict[str, object]]:
    """Read the schemas that ship with the package."""
    return json.loads(FIXTURES.read_text(encoding="utf-8"))


def seed(database: Database) -> int:
    """Insert the schemas that are missing and return how many."""
    schemas = tables.schemas_table
    with database.begin() as connection:
        known = set(connection.scalars(select(schemas.c.id)))
        missing = [row for row in load_fixtures() if row["id"] not in known]
        if missing:
            connection.execute(insert(schemas), missing)
    return len(missing)
