"""Run the hooks of a record and keep what they computed."""

from __future__ import annotations

from dataclasses import dataclass

from archive.domain.validation.model import Hook, HookResult
from archive.domain.validation.port.features import FeatureStore
from archive.domain.validation.port.runner import HookRunner


@dataclass(frozen=True, slots=True)
class CheckService:
    """Hooks on one side, feature tables on the other."""

    runner: HookRunner
    features: FeatureStore

    def check(self, hook: Hook, deposition_id: str, record_id: str) -> HookResult:
        """Run one hook; features of a failed hook are not kept."""
        result = self.runner.run(hook, deposition_id)
        if result.passed and hook.features:
            self.features.ensure_table(hook)
            self.features.insert(hook, record_id, result.rows)
        return result
