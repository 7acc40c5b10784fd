"""A cache of what was read from files, kept between runs.

It is one SQLite file in the user's cache folder. Its keys are git's ids, which identify a content
for ever. The name of the file depends on the code that reads, so an update of this program starts
a new cache. Losing the cache costs time only: a damaged one is deleted with a note, and one that
another process blocks is not used. Entries are MessagePack and not pickle, because reading them
must run no code.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs

_Record = TypeVar("_Record")

_LARGEST = 500_000_000
"""Bytes; a cache that is larger is deleted and started again."""

_OLD = 30 * 24 * 3600
"""Seconds after its last use at which the cache of another version is deleted."""

_PATIENCE = 2
"""Seconds to wait for another process that writes."""

_DIGEST = 16
"""Bytes of checksum in front of each entry; SQLite has none of its own."""

_log = logging.getLogger("reorg")


class _Damaged(Exception):
    """An entry differs from what was written."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Records by kind and key, in the file at `path`; without a path nothing is stored."""

    path: Path | None

    def load(self, keys: Collection[str], kind: type[_Record]) -> dict[str, _Record]:
        """Return the records that the cache has, key → record."""
        decoder = msgspec.msgpack.Decoder(kind)
        wanted = json.dumps(sorted(keys))
        found: dict[str, _Record] = {}
        with self._database() as database:
            if database is not None and keys:
                rows = database.execute(
                    "SELECT key, entry FROM kept WHERE kind = ?"
                    " AND key IN (SELECT value FROM json_each(?))",
                    [kind.__name__, wanted],
                )
                found.update((key, decoder.decode(_checked(entry))) for key, entry in rows)
        return found

    def keep(self, records: Mapping[str, object]) -> None:
        """Store records; one that contains a file name that is not valid text is left out."""
        rows = [
            (type(record).__name__, key, _digest(entry) + entry)
            for key, record in sorted(records.items())
            if (entry := _encoded(record)) is not None
        ]
        with self._database() as database:
            if database is not None and rows:
                with database:
                    database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection | None]:
        """Yield the open database, or None. A database error ends the block and is not raised."""
        if self.path is None:
            yield None
            return
        opened = False
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as database:
                database.execute(
                    "CREATE TABLE IF NOT EXISTS kept"
                    " (kind TEXT, key TEXT, entry BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
                )
                opened = True
                yield database
        except sqlite3.OperationalError:  # busy, read-only or full: go on without the cache
            if not opened:
                yield None
        except (sqlite3.DatabaseError, msgspec.DecodeError, _Damaged) as error:
            _log.warning("%s was damaged (%s) and is created again", self.path, error or "checksum")
            self.path.unlink(missing_ok=True)
            if not opened:
                yield None


def cache_folder() -> Path | None:
    """Return the folder of this user's caches, or None if the cache is switched off.

    The environment variable REORG_CACHE names another folder, or is "off".
    """
    said = os.environ.get("REORG_CACHE", "")
    if said == "off":
        return None
    return Path(said) if said else platformdirs.user_cache_path("reorg")


def user_cache() -> Cache:
    """Return the cache of this user for this version of the program."""
    folder = cache_folder()
    if folder is None:
        return Cache(None)
    path = folder / f"survey-{_scanner()}.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(path)
    except OSError:
        return Cache(None)
    return Cache(path)


def _tidy(path: Path) -> None:
    """Delete old caches of other versions, and the cache of this one when it is too large."""
    for other in path.parent.glob("survey-*.sqlite"):
        age = time.time() - other.stat().st_mtime
        if other.stat().st_size > _LARGEST if other == path else age > _OLD:
            other.unlink(missing_ok=True)


@cache
def _scanner() -> str:
    """Return a digest of all that decides the result of a survey: this code and the grammar."""
    package = resources.files("reorg_lib")
    digest = hashlib.blake2b(metadata.version("tree-sitter-python").encode(), digest_size=8)
    for name in ("survey", "python", "model", "git"):
        given = package / name
        for source in sorted(given.iterdir(), key=str) if given.is_dir() else [given]:
            if source.name.endswith((".py", ".toml")):
                digest.update(source.read_bytes())
    return digest.hexdigest()


def _encoded(record: object) -> bytes | None:
    try:
        return msgspec.msgpack.encode(record)
    except UnicodeEncodeError:  # a file's name that is not UTF-8
        return None


def _digest(entry: bytes) -> bytes:
    return hashlib.blake2b(entry, digest_size=_DIGEST).digest()


def _checked(entry: bytes) -> bytes:
    if _digest(entry[_DIGEST:]) != entry[:_DIGEST]:
        raise _Damaged
    return entry[_DIGEST:]
