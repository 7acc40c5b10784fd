"""Log format: short logger names, one line per record."""

from __future__ import annotations

import logging

_PREFIX = "archive.infrastructure."


def shorten(name: str) -> str:
    """Shorten a logger name: the package prefix becomes ``infra.``."""
    return f"infra.{name.removeprefix(_PREFIX)}" if name.startswith(_PREFIX) else name


class ShortNameFormatter(logging.Formatter):
    """A formatter that knows the ``%(short)s`` field."""

    def format(self, record: logging.LogRecord) -> str:
        """Add the short name, then format as usual."""
        record.short = shorten(record.name)
        return super().format(record)
