"""An exclusive lock on a plan file, held from reading it to writing it.

Without it, two notebooks with the same plan would each read, decide and write, and the later one
would undo the decision of the earlier one.
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
    """Hold the exclusive lock on a plan file; wait while another process holds it.

    The lock file is in the folder for temporary files, so that none is left beside the plan. The
    lock is not reentrant.
    """
    key = hashlib.sha256(str(plan.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"reorg-plan-{key}.lock").open("a") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
