"""Deposition files on a local or network disk."""

from __future__ import annotations

import hashlib
from pathlib import Path

from archive.domain.deposition.model import DepositionFile
from archive.domain.deposition.port.storage import FileStorage
from archive.domain.shared.errors import NotFound
from archive.infrastructure.storage.keys import render
from archive.infrastructure.storage.layout import StorageLayout


class FilesystemFileStorage(FileStorage):
    """One file per upload, in sharded folders."""

    def __init__(self, layout: StorageLayout) -> None:
        self._layout = layout

    def save(self, deposition_id: str, name: str, content: bytes) -> DepositionFile:
        """Write beside the target, then rename, so that no half file is seen."""
        path = self._path(deposition_id, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".part")
        partial.write_bytes(content)
        partial.replace(path)
        return DepositionFile(name, len(content), hashlib.sha256(content).hexdigest())

    def read(self, deposition_id: str, name: str) -> bytes:
        """Return the bytes."""
        try:
            return self._path(deposition_id, name).read_bytes()
        except FileNotFoundError:
            raise NotFound("file", f"{deposition_id}/{name}") from None

    def delete(self, deposition_id: str, name: str) -> None:
        """Remove the file if it is there."""
        self._path(deposition_id, name).unlink(missing_ok=True)

    def _path(self, deposition_id: str, name: str) -> Path:
        return self._layout.files / render(deposition_id, name)
