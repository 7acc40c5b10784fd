"""Who changes a plan file is alone with it from reading it to writing it.

Owns the lock between processes: two notebooks on one plan would otherwise each read, decide and
write, and the later one would undo what the earlier one said. Must not know what is changed.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has none; there, one notebook per plan
    fcntl = None  # type: ignore[assignment]


@contextmanager
def exclusive_lock(plan: Path) -> Iterator[None]:
    """Wait until nobody else changes the plan file, and keep others waiting meanwhile.

    The lock lies in the folder for temporary files, so that nothing is left beside the plan. It is
    not reentrant.
    """
    key = hashlib.sha256(str(plan.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"reorg-plan-{key}.lock").open("a") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
