"""Alembic compares with the metadata that ``migrations/env.py`` imports."""

from __future__ import annotations

import configparser
from pathlib import Path
from pkgutil import resolve_name

from alembic import command
from sqlalchemy import create_engine, inspect

from archive.infrastructure.persistence import migrate
from archive.infrastructure.persistence.tables import metadata

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "users", "sessions", "role_assignments", "schemas", "depositions", "deposition_files", "records",
    "ingest_runs", "outbox",
}  # fmt: skip


def test_upgrade_then_no_difference(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    migrate.upgrade(url)
    command.check(migrate.alembic_config(url))  # raises when autogenerate would do anything


def test_the_metadata_has_every_table():
    assert set(metadata.tables) == TABLES


def test_down_and_up_again(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    migrate.upgrade(url)
    migrate.downgrade(url, "0001")
    engine = create_engine(url)
    assert "records" not in inspect(engine).get_table_names()
    assert migrate.main([url]) == 0
    assert set(inspect(engine).get_table_names()) == TABLES | {"alembic_version"}
    engine.dispose()


def test_the_metadata_named_in_alembic_ini():
    config = configparser.ConfigParser(interpolation=None)
    config.read(ROOT / "alembic.ini", encoding="utf-8")
    assert resolve_name(config["archive"]["target_metadata"]) is metadata
