"""Slow questions, answered in a second thread so that no key waits for them.

One thread computes the answers and passes them back to the thread of the widgets. Of each kind,
only the newest question is answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from reorg_lib.errors import ReorgError

_Answer = TypeVar("_Answer")
_A_MOMENT = 0.03


class BackgroundTasks:
    """Answers on the event loop that it was made in; without one (no notebook), at once."""

    def __init__(self) -> None:
        self._newest: dict[str, int] = {}
        self._soon: dict[str, asyncio.TimerHandle] = {}
        self._loop: asyncio.AbstractEventLoop | None
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None
        self._pool = ThreadPoolExecutor(1, "foresight")

    def ask(
        self,
        kind: str,
        question: Callable[[], _Answer],
        answered: Callable[[_Answer], None],
        failed: Callable[[str], None],
    ) -> None:
        """Answer `question`, unless a newer one of its `kind` comes before its turn."""
        number = self._newest[kind] = self._newest.get(kind, 0) + 1

        def deliver(answer: Callable[[], None]) -> None:
            if self._newest[kind] == number:
                answer()

        def work() -> None:
            if self._newest[kind] != number:
                return
            try:
                found = question()
            except ReorgError as error:
                words = str(error)
                self._hand_back(deliver, lambda: failed(words))
            else:
                self._hand_back(deliver, lambda: answered(found))

        if self._loop is None:
            work()
        else:
            self._pool.submit(work)

    def soon(self, kind: str, action: Callable[[], None]) -> None:
        """Do it after the waiting messages were handled, unless a newer one of its `kind` comes."""
        if self._loop is None:
            action()
        else:
            self._loop.call_soon_threadsafe(self._put_off, kind, action)

    def _put_off(self, kind: str, action: Callable[[], None]) -> None:
        assert self._loop is not None
        if (waiting := self._soon.pop(kind, None)) is not None:
            waiting.cancel()
        self._soon[kind] = self._loop.call_later(_A_MOMENT, action)

    def _hand_back(
        self, deliver: Callable[[Callable[[], None]], None], answer: Callable[[], None]
    ) -> None:
        if self._loop is None:
            deliver(answer)
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(deliver, answer)
