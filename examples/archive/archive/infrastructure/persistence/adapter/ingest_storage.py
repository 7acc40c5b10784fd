"""Ingest batches on a local or network disk, one JSON-lines file each."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from archive.domain.ingest.port.storage import IngestStorage
from archive.domain.shared.errors import NotFound

from ...storage.layout import StorageLayout


class FilesystemIngestStorage(IngestStorage):
    """A folder per run."""

    def __init__(self, layout: StorageLayout) -> None:
        self._layout = layout

    def write_batch(self, run_id: str, number: int, rows: list[dict[str, object]]) -> None:
        """Write one file."""
        path = self._path(run_id, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    def read_batch(self, run_id: str, number: int) -> list[dict[str, object]]:
        """Read one file."""
        path = self._path(run_id, number)
        if not path.is_file():
            raise NotFound("batch", f"{run_id}/{number}")
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def purge(self, run_id: str) -> int:
        """Remove the folder of the run."""
        folder = self._layout.run(run_id)
        count = len(list(folder.glob("*.jsonl")))
        shutil.rmtree(folder, ignore_errors=True)
        return count

    def _path(self, run_id: str, number: int) -> Path:
        return self._layout.run(run_id) / f"{number:06}.jsonl"


@dataclass(frozen=True, slots=True)
class PurgeBatches:
    """A queued job: drop the batches of a finished run."""

    root: str
    run_id: str

    def run(self) -> int:
        """Purge and return how many batches there were."""
        return FilesystemIngestStorage(StorageLayout(Path(self.root))).purge(self.run_id)
