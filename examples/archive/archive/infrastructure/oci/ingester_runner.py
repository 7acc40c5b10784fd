"""Runs ingesters with the local container engine."""

from __future__ import annotations

from archive.domain.ingest.model import IngestRun
from archive.domain.ingest.port.runner import IngesterRunner

from ..runner_utils import *  # noqa: F403  the module says what is public
from .runner import engine

LIMITS = Limits(parse_memory("2Gi"), 3600)  # noqa: F405


class OciIngesterRunner(IngesterRunner):
    """One container per run, with network."""

    def run(self, run: IngestRun) -> IngestRun:
        """Run to the end and close the run by its exit code."""
        container = engine().containers.run(
            run.image,
            detach=True,
            mem_limit=LIMITS.memory,
            environment=container_env(run=run.id),  # noqa: F405
        )
        try:
            return run.finished(container.wait(timeout=LIMITS.seconds)["StatusCode"])
        finally:
            container.remove(force=True)
