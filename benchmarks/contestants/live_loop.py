"""The time of a click: a module is retargeted, and picture and metrics are updated.

    python -m benchmarks.contestants.live_loop REPOSITORY PLAN

It measures the time in Python from the decision to the data for the browser; the survey and the
first picture are made before. The last line has the median of several clicks.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path, PurePosixPath
from statistics import median

from reorg_lib.git import open_repository
from reorg_lib.plan.decisions import decide
from reorg_lib.plan.layout_metrics import measure
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.survey import take_survey
from reorg_lib.views.graph.live_graph import LiveGraph

_CLICKS = 9


def main() -> None:
    """Move modules to the next one's folder and back, and print the medians."""
    plan = load_plan(Path(sys.argv[2]))
    survey = take_survey(open_repository(Path(sys.argv[1]), plan.scope.commit), plan.scope.package)
    graph = LiveGraph(survey, plan)
    moves = [m for m in plan.approved().moves if not m.source.endswith("/__init__.py")]
    walls, cpus = [], []
    for click in range(_CLICKS):
        move, other = (moves[at % len(moves)] for at in (click, click + len(moves) // 2))
        folder = PurePosixPath(other.target).parent
        name = f"{PurePosixPath(move.target).stem}_{click}.py"
        wall, cpu = time.perf_counter(), time.process_time()
        plan = decide(plan, move.source, target=str(folder / name))
        graph.show_plan(plan)
        measure(survey, plan)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    print(json.dumps({"wall": median(walls), "cpu": median(cpus)}))


if __name__ == "__main__":
    main()
