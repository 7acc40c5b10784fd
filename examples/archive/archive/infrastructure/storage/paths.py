"""Flat, quoted keys for object stores, which need no shards."""

from __future__ import annotations

from urllib.parse import quote


def render(owner: str, name: str) -> str:
    """Return ``owner/name`` with everything unusual percent-encoded."""
    return f"{owner}/{quote(name, safe='')}"
