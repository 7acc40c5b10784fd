"""Where `task-discovery` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of, told

TASKS = [
    ("package", 'app.autodiscover_tasks(["shop.infra"])', "shop.infra.pg"),
    ("no list", "app.autodiscover_tasks()", None),
]


@pytest.mark.parametrize(("code", "fix"), [c[1:] for c in TASKS], ids=[c[0] for c in TASKS])
def test_celery_looks_for_tasks_in_a_package(code: str, fix: str | None) -> None:
    files = {"shop/app.py": code + "\n", "shop/infra/tasks.py": ""}
    move = "shop/infra/tasks.py > shop/infra/pg/tasks.py"
    found = hazards_of("task-discovery", files, (move,))
    assert told(found) == [("shop/app.py:1", "block", fix)]
    assert hazards_of("task-discovery", files, ()) == ()
    (renamed,) = hazards_of("task-discovery", files, ("shop/infra/tasks.py > shop/infra/jobs.py",))
    assert renamed.fix is None
