"""Repositories, stores and readers on a real SQLite database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.domain.auth.model import Identity, Role
from archive.domain.deposition.model import Deposition, DepositionFile
from archive.domain.event.model import Event
from archive.domain.ingest.model import IngestRun, RunStatus
from archive.domain.record.model import Record
from archive.domain.schema.model import Field, FieldType, Schema
from archive.domain.shared.errors import NotFound
from archive.domain.validation.model import Hook
from archive.infrastructure.auth.role_repository import SqlRoleRepository
from archive.infrastructure.data.postgres_catalog_read_store import SqlCatalogReadStore
from archive.infrastructure.data.postgres_table_read_store import SqlTableReadStore
from archive.infrastructure.data.schema_feature_reader import SchemaFeatureReader
from archive.infrastructure.persistence import keyset, seed
from archive.infrastructure.persistence.adapter.feature_reader import SqlFeatureReader
from archive.infrastructure.persistence.adapter.readers import SqlStatisticsReader
from archive.infrastructure.persistence.database import engine_options
from archive.infrastructure.persistence.feature_store import CreateFeatureTable, SqlFeatureStore
from archive.infrastructure.persistence.metadata_store import SqlMetadataStore
from archive.infrastructure.persistence.repository.auth import SqlUserRepository
from archive.infrastructure.persistence.repository.deposition import SqlDepositionRepository
from archive.infrastructure.persistence.repository.event import SqlOutbox
from archive.infrastructure.persistence.repository.ingest import SqlIngestRunRepository
from archive.infrastructure.persistence.repository.record import SqlRecordRepository
from archive.infrastructure.persistence.repository.schema import SqlSchemaRepository

ADA = Identity("orcid", "0000-0001", "Ada")
SCHEMA = Schema("sample", "Sample", (Field("pixel_size", FieldType.NUMBER, "um"), Field("n", FieldType.INTEGER)))
HOOK = Hook("size-check", "img", (Field("length", FieldType.NUMBER, "um"),))


def deposition(key: str = "dep-1") -> Deposition:
    files = (DepositionFile("a.csv", 3, "0" * 64), DepositionFile("b.csv", 5, "1" * 64))
    return Deposition(key, "usr-1", "Title", "sample", metadata={"n": 1}, files=files)


def record(key: str) -> Record:
    return Record(key, "dep-1", "sample", f"Record {key}", {"pixel_size": 0.5}, datetime(2026, 1, 2, tzinfo=UTC))


@pytest.fixture
def records(database):
    SqlDepositionRepository(database).save(deposition())
    repository = SqlRecordRepository(database)
    for number in range(5):
        repository.add(record(f"rec-{number}"))
    return repository


@pytest.mark.parametrize(
    ("url", "pooled"), [("postgresql+psycopg://archive@db/archive", True), ("sqlite:///x.db", False)]
)
def test_only_postgresql_gets_a_pool(url, pooled):
    assert ("pool_size" in engine_options(url)) is pooled


def test_a_user_is_made_once(database):
    users = SqlUserRepository(database)
    assert users.ensure(ADA) == users.ensure(ADA)


def test_an_unknown_user_is_not_found(database):
    with pytest.raises(NotFound, match="usr-9"):
        SqlUserRepository(database).get("usr-9")


def test_roles_are_granted_once(database):
    user, roles = SqlUserRepository(database).ensure(ADA), SqlRoleRepository(database)
    roles.grant(user.id, Role.CURATOR)
    roles.grant(user.id, Role.CURATOR)
    assert roles.roles_of(user.id) == {Role.CURATOR}


def test_a_deposition_round_trips_with_its_files(database):
    repository = SqlDepositionRepository(database)
    repository.save(deposition())
    repository.save(deposition().submitted())
    assert repository.get("dep-1") == deposition().submitted()


def test_an_unknown_deposition_is_not_found(database):
    with pytest.raises(NotFound):
        SqlDepositionRepository(database).get("dep-9")


def test_a_record_round_trips_with_its_time_zone(records):
    assert records.get("rec-3") == record("rec-3")


def test_a_record_needs_its_deposition(database):
    with pytest.raises(Exception, match="FOREIGN KEY"):
        SqlRecordRepository(database).add(record("rec-1"))


def test_a_schema_round_trips(database):
    repository = SqlSchemaRepository(database)
    repository.save(SCHEMA)
    repository.save(SCHEMA)
    assert repository.get("sample") == SCHEMA


def test_an_ingest_run_round_trips(database):
    repository = SqlIngestRunRepository(database)
    repository.save(IngestRun("run-1", "img"))
    repository.save(IngestRun("run-1", "img").with_batch().finished(0))
    assert repository.get("run-1") == IngestRun("run-1", "img", RunStatus.DONE, 1)


def test_the_outbox_keeps_its_order(database):
    outbox = SqlOutbox(database)
    for key in ("evt-b", "evt-a", "evt-c"):
        outbox.append(Event(key, "x", {"k": key}))
    outbox.mark_done("evt-a")
    assert [event.id for event in outbox.pending()] == ["evt-b", "evt-c"]


def test_features_are_written_and_read(database):
    store = SqlFeatureStore(database)
    store.ensure_table(HOOK)
    store.ensure_table(HOOK)
    assert store.insert(HOOK, "rec-1", ({"length": 2.0}, {"length": 1.0})) == 2
    assert SqlFeatureReader(database).features_of(HOOK, "rec-1") == [{"length": 2.0}, {"length": 1.0}]


def test_no_feature_table_means_no_features(database):
    assert SqlFeatureReader(database).features_of(HOOK, "rec-1") == []


def test_features_are_shown_with_their_unit(database):
    store = SqlFeatureStore(database)
    store.ensure_table(HOOK)
    store.insert(HOOK, "rec-1", ({"length": 2.0},))
    reader = SchemaFeatureReader(SqlFeatureReader(database))
    assert reader.features_of(HOOK, "rec-1") == [{"length [\N{MICRO SIGN}m]": 2.0}]


def test_a_registered_hook_gets_its_table(database):
    payload = {"name": "h2", "image": "i", "features": [{"name": "v", "type": "integer"}]}
    CreateFeatureTable().handle(Event("evt-1", "hook.registered", payload))
    with database.begin() as connection:
        assert connection.exec_driver_sql("select count(*) from features_h2").scalar() == 0


def test_rows_have_api_names_and_pages(database, records):
    store = SqlMetadataStore(database)
    store.ensure_table(SCHEMA)
    for number in range(3):
        store.insert(SCHEMA, record(f"rec-{number}"))
    first = SqlTableReadStore(database).rows(SCHEMA, limit=2)
    assert first.rows[0] == {"recordId": "rec-0", "pixelSize": 0.5, "n": None}
    last = SqlTableReadStore(database).rows(SCHEMA, first.cursor, limit=2)
    assert [row["recordId"] for row in last.rows] == ["rec-2"] and last.cursor is None


def test_the_catalogue_pages_through_everything(database, records):
    catalogue, seen, cursor = SqlCatalogReadStore(database), [], None
    while True:
        page = catalogue.page(cursor, limit=2)
        seen += [row["id"] for row in page.rows]
        if (cursor := page.cursor) is None:
            break
    assert seen == [f"rec-{number}" for number in range(5)]


@pytest.mark.parametrize("key", ["rec-1", "ä/ö", ""])
def test_cursors_round_trip(key):
    assert keyset.decode(keyset.encode(key)) == key


def test_statistics(database, records):
    reader = SqlStatisticsReader(database)
    assert reader.depositions_by_status() == {"draft": 1}
    assert reader.records_by_schema() == {"sample": 5}
    assert reader.bytes_of("dep-1") == 8 and reader.bytes_of("dep-9") == 0


def test_seeding_twice_adds_nothing(database):
    assert (seed.seed(database), seed.seed(database)) == (2, 0)
