"""Many files at once: alone, with a second process, and without it when it fails."""

from __future__ import annotations

import subprocess
from functools import partial

import pytest

from reorg_lib.files.cache import Cache
from reorg_lib.python import parsing
from reorg_lib.python.parsing import parse, parse_all

CONTENTS = {
    "1": b"import a\n",
    "2": b"from b import c\n",
    "3": "# -*- coding: latin-1 -*-\nx = 'é'\nimport d\n".encode("latin-1"),
    "4": b"\xff\xfe broken",
    "5": b"def f(:\n",
    "6": b"import \0",
}
ALONE = {blob: parse(content) for blob, content in CONTENTS.items()}


@pytest.fixture(autouse=True, params=["forked", "started"])
def forked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    is_forked: bool = request.param == "forked"
    monkeypatch.setattr(parsing, "_can_fork", lambda: is_forked)
    monkeypatch.setattr(parsing, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(parsing, "_WORTH_A_FORK", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    return is_forked


def test_a_second_process_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []

    def counted(content: bytes) -> parsing.Parsed:
        parsed.append(content)
        return parse(content)

    monkeypatch.setattr(parsing, "parse", counted)
    assert parse_all(CONTENTS, Cache(None)) == ALONE
    assert len(parsed) == 3


def test_where_the_second_process_dies_everything_is_read_here(
    forked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(_: object) -> bytes:
        raise MemoryError

    if forked:
        monkeypatch.setattr(parsing, "_read", dying)
    else:
        monkeypatch.setattr("subprocess.Popen", partial(subprocess.Popen, executable="/bin/false"))
    assert parse_all(CONTENTS, Cache(None)) == ALONE


def test_where_no_process_can_be_started_everything_is_read_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refusing(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("subprocess.Popen", refusing)
    monkeypatch.setattr("os.fork", refusing)
    assert parse_all(CONTENTS, Cache(None)) == ALONE
