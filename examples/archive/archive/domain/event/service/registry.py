"""Event handlers by dotted name.

A deployment lists the handlers that it wants in ``config.toml``; the name of a handler is the
module that defines it and its class name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Protocol, TypeVar

from archive.domain.event.model import Event
from archive.domain.shared.errors import NotFound


class Handler(Protocol):
    """Reacts to events of one type."""

    event_type: ClassVar[str]

    def handle(self, event: Event) -> None:
        """React to one event."""
        ...


H = TypeVar("H", bound=type)
_HANDLERS: dict[str, type] = {}


def register(cls: H) -> H:
    """Class decorator: make a handler known by its dotted name."""
    _HANDLERS[f"{cls.__module__}.{cls.__qualname__}"] = cls
    return cls


def find(names: Iterable[str]) -> tuple[type, ...]:
    """Return the handler classes of these names. Raises: NotFound."""
    found = []
    for name in names:
        if name not in _HANDLERS:
            raise NotFound("event handler", name)
        found.append(_HANDLERS[name])
    return tuple(found)
