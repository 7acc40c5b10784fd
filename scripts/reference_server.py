"""The results of the reference project: its tests, its tables, its migrations, its server.

It runs the commands that its developers would type, and reads their output. The caller gives the
names of its modules, before or after the moves.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reorg_lib.errors import ToolError
from reorg_lib.proof.tools.test_outcomes import TestOutcomes, read_test_outcomes
from scripts.postgres import Postgres, free_port

_SCHEMA = """
from sqlalchemy import create_mock_engine
from {tables} import metadata
said = lambda sql, *_, **__: print(str(sql.compile(dialect=engine.dialect)).strip())
engine = create_mock_engine("postgresql+asyncpg://", said)
metadata.create_all(engine, checkfirst=False)
"""
_ROOT = "from {migrate} import PROJECT_ROOT as p; print(p, (p / 'alembic.ini').is_file())"
_MIGRATE = (
    "import os; from {migrate} import run_migrations as r; r(os.environ['OSA_DATABASE__URL'])"
)
_ANSWERS = ("api/v1/health", "api/v1/stats", "openapi.json")
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class ReferenceServer:
    """The project's folder `server/`, and where two of its modules are."""

    folder: Path
    tables: str
    migrate: str

    def tests(self, folders: Sequence[str], report: Path, url: str = "") -> TestOutcomes:
        """Return the outcome of every test in `folders`; `url` is the database they may use."""
        report.parent.mkdir(parents=True, exist_ok=True)
        report.unlink(missing_ok=True)
        pytest = ["-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        self._python([*pytest, *folders], url, check=False)
        return read_test_outcomes(report)

    def project_root(self) -> str:
        """Return the folder that the migrations use as the project's root."""
        root, holds = self._python(["-c", _ROOT.format(migrate=self.migrate)]).split()
        name = Path(root).relative_to(self.folder.parent)
        return f"{name}/ (holds alembic.ini: {holds})"

    def schema(self) -> tuple[str, ...]:
        """Return the statements that create the tables in PostgreSQL, sorted."""
        said = self._python(["-c", _SCHEMA.format(tables=self.tables)])
        return tuple(
            sorted(f"CREATE {one.strip()}" for one in said.split("CREATE ") if one.strip())
        )

    def drift(self, url: str) -> str:
        """Return the output of `alembic check` on a database with all migrations."""
        self._python(["-m", "alembic", "upgrade", "head"], url)
        said = self._python(["-m", "alembic", "check"], url, check=False).strip()
        if not said:
            raise ToolError("alembic check said nothing; run it by hand to see why")
        return said.splitlines()[-1]

    def answers(self, url: str) -> Mapping[str, str]:
        """Migrate the database at `url`, start the server on it, and return its answers.

        Raises:
            ToolError: it does not answer within a minute.
        """
        self._python(["-c", _MIGRATE.format(migrate=self.migrate)], url)
        port = free_port()
        app = ["-m", "uvicorn", "--factory", "osa.application.api.rest.app:create_app"]
        server = subprocess.Popen(
            [".venv/bin/python", *app, "--host", "127.0.0.1", "--port", str(port)],
            cwd=self.folder,
            env=self._environment(url),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return {path: _get(f"http://127.0.0.1:{port}/{path}", server) for path in _ANSWERS}
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(20)
            server.kill()
            server.wait()

    def _environment(self, url: str) -> dict[str, str]:
        database = {"OSA_DATABASE__URL": url} if url else {}
        asked = {
            "TEST": "1",
            "OSA_AUTH__JWT__SECRET": "only-for-a-server-that-lives-a-minute",
            "OSA_BASE_URL": "http://localhost:8000",
        }
        # no bytecode: its folders would keep a package that the script has emptied
        return {**os.environ, **asked, **database, "PYTHONDONTWRITEBYTECODE": "1"}

    def _python(self, arguments: Sequence[str], url: str = "", *, check: bool = True) -> str:
        command = [".venv/bin/python", *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment(url),
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            said = (done.stdout + done.stderr).strip()
            raise ToolError(f"{' '.join(command)} ended with exit {done.returncode}:\n{said}")
        return done.stdout


@dataclass(frozen=True, slots=True)
class Observed:
    """All results of the project before or after the move, by the name of the check."""

    unit: TestOutcomes
    integration: TestOutcomes
    facts: Mapping[str, str]
    schema: tuple[str, ...]


def observe(
    server: ReferenceServer, reports: Path, when: str, postgres: Postgres | None
) -> Observed:
    """Run all checks; those that need PostgreSQL are left out without it."""
    unit = server.tests(["tests/unit", "tests/contract"], reports / f"{when}.xml")
    facts = {"PROJECT_ROOT": server.project_root()}
    integration: TestOutcomes = {}
    if postgres:
        facts["alembic check"] = server.drift(postgres.fresh_database("drift"))
        facts |= server.answers(postgres.fresh_database("boot"))
        url = postgres.fresh_database("osa_test")
        server.drift(url)
        report = reports / f"{when}-integration.xml"
        integration = server.tests(["tests/integration"], report, url)
    return Observed(unit, integration, facts, server.schema())


def _get(address: str, server: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                said: bytes = response.read()
                return said.decode()
        except urllib.error.HTTPError as error:
            return f"{error.code} {error.reason}"
        except OSError:
            time.sleep(0.2)
    raise ToolError(f"the server gave no answer at {address}; start it by hand to see why")
