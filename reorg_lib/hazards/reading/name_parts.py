"""The value of a part of a module's name, and whether the moves change it.

These expressions can be computed for a name: `.split(".")[0]`, `.rpartition(".")[2]` and the like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_TAKEN = re.compile(
    r"\.(?P<method>r?split|r?partition)\(\s*(?P<quote>[\"'])\.(?P=quote)"
    r"(?:\s*,\s*(?:maxsplit\s*=\s*)?(?P<most>\d+))?\s*\)\s*\[\s*(?P<at>-?\d+)\s*\]"
)
_COMPARED = re.compile(r"\s*[=!]=\s*(?P<quote>[\"'])(?P<said>[\w.]*)(?P=quote)")


def reads_the_same(text: str, renamed: Mapping[str, str | None]) -> bool:
    """Return whether an expression certainly gives the same for each name before and after.

    `text` begins with the method that splits the name, and may continue after it. `renamed` is old
    → new of the modules whose name it can be. An unknown expression may give a different value.

    >>> reads_the_same('.split(".")[0] == "shop"', {"shop.a.db": "shop.b.db"})
    True
    """
    taken = _TAKEN.match(text)
    if taken is None:
        return False
    piece = _piece(taken["method"], taken["most"], int(taken["at"]))
    pairs = [(piece(old), piece(new)) for old, new in renamed.items() if new is not None]
    if len(pairs) < len(renamed):
        return False
    if (compared := _COMPARED.match(text, taken.end())) is not None:
        said = compared["said"]
        return all((old == said) == (new == said) for old, new in pairs)
    return all(old == new for old, new in pairs)


def _piece(method: str, most: str | None, at: int) -> Callable[[str], str | None]:
    def piece(name: str) -> str | None:
        if method.endswith("partition"):
            parts = list(getattr(name, method)("."))
        else:
            parts = getattr(name, method)(".", int(most) if most else -1)
        return parts[at] if -len(parts) <= at < len(parts) else None

    return piece
