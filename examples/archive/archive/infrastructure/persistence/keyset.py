"""Keyset paging: a cursor is the last key seen, opaque to callers.

See :func:`archive.infrastructure.persistence.keyset.after` and its users,
:mod:`archive.infrastructure.data.postgres_catalog_read_store` and
:class:`archive.infrastructure.data.postgres_table_read_store.SqlTableReadStore`.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select


def encode(key: str) -> str:
    """Make a cursor from a key."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def decode(cursor: str) -> str:
    """Read the key from a cursor."""
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()


def after(statement: Select, column: ColumnElement, cursor: str | None, limit: int) -> Select:
    """Order by the column, start behind the cursor, fetch one row more than asked."""
    if cursor is not None:
        statement = statement.where(column > decode(cursor))
    return statement.order_by(column).limit(limit + 1)


def cut(rows: Sequence[dict], key: str, limit: int) -> tuple[tuple[dict, ...], str | None]:
    """Split what ``after`` fetched into the page and the next cursor."""
    page = tuple(rows[:limit])
    return page, encode(page[-1][key]) if len(rows) > limit else None
