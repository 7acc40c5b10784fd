"""Alembic environment: runs revisions on the database of the configuration."""

from alembic import context
from sqlalchemy import create_engine

from archive.infrastructure.persistence.tables import metadata

target_metadata = metadata


def include_name(name, type_, parent_names):
    """Tables made at run time are not ours to manage."""
    return type_ != "table" or not name.startswith(("features_", "metadata_"))


def run() -> None:
    """Run the revisions in one transaction."""
    engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            include_name=include_name,
            render_as_batch=connection.dialect.name == "sqlite",
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
