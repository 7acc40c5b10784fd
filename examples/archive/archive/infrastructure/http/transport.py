"""The retry policy: which answers are worth another try."""

from __future__ import annotations

from collections.abc import Callable

TRANSIENT = frozenset({429, 502, 503, 504})


def build(attempts: int = 3) -> Callable[[int, int], bool]:
    """Return a function of status and number of tries so far: shall we try again?"""

    def again(status: int, tries: int) -> bool:
        return status in TRANSIENT and tries < attempts

    return again
