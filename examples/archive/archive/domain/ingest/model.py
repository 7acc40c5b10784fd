"""A run of an ingester: a container that pulls records from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class RunStatus(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class IngestRun:
    """One run and how far it came."""

    id: str
    image: str
    status: RunStatus = RunStatus.RUNNING
    batches: int = 0

    def with_batch(self) -> IngestRun:
        """Count one more batch."""
        return replace(self, batches=self.batches + 1)

    def finished(self, exit_code: int) -> IngestRun:
        """Close the run by the exit code of its container."""
        return replace(self, status=RunStatus.FAILED if exit_code else RunStatus.DONE)
