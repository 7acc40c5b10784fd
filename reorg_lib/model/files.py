"""A tracked file of a commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TrackedFile:
    """One entry of a commit's tree. `mode` is git's (100644, 100755, 120000, 160000)."""

    path: str
    mode: str
    blob: str

    @property
    def is_regular(self) -> bool:
        """False for symlinks and submodules, which are never read or rewritten."""
        return self.mode.startswith("100")
