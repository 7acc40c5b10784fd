"""``repository/`` and ``mappers/`` have no ``__init__.py``; relative imports under them still work."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

from archive.infrastructure.persistence import tables
from archive.infrastructure.persistence.mappers import deposition as deposition_mapper
from archive.infrastructure.persistence.mappers import record as record_mapper
from archive.infrastructure.persistence.repository import deposition, record

REPOSITORIES = (
    "archive.infrastructure.persistence.repository.auth",
    "archive.infrastructure.persistence.repository.deposition",
    "archive.infrastructure.persistence.repository.event",
    "archive.infrastructure.persistence.repository.ingest",
    "archive.infrastructure.persistence.repository.record",
    "archive.infrastructure.persistence.repository.schema",
    "archive.infrastructure.auth.role_repository",
)


@pytest.mark.parametrize("name", REPOSITORIES, ids=["auth", "deposition", "event", "ingest", "record", "schema", "role"])
def test_every_repository_implements_a_port(name):
    module = import_module(name)
    classes = [c for _, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == module.__name__]
    assert classes and all(".port." in c.__mro__[1].__module__ for c in classes)


def test_repositories_and_mappers_see_the_same_objects():
    assert record.from_row is record_mapper.from_row
    assert deposition.to_row is deposition_mapper.to_row
    assert deposition_mapper.depositions_table is tables.depositions_table is deposition.depositions
    assert record.records_table is tables.metadata.tables["records"]
