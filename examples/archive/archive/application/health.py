"""The health page."""

from __future__ import annotations

import archive.infrastructure.event.worker as background
import archive.infrastructure.k8s.health as k8s_health
from archive.infrastructure.persistence import database as db


def report(runner: str) -> dict[str, str]:
    """Return one line per external system."""
    lines = {"database": _database(), "failures": str(len(background.RecentFailuresHandler.recent))}
    if runner == "k8s":
        lines["kubernetes"] = k8s_health.check()
    return lines


def _database() -> str:
    try:
        with db.current().begin() as connection:
            connection.exec_driver_sql("select 1")
    except RuntimeError as error:
        return str(error)
    return "ok"
