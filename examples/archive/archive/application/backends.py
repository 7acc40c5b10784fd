"""Back ends are loaded by name, so that only the chosen one is imported."""

from __future__ import annotations

from importlib import import_module

STORAGES = {
    "fs": ("archive.infrastructure.persistence.adapter.storage", "FilesystemFileStorage"),
    "s3": ("archive.infrastructure.s3.storage", "S3FileStorage"),
}

RUNNER_PACKAGES = {
    "oci": "archive.infrastructure.oci",
    "k8s": "archive.infrastructure.k8s",
}


def load_storage(name: str) -> type:
    """Return the class of a file storage."""
    module, attribute = STORAGES[name]
    return getattr(import_module(module), attribute)


def load_runner_provider(name: str) -> type:
    """Return the provider class of an execution backend."""
    return import_module(".di", package=RUNNER_PACKAGES[name]).RunnerProvider


def load_health_check(name: str):  # type: ignore[no-untyped-def]
    """Return the health check of an execution backend, None when it has none."""
    if name != "k8s":
        return None
    return import_module(".health", package="archive.infrastructure.k8s").check
