"""Run Alembic migrations from code, for deployments and tests."""

from __future__ import annotations

import sys
from pathlib import Path

# alembic.ini lies at the root of the repository
PROJECT_ROOT = Path(__file__).parent.parent.parent.parent
ALEMBIC_INI = PROJECT_ROOT / "alembic.ini"


def alembic_config(url: str):  # type: ignore[no-untyped-def]
    """Return the Alembic configuration for a database."""
    from alembic.config import Config

    config = Config(ALEMBIC_INI)
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database up to a revision."""
    from alembic import command

    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision."""
    from alembic import command

    command.downgrade(alembic_config(url), revision)


def main(argv: list[str] | None = None) -> int:
    """Entry point of ``archive-migrate URL [REVISION]``."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments:
        print("usage: archive-migrate URL [REVISION]", file=sys.stderr)
        return 2
    upgrade(*arguments[:2])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
