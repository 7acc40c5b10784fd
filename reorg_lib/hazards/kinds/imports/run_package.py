"""A package that is run by its name and whose `__main__.py` moves away.

`python -m shop` runs `shop/__main__.py`. The package itself stays, so its name is not renamed, and
it can no longer be run. The fix names the package that has the `__main__.py` now.

Breaks:
    run.sh:
        python -m shop
    shop/__main__.py
    move shop/__main__.py to shop/cli/__main__.py
    fix: shop.cli

Safe:
    run.sh:
        python -m shop.cli
    shop/cli/__main__.py
    move shop/cli to shop/console
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.moved_paths import is_prose, is_remark, line_of
from reorg_lib.model import Hazard

KIND = "run-package"
_MAIN = ".__main__"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the places that run a package by its name."""
    for name, new in context.new_names.items():
        package = name.removesuffix(_MAIN)
        home = context.new_names.get(package)
        if package == name or new == f"{home}{_MAIN}":
            continue
        after = (new or "").removesuffix(_MAIN)
        pattern = re.compile(
            rb"(?<![\w-])(?:-m[ \t\"',]+|run_module\(\s*[\"'])(?P<package>"
            + re.escape(package.encode())
            + rb")(?![\w.])|\bpython[\d.]*[ \t]+(?:-(?!m\b)\w+[ \t]+)*(?P<folder>"
            + re.escape(posixpath.dirname(context.modules[name].path).encode())
            + rb")/?(?![\w/.-])"
        )
        for path, content in context.texts():
            for match in pattern.finditer(content):
                remark = is_remark(content, match.start()) and not path.endswith(".py")
                if is_prose(path) or remark:
                    continue
                yield hazard(
                    KIND,
                    path,
                    line_of(content, match.start()),
                    f"runs the package {package}, whose `__main__.py` becomes {new or 'nothing'}: "
                    + (f"run {after}" if after else "name another module"),
                    span=match.span("package") if match["package"] else (0, 0),
                    fix=after if home == package and after and match["package"] else None,
                )
