"""Queued jobs are pickled; only the classes listed here are read back."""

from __future__ import annotations

import io
import pickle

JOB_CLASSES = {
    "drain-outbox": "archive.infrastructure.event.worker:DrainOutbox",
    "purge-batches": "archive.infrastructure.persistence.adapter.ingest_storage:PurgeBatches",
}


def dump(job: object) -> bytes:
    """Pickle a job. Raises: ValueError for a class that is not listed."""
    kind = f"{type(job).__module__}:{type(job).__qualname__}"
    if kind not in JOB_CLASSES.values():
        raise ValueError(f"{kind} is not a job")
    return pickle.dumps(job)


def restore(payload: bytes) -> object:
    """Read a job back. Raises: pickle.UnpicklingError for anything else."""
    return _JobUnpickler(io.BytesIO(payload)).load()


class _JobUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        path = module.split(".")
        if f"{module}:{name}" in JOB_CLASSES.values() or path[:2] == ["archive", "domain"]:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}:{name} is not a job")
