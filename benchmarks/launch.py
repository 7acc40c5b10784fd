"""Run one command and record its cost; small on purpose, without imports of this project.

A child's peak memory starts with the memory of its parent at that time. So the parent is this small
program, and not the benchmark itself.

    python -I -S launch.py LIMIT REPORT STDOUT STDERR FOLDER COMMAND...
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time


def main() -> None:
    """Start the command in FOLDER, stop it after LIMIT seconds, write REPORT as JSON."""
    limit, report, stdout, stderr, folder, *command = sys.argv[1:]
    os.chdir(folder)
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, stdout, write, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, stderr, write, 0o644),
    ]
    stopped = False
    started = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions, setpgroup=0)

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - started
    signal.setitimer(signal.ITIMER_REAL, 0)
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    cost = {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": peak}
    told = {**cost, "status": os.waitstatus_to_exitcode(status), "stopped": stopped}
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(told, file)


if __name__ == "__main__":
    main()
