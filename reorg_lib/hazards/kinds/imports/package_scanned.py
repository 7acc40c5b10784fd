"""A framework that is told to scan a package for modules.

`config.scan("shop.views")` and `container.wire(packages=["shop.views"])` import every module of the
package. A module that left it is not imported any more, so what it registers is missing. Name its
new place as well.

Breaks:
    shop/app.py:
        def start(config):
            config.scan("shop.views")
    shop/views/order.py, shop/views/user.py
    move shop/views/user.py to shop/core/user.py

Safe:
    shop/app.py:
        def start(config):
            config.scan("shop.views")
    shop/views/order.py, shop/views/user.py
    move shop/views to shop/web
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.hazards.reading.pattern_changes import members_change
from reorg_lib.model import Hazard

KIND = "package-scanned"
_SCANNING = re.compile(
    r"(?:^|[._])(?:scan|wire|autodiscover\w*|discover\w*|walk_packages|find_modules|load_plugins"
    r"|import_submodules|register_modules|component_scan)$",
    re.I,
)
_KEYWORDS = ("packages", "from_package")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the scans of a package which a module leaves or enters."""
    words = (b"scan", b"wire", b"disc", b"_packages", b"packages=", b"find_modules", b"_plugins")
    for code in context.python_files(*words, b"modules"):
        for call in code.calls if context.root.encode() in code.content else ():
            yield from _scanned(code, call, context)


# config.scan("shop.views")          container.wire(packages=["shop.views"])
def _scanned(code: Code, call: Call, context: HazardContext) -> Iterator[Hazard]:
    given = [call.keywords[word] for word in _KEYWORDS if word in call.keywords]
    if _SCANNING.search(call.name):
        given += call.arguments
    for string in (string for node in given for string in code.strings(node)):
        package = code.literal(string) or ""
        yield from members_change(KIND, code, call, string, package, context)
