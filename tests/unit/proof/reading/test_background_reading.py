"""What is read ahead is what the proof reads itself; without it the proof reads everything."""

from __future__ import annotations

import subprocess
from functools import partial

import pytest

from reorg_lib.git import blob_id, open_repository
from reorg_lib.proof.reading import source_tree as reading
from reorg_lib.proof.reading.background_reading import read_in_background
from reorg_lib.proof.reading.source_tree import SourceTree, read_file
from tests.conftest import MakeRepository

FILES = {
    "shop/__init__.py": b"",
    "shop/orders.py": b"from shop import *\nimport a.b as c\ndef f(): import late\n",
    "shop/broken.py": b"def f(:\n",
    "README.md": b"import a\n",
}
TREE = {path: content for path, content in FILES.items() if path.endswith(".py")}


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_files_read_in_the_background_are_not_read_again(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = SourceTree(TREE, ".").readings
    read: list[bytes] = []

    def counted(source: bytes) -> reading.Reading | None:
        read.append(source)
        return read_file(source)

    monkeypatch.setattr(reading, "read_file", counted)
    with read_in_background(open_repository(make_repository(FILES))) as ahead:
        assert ahead().keys() == {blob_id(TREE[path]) for path in alone}
        other = TREE | {"shop/orders.py": b"import changed\n"}
        assert SourceTree(TREE, ".", ahead=ahead).readings == alone
        assert SourceTree(other, ".", ahead=ahead).readings["shop/orders.py"].imports
    assert read == [FILES["shop/broken.py"]] * 2 + [b"import changed\n"]


def test_if_the_process_fails_the_proof_reads_everything(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = open_repository(make_repository(FILES))
    monkeypatch.setattr("subprocess.Popen", partial(subprocess.Popen, executable="/bin/false"))
    with read_in_background(repository) as ahead:
        assert SourceTree(TREE, ".", ahead=ahead).readings == SourceTree(TREE, ".").readings


def test_an_export_that_ends_early_leaves_no_process(make_repository: MakeRepository) -> None:
    repository = open_repository(make_repository(FILES))
    with pytest.raises(KeyboardInterrupt), read_in_background(repository):
        raise KeyboardInterrupt
