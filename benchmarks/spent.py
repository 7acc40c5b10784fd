"""Where the time of an export goes, by package and by library, from one run under cProfile.

The profiler slows calls down, so these are shares and not times. It sees only the main thread, in
which the rehearsal and the work of other programs count as waiting.
"""

from __future__ import annotations

import pstats
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePath

from benchmarks.cases import export_command
from benchmarks.inputs import Input
from reorg_lib.errors import ToolError

_WAITING = ("acquire", "poll", "select", "waitpid", "'read' of '_io", "fork_exec")
_SHOWN = 0.01


def profiled_export(
    found: Input, work: Path, folder: Path, environment: Mapping[str, str]
) -> tuple[tuple[str, float], ...]:
    """Run an export under the profiler and return (where, share), the largest first."""
    profile = work / "profile"
    _, *words = export_command(
        str(found.repository), found.plan, str(work / "profiled"), "--no-witness"
    )
    done = subprocess.run(
        [sys.executable, "-m", "cProfile", "-o", str(profile), *words],
        cwd=folder,
        env={**environment, "REORG_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    if not profile.is_file():
        raise ToolError(f"no profile was written: {done.stderr.strip()[-200:]}")
    shares = grouped(pstats.Stats(str(profile)))
    return tuple((name, share) for name, share in shares if share >= _SHOWN)


def grouped(stats: pstats.Stats) -> list[tuple[str, float]]:
    """Return (group, share of the time in it alone), the largest first."""
    spent: Counter[str] = Counter()
    for (file, _, function), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        spent[group(file, function)] += own
    whole = sum(spent.values()) or 1.0
    ordered = sorted(spent.items(), key=lambda item: (-item[1], item[0]))
    return [(name, seconds / whole) for name, seconds in ordered]


def group(file: str, function: str) -> str:
    """Return the package, the library or the kind of waiting that a function belongs to.

    >>> group("/x/reorg_lib/script/sed/program.py", "f"), group("/x/site-packages/libcst/a.py", "f")
    ('reorg_lib/export', 'libcst')
    """
    parts = PurePath(file).parts
    if "reorg_lib" in parts:
        inside = parts[parts.index("reorg_lib") + 1 :]
        return f"reorg_lib/{inside[0]}"
    if "site-packages" in parts:
        library = parts[parts.index("site-packages") + 1]
        return "drawing both pictures (wasmtime)" if library == "wasmtime" else library
    if file == "~" and any(word in function for word in _WAITING):
        return "waiting for bash, git and the other thread"
    if "tree_sitter" in function:
        return "tree-sitter"
    if "builtins.compile" in function:
        return "Python's parser (the proof's reading)"
    return "Python itself"
