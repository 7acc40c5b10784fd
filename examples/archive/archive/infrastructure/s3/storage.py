"""Deposition files in a bucket."""

from __future__ import annotations

import hashlib

from ...domain.deposition.model import DepositionFile
from ...domain.deposition.port.storage import FileStorage
from ...domain.shared.errors import NotFound
from ..storage.layout import StorageLayout
from ..storage.paths import render as render_key
from . import client as s3


class S3FileStorage(FileStorage):
    """One object per upload."""

    def __init__(self, layout: StorageLayout) -> None:
        self._layout = layout
        self._client = s3.make_client()

    def save(self, deposition_id: str, name: str, content: bytes) -> DepositionFile:
        """Put the object."""
        self._client.put_object(Bucket=self._layout.bucket, Key=self._key(deposition_id, name), Body=content)
        return DepositionFile(name, len(content), hashlib.sha256(content).hexdigest())

    def read(self, deposition_id: str, name: str) -> bytes:
        """Get the object."""
        try:
            answer = self._client.get_object(Bucket=self._layout.bucket, Key=self._key(deposition_id, name))
        except Exception as error:
            if s3.is_missing(error):
                raise NotFound("file", f"{deposition_id}/{name}") from error
            raise
        return answer["Body"].read()

    def delete(self, deposition_id: str, name: str) -> None:
        """Delete the object; S3 does not mind when there is none."""
        self._client.delete_object(Bucket=self._layout.bucket, Key=self._key(deposition_id, name))

    def _key(self, deposition_id: str, name: str) -> str:
        return "files/" + render_key(deposition_id, name)
