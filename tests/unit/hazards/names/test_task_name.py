"""Where `task-name` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, hazards_of


def test_tasks_named_by_their_module() -> None:
    code = "from celery import shared_task\n@shared_task\ndef f(): ...\n@app.task(name='x')\n"
    (found,) = hazards_of("task-name", {f"{OLD}/db.py": code})
    assert found.severity.value == "note" and "1 task takes its name" in found.why
    assert hazards_of("task-name", {f"{OLD}/db.py": code.replace("@shared_task\n", "")}) == ()
    assert hazards_of("task-name", {f"{OLD}/db.py": code.replace("celery", "other")}) == ()
    assert hazards_of("task-name", {"shop/infra/http/client.py": code}) == ()
