"""A package that is run by its name, whose `__main__.py` goes elsewhere.

Valid (told):   `python -m shop`, where `shop/__main__.py` moves to `shop/cli/__main__.py`.
Invalid (not):  the package and its `__main__.py` move together; `python -m shop.orders`.

The package is still there, so its name is not renamed, and it cannot be run. The fix names the
package that has the `__main__.py`, or the module that it becomes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard
from reorg_lib.plan.hazard_kinds.places import is_prose, is_remark, line_of

KIND = "run-package"
_MAIN = ".__main__"


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the places that run a package by its name."""
    for name, new in ground.names.items():
        package = name.removesuffix(_MAIN)
        home = ground.names.get(package)
        if package == name or new == f"{home}{_MAIN}":
            continue
        after = (new or "").removesuffix(_MAIN)
        pattern = re.compile(
            rb"(?<![\w-])(?:-m[ \t\"',]+|run_module\(\s*[\"'])(?P<package>"
            + re.escape(package.encode())
            + rb")(?![\w.])|\bpython[\d.]*[ \t]+(?:-(?!m\b)\w+[ \t]+)*(?P<folder>"
            + re.escape(posixpath.dirname(ground.modules[name].path).encode())
            + rb")/?(?![\w/.-])"
        )
        for path, content in ground.texts():
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
