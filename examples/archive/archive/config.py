"""Settings: what a deployment may choose, read from ``config.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices, with defaults for a laptop."""

    database_url: str = "sqlite://"
    storage: str = "fs"
    storage_root: Path = Path("var/storage")
    bucket: str = "archive"
    runner: str = "oci"
    handlers: tuple[str, ...] = ()
    orcid_client_id: str = ""
    orcid_secret: str = ""


def load(path: Path) -> Settings:
    """Read the settings file; a missing table means the defaults."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    storage = raw.get("storage", {})
    return Settings(
        database_url=raw.get("database", {}).get("url", "sqlite://"),
        storage=storage.get("backend", "fs"),
        storage_root=Path(storage.get("root", "var/storage")),
        bucket=storage.get("bucket", "archive"),
        runner=raw.get("runner", {}).get("backend", "oci"),
        handlers=tuple(raw.get("events", {}).get("handlers", ())),
        orcid_client_id=raw.get("orcid", {}).get("client_id", ""),
        orcid_secret=raw.get("orcid", {}).get("secret", ""),
    )
