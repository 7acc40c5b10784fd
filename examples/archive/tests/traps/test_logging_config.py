"""``logging.ini`` names classes and loggers by dotted path."""

from __future__ import annotations

import logging
import logging.config
from pathlib import Path

import pytest

from archive.infrastructure.event import worker
from archive.infrastructure.logging import ShortNameFormatter, shorten
from archive.infrastructure.persistence import database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def configured():
    root = logging.getLogger()
    before = root.handlers[:], root.level, worker.logger.handlers[:], worker.logger.level
    logging.config.fileConfig(ROOT / "logging.ini", disable_existing_loggers=False)
    yield
    root.handlers[:], root.level, worker.logger.handlers[:], worker.logger.level = before
    worker.RecentFailuresHandler.recent.clear()


def test_a_failure_of_the_worker_is_kept(configured):
    worker.logger.error("outbox is stuck")
    assert list(worker.RecentFailuresHandler.recent) == ["outbox is stuck"]


def test_the_console_uses_short_names(configured):
    formatter = next(h.formatter for h in logging.getLogger().handlers if h.formatter)
    assert isinstance(formatter, ShortNameFormatter)


def test_logger_names_follow_the_module():
    assert database.logger.name == database.__name__
    record = logging.makeLogRecord({"name": database.logger.name, "msg": "m"})
    assert ShortNameFormatter("%(short)s").format(record) == shorten(database.__name__)
    assert shorten(database.__name__) == database.__name__.replace("archive.infrastructure.", "infra.")
    assert shorten("archive.domain.x") == "archive.domain.x"
