"""Where `package-init` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told


def test_modules_under_another_init() -> None:
    files = {
        f"{OLD}/__init__.py": '"""Old."""\nfrom . import db\n',
        "shop/infra/storage/__init__.py": "import os\n",
    }
    left, come = hazards_of("package-init", files)
    assert told((left, come)) == [
        (f"{OLD}/__init__.py:2", "note", None),
        ("shop/infra/storage/__init__.py:1", "note", None),
    ]
    assert "shop.infra.old.db, shop.infra.old.fs, shop.infra.old.tables no longer will" in left.why
    assert "shop.infra.old.fs will run it first" in come.why


QUIET = [
    ("does not import", '"""Old."""\nX = 1\n'),
    ("imports for types", "if TYPE_CHECKING:\n    import os\n"),
    ("imports later", "def f():\n    import os\n"),
    ("future", "from __future__ import annotations\n"),
]


@pytest.mark.parametrize("code", [c[1] for c in QUIET], ids=[c[0] for c in QUIET])
def test_an_init_that_runs_nothing(code: str) -> None:
    assert hazards_of("package-init", {f"{OLD}/__init__.py": code}) == ()


def test_an_init_that_moves_along() -> None:
    assert hazards_of("package-init", {"shop/infra/oci/__init__.py": "from . import di\n"}) == ()
