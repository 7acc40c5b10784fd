"""Point 11 with the real builders, where they are installed: `pip install sphinx mkdocs`."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest

from reorg_lib.errors import ProofError
from reorg_lib.export.deliver import deliver
from reorg_lib.git import open_repository
from reorg_lib.model import ProofPoint
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository

CODE = {
    "shop/__init__.py": "",
    "shop/orders.py": '"""Orders; see :mod:`shop.nothing`."""\ndef f(): ...\n',
}
SPHINX = {
    "docs/conf.py": "import os, sys\nsys.path.insert(0, os.path.abspath('..'))\n"
    "extensions = ['sphinx.ext.autodoc']\nnitpicky = True\n",
    "docs/index.rst": "Shop\n====\n\n.. automodule:: shop.orders\n\n:doc:`missing`\n",
}
MKDOCS = {
    "mkdocs.yml": "site_name: shop\n",
    "docs/index.md": "# Shop\n\n[orders](../shop/orders.py) and [gone](gone.md)\n",
}
BUILDERS = [
    ("sphinx-build", SPHINX, "sphinx-build -q docs _build"),
    ("mkdocs", MKDOCS, "mkdocs build -d _site"),
]
PLAN = """schema = 1
[scope]
package = "shop"
source_root = "."
commit = "{}"
[[move]]
source = "shop/orders.py"
target = "shop/sales/orders.py"
decision = "approved"
"""
KEEP = """
[[reference]]
path = "docs/index.rst"
text = "shop.orders"
decision = "keep"
"""


@pytest.mark.parametrize(("builder", "files", "command"), BUILDERS)
def test_warnings_before_and_after_are_compared(
    builder: str,
    files: dict[str, str],
    command: str,
    make_repository: MakeRepository,
    tmp_path: Path,
) -> None:
    if shutil.which(builder) is None:
        pytest.skip(f"{builder} is not installed")
    root = make_repository({**CODE, **files})
    assert _point(root, tmp_path, command, "") == (2, ())
    if builder == "sphinx-build":
        _, failures = _point(root, tmp_path, command, KEEP)
        assert failures[0].startswith("autodoc: failed to import")


def _point(root: Path, folder: Path, command: str, more: str) -> tuple[int, tuple[str, ...]]:
    """Return what point 11 counts and finds."""
    repository = open_repository(root)
    path = folder / "plan.toml"
    path.write_text(PLAN.format(repository.commit) + more, "utf-8")
    survey, out = take_survey(repository, "shop"), folder / "out"
    points: list[ProofPoint] = []
    with contextlib.suppress(ProofError):
        deliver(
            repository,
            survey,
            load_plan(path),
            out,
            witness=False,
            docs_command=command,
            shown=points.append,
        )
    assert points[-1].number == 11
    return points[-1].count, points[-1].failures
