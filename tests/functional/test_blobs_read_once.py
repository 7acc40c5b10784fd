"""git is asked for each blob of a commit once, whoever asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from reorg_lib.git import open_repository, read_blobs, repository
from tests.conftest import MakeRepository


def test_git_is_asked_for_each_blob_once(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_repository(make_repository({"a.py": "A = 1\n", "b.py": "B = 2\n"}))
    asked: list[str] = []

    def counted(folder: Path, blobs: Iterable[str]) -> Mapping[str, bytes]:
        asked.extend(blobs := list(blobs))
        return read_blobs(folder, blobs)

    monkeypatch.setattr(repository, "read_blobs", counted)
    files = opened.files()
    first = opened.contents_by_path(files[:1])
    assert dict(first) == {"a.py": b"A = 1\n"}
    assert opened.contents_by_path(files) == {**first, "b.py": b"B = 2\n"}
    assert sorted(asked) == sorted(file.blob for file in files)
