"""Names that are exchanged, handed on, or differ by case or folder only."""

from __future__ import annotations

import pytest

from archive.domain.deposition.port.storage import FileStorage
from archive.domain.validation.port.runner import HookRunner
from archive.infrastructure.http import Headers, client, transport
from archive.infrastructure.k8s.runner import K8sHookRunner
from archive.infrastructure.oci.runner import OciHookRunner
from archive.infrastructure.persistence.adapter.spreadsheet import ExcelTemplate
from archive.infrastructure.persistence.adapter.storage import FilesystemFileStorage
from archive.infrastructure.s3.storage import S3FileStorage
from archive.infrastructure.storage import keys, paths
from archive.infrastructure.storage.layout import StorageLayout


def test_swap_each_function_keeps_its_result():
    assert keys.render("dep-1", "a b.txt").count("/") == 2
    assert paths.render("dep-1", "a b.txt") == "dep-1/a%20b.txt"


def test_swap_disks_are_sharded_and_buckets_are_flat(tmp_path, fake_s3):
    layout = StorageLayout(tmp_path)
    FilesystemFileStorage(layout).save("dep-1", "a b.txt", b"")
    S3FileStorage(layout).save("dep-1", "a b.txt", b"")
    assert len(list(layout.files.glob("??/dep-1/a b.txt"))) == 1
    assert list(fake_s3.objects) == ["files/dep-1/a%20b.txt"]


def test_swap_reaches_names_in_strings(tmp_path, monkeypatch):
    monkeypatch.setattr("archive.infrastructure.storage.keys.SHARD_WIDTH", 4)
    FilesystemFileStorage(StorageLayout(tmp_path)).save("dep-1", "a.txt", b"")
    assert len(list(tmp_path.glob("files/????/dep-1/a.txt"))) == 1


def test_chain_each_function_keeps_its_result():
    again, send = transport.build(2), client.build(1.0)
    assert again(503, 1) and not again(503, 2)
    assert send.__name__ == "send"


def test_case_only_rename():
    assert Headers.default_headers()["User-Agent"] == Headers.USER_AGENT


@pytest.mark.parametrize(
    ("port", "backends"),
    [(FileStorage, (FilesystemFileStorage, S3FileStorage)), (HookRunner, (OciHookRunner, K8sHookRunner))],
)
def test_modules_of_one_base_name_stay_apart(port, backends):
    assert all(issubclass(backend, port) for backend in backends)
    assert len({backend.__module__ for backend in backends}) == 2


def test_a_module_named_like_its_package():
    assert callable(ExcelTemplate().render)
