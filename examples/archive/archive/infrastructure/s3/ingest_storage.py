"""Ingest batches in a bucket, one object each."""

from __future__ import annotations

import json

from archive.domain.ingest.port.storage import IngestStorage
from archive.domain.shared.errors import NotFound
from archive.infrastructure.s3.client import is_missing, make_client
from archive.infrastructure.storage.layout import StorageLayout


class S3IngestStorage(IngestStorage):
    """Objects below ``ingest/<run>/``."""

    def __init__(self, layout: StorageLayout) -> None:
        self._bucket = layout.bucket
        self._client = make_client()

    def write_batch(self, run_id: str, number: int, rows: list[dict[str, object]]) -> None:
        """Put one object."""
        body = "".join(json.dumps(row) + "\n" for row in rows).encode()
        self._client.put_object(Bucket=self._bucket, Key=_key(run_id, number), Body=body)

    def read_batch(self, run_id: str, number: int) -> list[dict[str, object]]:
        """Get one object."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=_key(run_id, number))
        except Exception as error:
            if is_missing(error):
                raise NotFound("batch", f"{run_id}/{number}") from error
            raise
        return [json.loads(line) for line in answer["Body"].read().decode().splitlines()]

    def purge(self, run_id: str) -> int:
        """Delete every object of the run."""
        listing = self._client.list_objects_v2(Bucket=self._bucket, Prefix=f"ingest/{run_id}/")
        keys = [item["Key"] for item in listing.get("Contents", ())]
        for key in keys:
            self._client.delete_object(Bucket=self._bucket, Key=key)
        return len(keys)


def _key(run_id: str, number: int) -> str:
    return f"ingest/{run_id}/{number:06}.jsonl"
