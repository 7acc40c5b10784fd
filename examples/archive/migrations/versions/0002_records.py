"""Schemas, depositions and records."""

import sqlalchemy as sa
from alembic import op

from archive.infrastructure.persistence.tables import PAYLOAD

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "schemas",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("fields", PAYLOAD, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schemas"),
    )
    op.create_table(
        "depositions",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("schema_id", sa.String(40), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("metadata", PAYLOAD, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_depositions"),
    )
    op.create_table(
        "deposition_files",
        sa.Column("deposition_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("deposition_id", "name", name="pk_deposition_files"),
        sa.ForeignKeyConstraint(
            ["deposition_id"],
            ["depositions.id"],
            name="fk_deposition_files_deposition_id_depositions",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("deposition_id", sa.String(40), nullable=False),
        sa.Column("schema_id", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("metadata", PAYLOAD, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_records"),
        sa.ForeignKeyConstraint(
            ["deposition_id"], ["depositions.id"], name="fk_records_deposition_id_depositions"
        ),
    )
    op.create_index("ix_records_schema_id", "records", ["schema_id"])


def downgrade() -> None:
    for name in ("records", "deposition_files", "depositions", "schemas"):
        op.drop_table(name)
