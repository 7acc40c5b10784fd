"""Static tables of all contexts.

The shapes of dynamic tables (one per schema, one per hook) are built elsewhere; they are not part
of this metadata and Alembic does not manage them.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

PAYLOAD = JSON().with_variant(JSONB(), "postgresql")

# auth

users_table = Table(
    "users",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("provider", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    UniqueConstraint("provider", "subject"),
)

sessions_table = Table(
    "sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
)

role_assignments_table = Table(
    "role_assignments",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(40), primary_key=True),
)

# schema

schemas_table = Table(
    "schemas",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("fields", PAYLOAD, nullable=False),
)

# deposition

depositions_table = Table(
    "depositions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("owner", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("schema_id", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("metadata", PAYLOAD, nullable=False),
)

deposition_files_table = Table(
    "deposition_files",
    metadata,
    Column("deposition_id", ForeignKey("depositions.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
)

# record

records_table = Table(
    "records",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("deposition_id", ForeignKey("depositions.id"), nullable=False),
    Column("schema_id", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("metadata", PAYLOAD, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Index("ix_records_schema_id", "schema_id"),
)

# ingest

ingest_runs_table = Table(
    "ingest_runs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("image", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("batches", Integer, nullable=False),
)

# event

outbox_table = Table(
    "outbox",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("type", String(80), nullable=False),
    Column("payload", PAYLOAD, nullable=False),
    Column("done_at", DateTime(timezone=True)),
)
