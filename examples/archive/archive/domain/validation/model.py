"""Hooks: containers that check a deposition and compute features from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.domain.schema.model import Field


@dataclass(frozen=True, slots=True)
class Hook:
    """A container image, what it needs and the features that it writes."""

    name: str
    image: str
    features: tuple[Field, ...] = ()
    memory: str = "512Mi"
    timeout: int = 300


@dataclass(frozen=True, slots=True)
class HookResult:
    """How a hook ended; ``rows`` are its features."""

    exit_code: int
    rows: tuple[dict[str, object], ...] = ()
    log: str = field(default="", compare=False)

    @property
    def passed(self) -> bool:
        """A hook passes with exit code 0."""
        return self.exit_code == 0
