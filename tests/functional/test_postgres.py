"""The database server that the reference project is tested with: started, used, and gone."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from reorg_lib.errors import ToolError
from scripts.postgres import Postgres, find_postgres, running_postgres

PROGRAMS = find_postgres()


def answers(postgres: Postgres) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", postgres.port)) == 0


@pytest.mark.skipif(PROGRAMS is None, reason="PostgreSQL is not installed")
def test_a_server_lives_as_long_as_it_is_used() -> None:
    assert PROGRAMS is not None
    with pytest.raises(KeyboardInterrupt), running_postgres(PROGRAMS) as postgres:
        url = postgres.fresh_database('it\'s "mine"'.replace('"', ""))
        assert url.startswith("postgresql+asyncpg://postgres:")
        count = "SELECT count(*) FROM pg_database WHERE datname LIKE 'it%'"
        psql = [str(PROGRAMS / "psql"), "-X", "-A", "-t", "-h", "127.0.0.1", "-U", "postgres"]
        asked = [*psql, "-p", str(postgres.port), "-c", count]
        told = subprocess.run(asked, capture_output=True, text=True, check=True)
        assert told.stdout == "1\n"
        raise KeyboardInterrupt
    assert not answers(postgres)


def test_programs_that_do_not_start_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "initdb"
    broken.write_text("#!/bin/sh\necho no room >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 1)  # so that whoever runs the tests reaches it
    with (
        pytest.raises(ToolError, match=r"initdb .* ended with exit 3:\nno room"),
        running_postgres(tmp_path),
    ):
        raise AssertionError("it started")
