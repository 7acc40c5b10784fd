"""Wiring of the worker."""

from __future__ import annotations

from dishka import Provider, Scope, provide

from archive.config import Settings
from archive.domain.event.port.outbox import Outbox
from archive.infrastructure.event.worker import Worker


class WorkerProvider(Provider):
    """The worker and the handlers that the deployment lists."""

    scope = Scope.APP

    @provide
    def worker(self, settings: Settings, outbox: Outbox) -> Worker:
        """Give every handler to one worker."""
        return Worker(outbox, settings.handlers)
