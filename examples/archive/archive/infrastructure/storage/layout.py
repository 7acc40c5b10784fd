"""The layout of a storage root: one place that knows the folder names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StorageLayout:
    """Folders on disk, or prefixes in a bucket, below one root."""

    root: Path
    bucket: str = "archive"

    @property
    def files(self) -> Path:
        """The folder of deposition files."""
        return self.root / "files"

    def run(self, run_id: str) -> Path:
        """The folder of one ingest run."""
        return self.root / "ingest" / run_id
