"""Execution with a local container engine."""

from archive.infrastructure.oci.ingester_runner import OciIngesterRunner
from archive.infrastructure.oci.runner import OciHookRunner

__all__ = ["OciHookRunner", "OciIngesterRunner"]
