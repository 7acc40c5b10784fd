"""A PostgreSQL server for the time of a test.

It finds the programs, starts them in a folder of their own on a free port, and always stops them.
PostgreSQL refuses to run as root; then it is started as the user `postgres`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reorg_lib.errors import ToolError

_USER = "postgres"
_DEBIAN = Path("/usr/lib/postgresql")


def find_postgres() -> Path | None:
    """Return the folder that contains `initdb`: from PATH, or Debian's newest; None without one."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = [folder for folder in _DEBIAN.glob("*/bin") if (folder / "initdb").is_file()]
    return max(versions, key=lambda folder: float(folder.parent.name), default=None)


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server; `programs` is the folder of `psql` and the others."""

    programs: Path
    port: int

    def fresh_database(self, name: str) -> str:
        """Create the database `name` again and return its address, for SQLAlchemy with asyncpg."""
        for command in (
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}"',
        ):
            _run([str(self.programs / "psql"), "-q", "-X", "-h", "127.0.0.1", "-p", str(self.port),
                  "-U", _USER, "-d", "postgres", "-c", command], Path("/"))  # fmt: skip
        return f"postgresql+asyncpg://{_USER}:unasked@127.0.0.1:{self.port}/{name}"


@contextmanager
def running_postgres(programs: Path) -> Iterator[Postgres]:
    """Run an empty server, and stop it and remove its folder at the end.

    Raises:
        ToolError: it does not start; the text is the server's output.
    """
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data, log, port = folder / "data", folder / "log", free_port()
        _run([str(programs / "initdb"), "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8",
              "--no-sync"], folder, account)  # fmt: skip
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
        try:
            _run([*control, "-l", str(log), "-o", options, "start"], folder, account)
            yield Postgres(programs, port)
        finally:
            if (data / "postmaster.pid").exists():
                _run([*control, "-m", "immediate", "stop"], folder, account)
    finally:
        shutil.rmtree(folder)


def free_port() -> int:
    """Return a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _account() -> pwd.struct_passwd | None:
    """Return the user for the server; None for the current user."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam(_USER)
    except KeyError as error:
        raise ToolError(
            f"PostgreSQL does not run as root, and there is no user {_USER}; run this as another"
            " user, or make that one"
        ) from error


def _run(command: Sequence[str], folder: Path, account: pwd.struct_passwd | None = None) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        # a running server would keep a pipe open; its output goes to its log
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if "start" in command else subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        log = folder / "log"
        said = (done.stderr or "") or (log.read_text() if log.is_file() else "")
        raise ToolError(f"{' '.join(command)} ended with exit {done.returncode}:\n{said.strip()}")
