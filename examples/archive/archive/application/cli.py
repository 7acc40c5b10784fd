"""The command line: ``archive migrate``, ``archive seed``, ``archive health``."""

from __future__ import annotations

import argparse

import archive.domain.shared.errors
import archive.infrastructure.persistence.database
import archive.infrastructure.persistence.migrate


def open_database(url: str) -> "archive.infrastructure.persistence.database.Database":
    """Make the database of this process."""
    return archive.infrastructure.persistence.database.configure(url)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    parser = argparse.ArgumentParser(prog="archive")
    parser.add_argument("command", choices=["migrate", "seed", "health"])
    parser.add_argument("--url", required=True)
    options = parser.parse_args(argv)
    try:
        return _run(options.command, options.url)
    except archive.domain.shared.errors.ArchiveError as error:
        print(error)
        return 1


def _run(command: str, url: str) -> int:
    if command == "migrate":
        archive.infrastructure.persistence.migrate.upgrade(url)
    elif command == "seed":
        from archive.infrastructure.persistence.seed import seed

        print(seed(open_database(url)), "schemas added")
    else:
        from archive.application import health

        open_database(url)
        print(health.report("oci"))
    return 0
