"""Things patched by their dotted name: the patch must reach the code that runs."""

from __future__ import annotations

from unittest import mock

import pytest

from archive.domain.deposition.model import DepositionFile
from archive.domain.shared.errors import BackendFailed
from archive.infrastructure.http.ontology_fetcher import HttpOntologyFetcher
from archive.infrastructure.persistence import seed
from archive.infrastructure.s3.storage import S3FileStorage
from archive.infrastructure.storage.layout import StorageLayout


def test_mock_patch_with_a_dotted_name(tmp_path):
    with mock.patch("archive.infrastructure.s3.client.make_client") as make_client:
        stored = S3FileStorage(StorageLayout(tmp_path)).save("dep-1", "a.csv", b"abc")
    assert isinstance(stored, DepositionFile)
    make_client().put_object.assert_called_once()


@mock.patch("archive.infrastructure.http.transport.TRANSIENT", frozenset())
def test_mock_patch_as_a_decorator():
    with pytest.raises(BackendFailed, match="after 1 tries"):
        HttpOntologyFetcher(lambda url: (503, None)).fetch("https://terms.example.org")


def test_monkeypatch_with_a_dotted_name(monkeypatch, database):
    monkeypatch.setattr("archive.infrastructure.persistence.seed.load_fixtures", lambda: [])
    assert seed.seed(database) == 0
