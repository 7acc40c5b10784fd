"""Domain events, delivered through an outbox."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, by a type such as ``record.published``."""

    id: str
    type: str
    payload: dict[str, object] = field(default_factory=dict)
