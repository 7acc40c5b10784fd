"""Engine and transactions. Production runs on PostgreSQL, tests and laptops on SQLite."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

logger = logging.getLogger(__name__)

_current: Database | None = None


class Database:
    """One engine."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = create_engine(url, **engine_options(url))
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _enforce_foreign_keys)
        logger.debug("engine for %s", self.engine.dialect.name)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction; it commits unless the block raises."""
        with self.engine.begin() as connection:
            yield connection


def engine_options(url: str) -> dict[str, object]:
    """Return the pool options that suit the driver."""
    parsed = make_url(url)
    if parsed.drivername.startswith("postgresql"):
        return {"pool_pre_ping": True, "pool_size": 10}
    if parsed.database in (None, "", ":memory:"):
        return {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    return {}


def configure(url: str) -> Database:
    """Make the database of this process."""
    global _current
    _current = Database(url)
    return _current


def current() -> Database:
    """Return the database of this process. Raises: RuntimeError before ``configure``."""
    if _current is None:
        raise RuntimeError("call configure(url) first")
    return _current


def _enforce_foreign_keys(connection: object, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]
