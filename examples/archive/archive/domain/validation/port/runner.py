"""Execution of hooks."""

from __future__ import annotations

from abc import ABC, abstractmethod

from archive.domain.validation.model import Hook, HookResult


class HookRunner(ABC):
    """Runs a hook on a deposition; several backends exist."""

    @abstractmethod
    def run(self, hook: Hook, deposition_id: str) -> HookResult:
        """Run to the end. Raises: BackendFailed when it could not start."""
