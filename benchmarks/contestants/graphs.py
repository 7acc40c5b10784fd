"""The import graph of one package by each tool, as lines of `importer imported`.

    python -m benchmarks.contestants.graphs TOOL ROOT PACKAGE OUT

It calls each tool and reads its output.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

Edges = Iterator[tuple[str, str]]


def reorg(root: Path, package: str) -> Edges:
    """Read the edges from `reorg survey --json`; `root` may lie below the repository's."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "survey.json"
        command = [sys.executable, "-m", "reorg_lib", "survey", str(root), "--package", package]
        _run([*command, "--json", str(found)], Path.cwd())
        survey = json.loads(found.read_bytes())
    yield from ((edge["importer"], edge["imported"]) for edge in survey["edges"])


def ruff(root: Path, package: str) -> Edges:
    """Read the edges from `ruff analyze graph`, which names files."""
    program = str(Path(sys.executable).with_name("ruff"))
    said = json.loads(_run([program, "analyze", "graph", "--isolated", package], root))
    for importer, found in said.items():
        yield from ((_module(importer), _module(imported)) for imported in found)


def grimp(root: Path, package: str) -> Edges:
    """Build grimp's graph without its cache."""
    import grimp as library

    sys.path.insert(0, str(root))
    graph = library.build_graph(package, cache_dir=None)
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            yield importer, imported


def pydeps(root: Path, package: str) -> Edges:
    """Read the output of `pydeps --show-deps`, limited to the package."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "graph.json"
        program = str(Path(sys.executable).with_name("pydeps"))
        options = ["--no-config", "--no-output", "--show-deps", "--deps-output", str(found)]
        options += ["--max-bacon", "0", "--noise-level", "1000000", "--only", package]
        _run([program, *options, "--", str(root / package)], Path(folder))
        graph = json.loads(found.read_bytes())
    for importer, entry in graph.items():
        yield from ((importer, imported) for imported in entry.get("imports", ()))


TOOLS: dict[str, Callable[[Path, str], Edges]] = {
    "reorg": reorg,
    "ruff": ruff,
    "grimp": grimp,
    "pydeps": pydeps,
}


def main() -> None:
    """Write the sorted edges of one tool."""
    tool, root, package, out = sys.argv[1:]
    edges = sorted(set(TOOLS[tool](Path(root), package)))
    Path(out).write_text("".join(f"{a} {b}\n" for a, b in edges), encoding="utf-8")


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]}: {(done.stderr or done.stdout).strip()[-300:]}")
    return done.stdout


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


if __name__ == "__main__":
    main()
