"""A Celery task that takes its name from its module.

Messages that wait in a queue, and schedules kept elsewhere, still say the old name after the move,
and no worker knows it. Empty the queue first, or give the task a name of its own.

Noted:
    shop/old/tasks.py:
        from celery import shared_task
        @shared_task
        def send(): ...
    move shop/old/tasks.py to shop/jobs/tasks.py

Safe:
    shop/old/tasks.py:
        from celery import shared_task
        @shared_task(name="shop.old.tasks.send")
        def send(): ...
    move shop/old/tasks.py to shop/jobs/tasks.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, note
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.model import Hazard

KIND = "task-name"
_TASK = re.compile(rb"^[ \t]*@(?:[\w.]+\.)?(?:shared_task|task)\b(?P<given>\([^\n]*\))?", re.M)


# @app.task
def find(context: HazardContext) -> Iterator[Hazard]:
    if not context.renames_modules:
        return
    for path, module in context.by_path.items():
        content = context.contents.get(path, b"")
        if context.new_names[module.name] == module.name or not re.search(
            rb"\bcelery\b", content, re.I
        ):
            continue
        auto = [m for m in _TASK.finditer(content) if b"name=" not in (m["given"] or b"")]
        if auto:
            one = len(auto) == 1
            tasks = "1 task takes its name" if one else f"{len(auto)} tasks take their names"
            yield note(
                KIND,
                path,
                line_of(content, auto[0].end()),
                f"{tasks} from the module, which becomes "
                f"{context.new_names[module.name]}: messages in the queue and schedules "
                f"still say {module.name}; empty the queue first, or name them in the decorator",
            )
