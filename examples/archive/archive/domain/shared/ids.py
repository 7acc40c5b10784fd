"""Identifiers: a readable prefix and twelve random hexadecimal digits."""

from __future__ import annotations

import re
from uuid import uuid4

_PATTERN = re.compile(r"[a-z]+-[0-9a-f]{12}")


def new_id(prefix: str) -> str:
    """Return a fresh identifier such as ``rec-3f0c2a9b71de``."""
    return f"{prefix}-{uuid4().hex[:12]}"


def is_id(text: str) -> bool:
    """Tell whether the text has the shape of an identifier."""
    return _PATTERN.fullmatch(text) is not None
