"""One notebook run from top to bottom without a click, as `make demo` runs it.

    python -m benchmarks.contestants.notebook NAME REPOSITORY PACKAGE PLAN OUT

It measures the run with the start and the end of its kernel. The plan file is a copy, because the
second notebook writes it.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from pathlib import Path

from reorg_lib.views.notebook.execute import run_notebooks
from scripts.demo import NOTEBOOKS


def main() -> None:
    """Run the notebook and print its time, this process and its kernel together."""
    name, repository, package, plan, out = sys.argv[1:]
    folder = Path(out, "notebook")
    folder.mkdir(parents=True)
    copy = shutil.copy(plan, folder / "plan.toml")
    shutil.copy(NOTEBOOKS / f"{name}.ipynb", folder)
    wall, cpu = time.perf_counter(), _cpu()
    run_notebooks(folder, Path(repository), package, Path(copy), Path(out, "results"))
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu}))


def _cpu() -> float:
    """Return the CPU seconds of this process and of its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
