"""Wiring of the database: engine, repositories, stores, readers."""

from __future__ import annotations

from dishka import Provider, Scope, provide

from archive.config import Settings
from archive.domain.auth.port.users import RoleRepository, UserRepository
from archive.domain.deposition.port.repository import DepositionRepository
from archive.domain.event.port.outbox import Outbox
from archive.domain.ingest.port.runner import IngestRunRepository
from archive.domain.record.port.read_store import CatalogReadStore, TableReadStore
from archive.domain.record.port.repository import RecordRepository
from archive.domain.schema.port.repository import MetadataStore, SchemaRepository
from archive.domain.validation.port.features import FeatureReader, FeatureStore

from ..auth.role_repository import SqlRoleRepository
from ..data.postgres_catalog_read_store import SqlCatalogReadStore
from ..data.postgres_table_read_store import SqlTableReadStore
from . import database
from .adapter.feature_reader import SqlFeatureReader
from .database import Database
from .feature_store import SqlFeatureStore
from .metadata_store import SqlMetadataStore
from .repository.auth import SqlUserRepository
from .repository.deposition import SqlDepositionRepository
from .repository.event import SqlOutbox
from .repository.ingest import SqlIngestRunRepository
from .repository.record import SqlRecordRepository
from .repository.schema import SqlSchemaRepository


class PersistenceProvider(Provider):
    """Everything that lives in the database."""

    scope = Scope.APP

    @provide
    def engine(self, settings: Settings) -> Database:
        """The database of this process."""
        return database.configure(settings.database_url)

    users = provide(SqlUserRepository, provides=UserRepository)
    roles = provide(SqlRoleRepository, provides=RoleRepository)
    depositions = provide(SqlDepositionRepository, provides=DepositionRepository)
    records = provide(SqlRecordRepository, provides=RecordRepository)
    runs = provide(SqlIngestRunRepository, provides=IngestRunRepository)
    schemas = provide(SqlSchemaRepository, provides=SchemaRepository)
    outbox = provide(SqlOutbox, provides=Outbox)
    metadata = provide(SqlMetadataStore, provides=MetadataStore)
    features = provide(SqlFeatureStore, provides=FeatureStore)
    feature_reader = provide(SqlFeatureReader, provides=FeatureReader)
    catalog = provide(SqlCatalogReadStore, provides=CatalogReadStore)
    rows = provide(SqlTableReadStore, provides=TableReadStore)
