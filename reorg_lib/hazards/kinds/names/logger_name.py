"""A logger of a whole package, whose modules log under another name after the moves.

`getLogger("shop.old")`, or a row of a logging configuration, covers every module below the package
that logs by `__name__`. A module that leaves logs outside of it. Configure a logger for the new
name as well.

Noted:
    logging.ini:
        [logger_old]
        qualname = shop.old
    shop/old/db.py:
        import logging
        log = logging.getLogger(__name__)
    shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    logging.ini:
        [logger_old]
        qualname = shop.old
    shop/old/db.py:
        import logging
        log = logging.getLogger(__name__)
    shop/old/fs.py
    move shop/old to shop/pg
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, listed, note
from reorg_lib.hazards.reading.moved_paths import is_prose, line_of
from reorg_lib.model import Hazard, Module

KIND = "logger-name"


def find(context: HazardContext) -> Iterator[Hazard]:
    """A logger of a whole package, from which modules leave that log by `__name__`."""
    if not context.renames_modules:
        return
    names = re.compile(
        rb"(?<![\w./-])" + re.escape(context.root.encode()) + rb"(?:\.\w+)+(?![\w/])"
    )
    for path, content in context.texts():
        if path.endswith(".py"):
            if b"getLogger(" not in content and b"loggers" not in content:
                continue
        elif is_prose(path) or not re.search(rb"\bloggers?\b|\bqualname\b", content):
            continue
        for match in names.finditer(content):
            package = match.group().decode()
            home = context.new_names.get(package)
            if home is None or not context.modules[package].is_package:
                continue
            before = content[max(0, match.start() - 80) : match.start()]
            if path.endswith(".py") and not re.search(
                rb"(?:getLogger\(\s*|[{,]\s*)[\"']\Z", before
            ):
                continue
            out = [
                name
                for name in context.leaving(package)
                if _logs_by_name(context.modules[name], context)
            ]
            if out:
                yield note(
                    KIND,
                    path,
                    line_of(content, match.start()),
                    f"the logger {package} covers all modules below it; {listed(out)} "
                    f"{'leave' if len(out) > 1 else 'leaves'} it and will log under another name: "
                    "configure a logger for that name as well",
                )


def _logs_by_name(module: Module, context: HazardContext) -> bool:
    return b"getLogger(__name__" in context.contents.get(module.path, b"")
