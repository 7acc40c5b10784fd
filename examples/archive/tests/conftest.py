"""Fixtures: a migrated database, a wired container, a fake object store."""

from __future__ import annotations

import io
import types

import pytest

from archive.config import Settings
from archive.infrastructure.persistence import database as db
from archive.infrastructure.persistence.tables import metadata


@pytest.fixture
def database():
    """An empty in-memory database with all static tables; also the one of this process."""
    database = db.configure("sqlite://")
    metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


@pytest.fixture
def container(tmp_path):
    """Everything wired, on a migrated file database."""
    from archive.application.container import build_container, database_of
    from archive.infrastructure.persistence.migrate import upgrade

    url = f"sqlite:///{tmp_path / 'archive.db'}"
    upgrade(url)
    handlers = (
        "archive.infrastructure.persistence.feature_store.CreateFeatureTable",
        "archive.infrastructure.persistence.metadata_store.ProjectRecord",
    )
    container = build_container(Settings(url, storage_root=tmp_path / "store", handlers=handlers))
    yield container
    database_of(container).engine.dispose()
    container.close()


class FakeS3:
    """The five calls of an S3 client that we use, on a dict."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put_object(self, Bucket, Key, Body):
        self.objects[Key] = Body

    def get_object(self, Bucket, Key):
        if Key not in self.objects:
            error = RuntimeError("missing")
            error.response = {"Error": {"Code": "NoSuchKey"}}
            raise error
        return {"Body": io.BytesIO(self.objects[Key])}

    def delete_object(self, Bucket, Key):
        self.objects.pop(Key, None)

    def list_objects_v2(self, Bucket, Prefix):
        return {"Contents": [{"Key": key} for key in sorted(self.objects) if key.startswith(Prefix)]}


@pytest.fixture
def fake_s3(monkeypatch):
    """boto3 replaced by a module that hands out one fake client."""
    fake = FakeS3()
    boto3 = types.SimpleNamespace(client=lambda service, endpoint_url=None: fake)
    monkeypatch.setitem(__import__("sys").modules, "boto3", boto3)
    return fake
