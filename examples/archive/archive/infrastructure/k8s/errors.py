"""What the cluster answers, in words of the domain."""

from __future__ import annotations

from archive.domain.shared.errors import BackendFailed

__all__ = ["JobRefused", "translate"]


class JobRefused(BackendFailed):
    """The API server did not take the job."""


def translate(error: Exception) -> BackendFailed:
    """Turn an error of the Kubernetes client into one of ours."""
    status = getattr(error, "status", None)
    if status in {403, 409, 422}:
        return JobRefused(f"the cluster refused the job ({status})")
    return BackendFailed(f"the cluster failed: {error}")
