"""What both execution backends need: limits, environment, results."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..domain.validation.model import HookResult

__all__ = ["Limits", "container_env", "parse_memory", "parse_result"]

_UNITS = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory and seconds of wall time."""

    memory: int
    seconds: int


def parse_memory(text: str) -> int:
    """Turn ``512Mi`` into bytes; a bare number is bytes already."""
    factor = _UNITS.get(text[-2:])
    return int(text[:-2]) * factor if factor else int(text)


def container_env(**values: str) -> dict[str, str]:
    """Return the environment of a container: upper-case, prefixed, sorted."""
    return {f"ARCHIVE_{key.upper()}": values[key] for key in sorted(values)}


def parse_result(exit_code: int, output: str) -> HookResult:
    """Read the features, one JSON object per line; other lines are the log."""
    rows, log = [], []
    for line in output.splitlines():
        if line.startswith("{"):
            rows.append(json.loads(line))
        else:
            log.append(line)
    return HookResult(exit_code, tuple(rows), "\n".join(log))
