"""The worker: drains the outbox every few seconds, on APScheduler."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from archive.domain.event.port.outbox import Outbox
from archive.domain.event.service.registry import find

logger = logging.getLogger(__name__)


class RecentFailuresHandler(logging.Handler):
    """Keeps the last failures for the health page; ``logging.ini`` installs it."""

    recent: deque[str] = deque(maxlen=20)

    def emit(self, record: logging.LogRecord) -> None:
        """Remember one message."""
        self.recent.append(record.getMessage())


class Worker:
    """Delivers pending events to their handlers."""

    def __init__(self, outbox: Outbox, handler_names: Iterable[str]) -> None:
        self._outbox = outbox
        self._handlers = [cls() for cls in find(handler_names)]

    def drain(self) -> int:
        """Deliver what is pending and return how many events that were."""
        events = self._outbox.pending()
        for event in events:
            for handler in self._handlers:
                if handler.event_type == event.type:
                    handler.handle(event)
            self._outbox.mark_done(event.id)
        return len(events)


@dataclass(frozen=True, slots=True)
class DrainOutbox:
    """A queued job: drain until nothing is pending, at most so often."""

    rounds: int = 10

    def run(self, worker: Worker) -> int:
        """Return how many events were delivered."""
        total = 0
        for _ in range(self.rounds):
            delivered = worker.drain()
            total += delivered
            if not delivered:
                break
        return total


def schedule(worker: Worker, seconds: int = 5):  # type: ignore[no-untyped-def]
    """Return a scheduler, not yet started, that drains the outbox."""
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler()
    scheduler.add_job(worker.drain, "interval", seconds=seconds, max_instances=1)
    return scheduler


def run() -> None:
    """Entry point of ``archive-worker``."""
    from archive.application.container import build_container, read_settings

    schedule(build_container(read_settings()).get(Worker)).start()
    logger.info("worker started")
