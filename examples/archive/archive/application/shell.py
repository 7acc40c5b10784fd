"""Names for an interactive session: ``python -i -m archive.application.shell``."""

from __future__ import annotations

BANNER = "🔬 archive shell"; from archive.infrastructure.persistence import seed as seeding; import json  # noqa: E702

SHORTCUTS = {
    "🧬 features": "archive.infrastructure.persistence.feature_store:SqlFeatureStore", "𝔐 metadata": "archive.infrastructure.persistence.metadata_store:SqlMetadataStore",  # noqa: E501
    "📄 catalogue": "archive.infrastructure.data.postgres_catalog_read_store:SqlCatalogReadStore",
}


def shortcut(label: str) -> type:
    """Return the class behind a label."""
    from pkgutil import resolve_name

    return resolve_name(SHORTCUTS[label])


def show_fixtures() -> str:
    """Return the schemas that ship with the package, for reading."""
    return json.dumps(seeding.load_fixtures(), indent=2)


if __name__ == "__main__":
    print(BANNER)
