"""pydeps as a second pair of eyes: what it sees of a package, before and after.

Owns how pydeps is called: in a process and a scratch copy of its own, because it changes the
working directory and exits. Must not know what the survey found, or it would be no witness.

Nothing of the scanned code may run. pydeps itself hands parts of file names to `exec` (to learn
whether they are identifiers), loads committed `.pyc` files and imports with the scanned folder
first on its path. So the copy is stripped to regular `.py` files that an import can name, and
`pydeps_guard` closes the import path.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reorg_lib.errors import ReorgError, ToolError
from reorg_lib.export.rehearsal import run_script
from reorg_lib.repository import Repository
from reorg_lib.survey.names import is_importable

_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Sighting:
    """What pydeps saw of a package in one copy.

    `edges` are (importer, imported), both in the package, sorted; `packages` the modules among
    them that are packages; `dot` is its own picture. `error` is "" unless it failed; then there
    is nothing else.
    """

    edges: tuple[tuple[str, str], ...] = ()
    packages: frozenset[str] = frozenset()
    dot: str = ""
    error: str = ""


def hear_pydeps(copy: Path, source_root: str, package: str) -> Sighting:
    """Let pydeps read a scratch copy, which is stripped for it, and return what it says.

    Folders without `__init__.py` get an empty one in the copy: pydeps names modules by them.
    A failure is an answer too (`Sighting.error`), for the survey stands without a witness.
    """
    root = copy / source_root
    try:
        _strip(copy, root)
        graph, dot = _run_pydeps(copy, root, package)
    except ReorgError as error:
        return Sighting(error=f"pydeps could not be heard: {error}")
    folders = (path.parent.relative_to(root).parts for path in root.rglob("__init__.py"))
    return Sighting(_edges(graph, package), frozenset(map(".".join, folders)), dot)


def hear_both_sides(
    repository: Repository, script: str, source_root: str, package: str
) -> tuple[Sighting, Sighting]:
    """Return what pydeps sees of the commit as it is, and of the commit after the script."""
    with repository.scratch_copy() as copy:
        before = hear_pydeps(copy, source_root, package)
    with repository.scratch_copy() as copy:
        if complaints := run_script(script, "--apply", copy):
            return before, Sighting(error=complaints[0])
        return before, hear_pydeps(copy, source_root, package)


def _strip(copy: Path, root: Path) -> None:
    """Leave only regular Python files whose names an import can say, in ordinary packages."""
    for folder, folders, names in os.walk(copy):
        if ".git" in Path(folder).relative_to(copy).parts:
            continue
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for path in (Path(folder, name) for name in (*names, *links)):
            if path.is_symlink() or not _is_nameable(
                path.relative_to(copy), root.relative_to(copy)
            ):
                path.unlink()
    for path in sorted(root.rglob("*.py")):
        for package in path.relative_to(root).parents:
            (root / package / "__init__.py").touch()
    (root / "__init__.py").unlink(missing_ok=True)


def _is_nameable(path: PurePosixPath | Path, root: PurePosixPath | Path) -> bool:
    if path.suffix != ".py" or not path.is_relative_to(root):
        return False
    return all(is_importable(part) for part in path.relative_to(root).with_suffix("").parts)


def _run_pydeps(copy: Path, root: Path, package: str) -> tuple[dict[str, object], str]:
    folder = root.joinpath(*package.split("."))
    graph, dot = copy.parent / "graph.json", copy.parent / "graph.dot"
    command = [
        *(sys.executable, "-P", "-s", str(Path(__file__).with_name("pydeps_guard.py"))),
        *("--no-config", "--no-output", "--max-bacon", "0", "--noise-level", "1000000"),
        *("--show-deps", "--deps-output", str(graph), "--show-dot", "--dot-output", str(dot)),
        *("--rankdir", "LR", "--reverse", "--only", package, "--rmprefix", f"{package}."),
        *("--", str(folder)),
    ]
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    try:
        done = subprocess.run(
            command,
            cwd=copy.parent,
            env={**kept, "HOME": str(copy.parent), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError(f"it was stopped after {_SECONDS} seconds") from error
    if done.returncode or not (graph.is_file() and dot.is_file()):
        said = " ".join((done.stderr or done.stdout).replace(str(copy), "").split())
        raise ToolError(f"exit status {done.returncode}, {said[-300:] or 'no word'}")
    return json.loads(graph.read_text(encoding="utf-8")), dot.read_text(encoding="utf-8")


def _edges(graph: dict[str, object], package: str) -> tuple[tuple[str, str], ...]:
    def inside(name: str) -> bool:
        return name == package or name.startswith(f"{package}.")

    found = set()
    for importer, entry in graph.items():
        imports: Iterable[str] = entry.get("imports", ()) if isinstance(entry, dict) else ()
        found |= {(importer, imported) for imported in imports if imported != importer}
    return tuple(sorted(edge for edge in found if all(map(inside, edge))))
