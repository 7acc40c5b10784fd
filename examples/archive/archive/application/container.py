"""The composition root: the one place that knows every adapter."""

from __future__ import annotations

import os
from pathlib import Path

from dishka import Container, Provider, Scope, from_context, make_container, provide

from archive.config import Settings, load
from archive.domain.auth.port.users import RoleRepository
from archive.domain.deposition.port.repository import DepositionRepository
from archive.domain.deposition.port.storage import FileStorage
from archive.domain.deposition.service.submission import SubmissionService
from archive.domain.event.port.outbox import Outbox
from archive.domain.record.port.repository import RecordRepository
from archive.domain.validation.port.features import FeatureStore
from archive.domain.validation.port.runner import HookRunner
from archive.domain.validation.service.check import CheckService
from archive.infrastructure.auth import IdentityProviders
from archive.infrastructure.event import di as event_di
from archive.infrastructure.http.di import HttpProvider
from archive.infrastructure.ingest.di import IngestProvider
from archive.infrastructure.persistence import (  # noqa: I001  in the order of start-up
    database as db,  # the engine comes first
    di as persistence_di,
    # these two register the handlers of the events that create and fill tables
    feature_store,  # noqa: F401
    metadata_store,  # noqa: F401
)
from archive.infrastructure.storage.layout import StorageLayout

from .backends import load_runner_provider, load_storage


class ApplicationProvider(Provider):
    """Services, and the adapters that the settings choose."""

    scope = Scope.APP
    settings = from_context(Settings, scope=Scope.APP)

    @provide
    def storage(self, settings: Settings, layout: StorageLayout) -> FileStorage:
        """The storage backend by its name."""
        return load_storage(settings.storage)(layout)

    @provide
    def submission(
        self,
        depositions: DepositionRepository,
        records: RecordRepository,
        storage: FileStorage,
        roles: RoleRepository,
        outbox: Outbox,
    ) -> SubmissionService:
        """The submission use cases."""
        return SubmissionService(depositions, records, storage, roles, outbox)

    @provide
    def check(self, runner: HookRunner, features: FeatureStore) -> CheckService:
        """The hooks."""
        return CheckService(runner, features)


def read_settings() -> Settings:
    """Read the file that ARCHIVE_CONFIG names, ``config.toml`` by default."""
    return load(Path(os.environ.get("ARCHIVE_CONFIG", "config.toml")))


def build_container(settings: Settings) -> Container:
    """Wire everything."""
    return make_container(
        ApplicationProvider(),
        persistence_di.PersistenceProvider(),
        IdentityProviders(),
        IngestProvider(),
        HttpProvider(),
        event_di.WorkerProvider(),
        load_runner_provider(settings.runner)(),
        context={Settings: settings},
    )


def database_of(container: Container) -> db.Database:
    """Return the database of a container."""
    return container.get(db.Database)
