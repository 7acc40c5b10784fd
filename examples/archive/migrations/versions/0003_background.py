"""Ingest runs and the outbox."""

import sqlalchemy as sa
from alembic import op

from archive.infrastructure.persistence.tables import PAYLOAD

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "ingest_runs",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("image", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("batches", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ingest_runs"),
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("type", sa.String(80), nullable=False),
        sa.Column("payload", PAYLOAD, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("position", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
    )


def downgrade() -> None:
    for name in ("outbox", "ingest_runs"):
        op.drop_table(name)
