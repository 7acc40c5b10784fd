"""Wiring of ingest: the layout of the storage and the storage of batches."""

from __future__ import annotations

from dishka import Provider, Scope, provide

from archive.config import Settings
from archive.domain.ingest.port.storage import IngestStorage
from archive.infrastructure.persistence.adapter.ingest_storage import FilesystemIngestStorage
from archive.infrastructure.storage.layout import StorageLayout

from ..s3.ingest_storage import S3IngestStorage


class IngestProvider(Provider):
    """Both backends of the port; the settings choose."""

    scope = Scope.APP

    @provide
    def layout(self, settings: Settings) -> StorageLayout:
        """The layout that file storage uses as well."""
        return StorageLayout(settings.storage_root, settings.bucket)

    @provide
    def batches(self, settings: Settings, layout: StorageLayout) -> IngestStorage:
        """The storage of batches."""
        if settings.storage == "s3":
            return S3IngestStorage(layout)
        return FilesystemIngestStorage(layout)
