"""Headers that every request carries."""

from __future__ import annotations

from archive import __version__

USER_AGENT = f"archive/{__version__}"


def default_headers() -> dict[str, str]:
    """Return a fresh mapping."""
    return {"User-Agent": USER_AGENT, "Accept": "application/json"}
