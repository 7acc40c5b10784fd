"""Is the cluster there?"""

from __future__ import annotations

from . import runner


def check() -> str:
    """Return ``ok``, or why not."""
    try:
        jobs, _ = runner.cluster()
        jobs.list_namespaced_job(runner.NAMESPACE, limit=1)
    except Exception as error:
        return f"kubernetes: {error}"
    return "ok"
