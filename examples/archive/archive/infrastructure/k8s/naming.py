"""Names of jobs: DNS labels of at most 63 characters."""

from __future__ import annotations

import hashlib
import re


def job_name(*parts: str) -> str:
    """Join the parts to a label; a long one is cut and gets a digest."""
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
    if len(name) <= 63:
        return name
    return f"{name[:54].rstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
