"""Where `second-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of, told

ROOTS = [
    ("pytest", "pyproject.toml", '[tool.pytest.ini_options]\npythonpath = ["shop"]\n'),
    ("pytest.ini", "pytest.ini", "[pytest]\npythonpath = shop\n"),
    ("build", "Dockerfile", "ENV PYTHONPATH=/srv/shop\n"),
    (
        "code",
        "conftest.py",
        "import sys\nsys.path.insert(0, str(Path(__file__).parent / 'shop'))\n",
    ),
]


@pytest.mark.parametrize(("path", "text"), [c[1:] for c in ROOTS], ids=[c[0] for c in ROOTS])
def test_a_second_name_through_another_root(path: str, text: str) -> None:
    uses = {"tests/test_x.py": "import os\nfrom infra.old import db\n"}
    found = hazards_of("second-name", {path: text, **uses})
    assert told(found) == [("tests/test_x.py:2", "block", None)]
    assert "shop.infra.old.db" in found[0].why and "shop.infra.pg.setup.db" in found[0].why
    assert hazards_of("second-name", uses) == ()
    stays = {"tests/test_x.py": "from infra.http import client\nfrom shop.infra.old import db\n"}
    assert hazards_of("second-name", {path: text, **stays}) == ()
