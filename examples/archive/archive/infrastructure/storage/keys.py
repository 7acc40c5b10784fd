"""Sharded relative paths for disks, which dislike very wide folders."""

from __future__ import annotations

import hashlib

SHARD_WIDTH = 2


def render(owner: str, name: str) -> str:
    """Return ``shard/owner/name``."""
    shard = hashlib.sha256(owner.encode()).hexdigest()[:SHARD_WIDTH]
    return f"{shard}/{owner}/{name}"
