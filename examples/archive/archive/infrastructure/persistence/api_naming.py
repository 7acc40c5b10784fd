"""Names of columns as the API shows them.

>>> from archive.infrastructure.persistence.api_naming import to_api_name
>>> to_api_name("pixel_size")
'pixelSize'
>>> import archive.infrastructure.persistence.api_naming as naming
>>> naming.from_api_name("channelCount")
'channel_count'
"""

from __future__ import annotations

import re


def to_api_name(column: str) -> str:
    """Turn snake_case into camelCase."""
    head, *tail = column.split("_")
    return head + "".join(part.capitalize() for part in tail)


def from_api_name(name: str) -> str:
    """Turn camelCase into snake_case."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
