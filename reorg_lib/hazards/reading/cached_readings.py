"""Results that several kinds share and that are computed once for a context."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from reorg_lib.hazards.reading.context import HazardContext

_T = TypeVar("_T")


def once(read: Callable[[HazardContext], _T]) -> Callable[[HazardContext], _T]:
    """Store the result of a function of the context with the context."""

    @wraps(read)
    def kept(context: HazardContext) -> _T:
        if read not in context.readings:
            context.readings[read] = read(context)
        return cast(_T, context.readings[read])

    return kept
