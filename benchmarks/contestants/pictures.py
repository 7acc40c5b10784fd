"""The time of an export for `before.svg` and `after.svg`, measured separately.

python -m benchmarks.contestants.pictures REPOSITORY PLAN OUT
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from reorg_lib.git import open_repository
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.survey import take_survey
from reorg_lib.views.graph.picture import draw_pictures, write_pictures


def main() -> None:
    """Draw both pictures of a plan and print the time."""
    plan = load_plan(Path(sys.argv[2]))
    survey = take_survey(open_repository(Path(sys.argv[1]), plan.scope.commit), plan.scope.package)
    wall, cpu = time.perf_counter(), time.process_time()
    write_pictures(draw_pictures(survey, plan), Path(sys.argv[3]))
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))


if __name__ == "__main__":
    main()
