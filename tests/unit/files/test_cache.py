"""The cache: what was kept comes back, and nothing that happens to its file reaches a survey."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reorg_lib.files.cache import Cache, user_cache
from reorg_lib.git import open_repository
from reorg_lib.survey import survey as surveying
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository

FILES = {
    "shop/__init__.py": "",
    "shop/infrastructure/__init__.py": "",
    "shop/infrastructure/db.py": "import sqlalchemy\nfrom shop.infrastructure import mail\n",
    "shop/infrastructure/mail.py": "import smtplib\n",
    "README.md": "see shop/infrastructure/db.py\n",
}


@dataclass(frozen=True, slots=True)
class Note:
    text: str


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept.sqlite")


def test_what_was_kept_comes_back_and_nothing_else(cache: Cache) -> None:
    cache.keep({"a": Note("one"), "b": Note("two")})
    assert cache.load(["a", "c"], Note) == {"a": Note("one")}


def test_records_of_two_kinds_share_no_keys(cache: Cache) -> None:
    @dataclass(frozen=True, slots=True)
    class Other:
        text: str

    cache.keep({"a": Note("one")})
    assert cache.load(["a"], Other) == {}


def test_a_survey_out_of_the_cache_is_the_same_survey(
    make_repository: MakeRepository, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = open_repository(make_repository(FILES))
    cold = take_survey(repository, cache=cache)
    monkeypatch.delattr(surveying, "_survey")  # a second reading would fail
    assert take_survey(repository, cache=cache) == cold


def test_a_file_that_was_read_before_is_not_parsed_again(
    make_repository: MakeRepository, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_survey(open_repository(make_repository(FILES)), cache=cache)
    monkeypatch.delattr("reorg_lib.python.parsing.parse")
    more = open_repository(make_repository({**FILES, "README.md": "nothing\n"}))
    assert take_survey(more, cache=cache).references == ()


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"no database"),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: _exchange_a_letter(path),
    ],
    ids=["other bytes", "cut off", "one letter changed"],
)
def test_a_damaged_cache_is_made_anew_with_a_note(
    harm: Callable[[Path], object],
    make_repository: MakeRepository,
    cache: Cache,
    caplog: pytest.LogCaptureFixture,
) -> None:
    repository = open_repository(make_repository(FILES))
    cold = take_survey(repository, cache=cache)
    assert cache.path is not None
    harm(cache.path)
    with caplog.at_level(logging.WARNING):
        assert take_survey(repository, cache=cache) == cold
    assert "was damaged" in caplog.text
    caplog.clear()
    take_survey(repository, cache=cache)
    assert take_survey(repository, cache=cache) == cold
    assert not caplog.text


def _exchange_a_letter(path: Path) -> None:
    content = path.read_bytes()
    assert b"sqlalchemy" in content
    path.write_bytes(content.replace(b"sqlalchemy", b"sqlalchimy"))


def test_a_cache_that_another_process_holds_is_gone_without(
    make_repository: MakeRepository, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reorg_lib.files.cache._PATIENCE", 0)
    assert cache.path is not None
    cache.keep({"a": Note("one")})
    other = sqlite3.connect(cache.path)
    other.execute("BEGIN EXCLUSIVE")
    repository = open_repository(make_repository(FILES))
    assert take_survey(repository, cache=cache) == take_survey(repository, cache=Cache(None))
    other.close()
    assert cache.load(["a"], Note) == {"a": Note("one")}


def test_two_processes_may_fill_it_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from reorg_lib.files.cache import Cache\n"
        "from reorg_lib.model import Scope\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for n in range(40): cache.keep({f'{sys.argv[2]}{n}': Scope('a', 'b', str(n))})\n"
    )
    path = tmp_path / "kept.sqlite"
    run = [sys.executable, "-c", code, str(path)]
    processes = [subprocess.Popen([*run, name]) for name in "xy"]
    assert [process.wait() for process in processes] == [0, 0]
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM kept").fetchone() == (80,)


def test_a_cache_of_another_version_is_left_until_it_is_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REORG_CACHE", str(tmp_path))
    fresh, old = tmp_path / "survey-1.sqlite", tmp_path / "survey-2.sqlite"
    fresh.touch()
    old.touch()
    os.utime(old, (0, 0))
    assert user_cache().path not in (None, fresh, old)
    assert fresh.exists()
    assert not old.exists()


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REORG_CACHE", "off")
    assert user_cache() == Cache(None)
    user_cache().keep({"a": Note("one")})
    assert user_cache().load(["a"], Note) == {}


def test_a_folder_that_cannot_be_made_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("REORG_CACHE", str(tmp_path / "file" / "cache"))
    assert user_cache() == Cache(None)
