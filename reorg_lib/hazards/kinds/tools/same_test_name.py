"""Two test files with one base name, in folders that are no packages.

pytest imports such files by their base name, and refuses the second one. Rename one of them, or
give the folders an `__init__.py`.

Breaks:
    tests/sales/test_db.py, tests/stock/test_fs.py
    move tests/stock/test_fs.py to tests/stock/test_db.py

Safe:
    tests/sales/__init__.py, tests/sales/test_db.py
    tests/stock/__init__.py, tests/stock/test_fs.py
    move tests/stock/test_fs.py to tests/stock/test_db.py
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.model import Hazard

KIND = "same-test-name"
_SETTINGS = ("pyproject.toml", "pytest.toml", "pytest.ini", "setup.cfg", "tox.ini")
"""Where pytest reads its settings from."""


def find(context: HazardContext) -> Iterator[Hazard]:
    """pytest imports a test file without a package by its base name, which must be the only one."""
    if any(
        b"import-mode=importlib" in content
        for path, content in context.texts()
        if posixpath.basename(path) in _SETTINGS
    ):
        return
    met: dict[str, list[str]] = defaultdict(list)
    for path in context.files_after:
        name = posixpath.basename(path)
        is_test = name.startswith("test_") or name.endswith("_test.py")
        if is_test and f"{posixpath.dirname(path)}/__init__.py" not in context.files_after:
            met[name].append(path)
    for move in context.plan.approved().moves:
        others = sorted(set(met[posixpath.basename(move.target)]) - {move.target})
        if others and move.target in met[posixpath.basename(move.target)]:
            yield hazard(
                KIND,
                move.source,
                1,
                f"{move.target} and {listed(others)} have one base name and no package: pytest "
                "refuses the second one; rename it, or give the folders an `__init__.py`",
            )
