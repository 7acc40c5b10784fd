"""The import graph of a package by pydeps, before and after, as a second opinion.

pydeps runs in a separate process and folder, because it changes the working directory and exits.
The result of the survey is not used, so that the two graphs are independent.

No scanned code may run. pydeps itself passes parts of file names to `exec` (to learn whether they
are identifiers), loads committed `.pyc` files, and imports with the scanned folder first on
`sys.path`. So the folder contains only regular `.py` files that an import can name, and
`pydeps_guard` protects the import path.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from reorg_lib.errors import ReorgError, ToolError
from reorg_lib.files.cache import user_cache
from reorg_lib.model import ChangeSet, TrackedFile
from reorg_lib.proof.reading.source_tree import can_be_imported, name_below, parents
from reorg_lib.proof.rehearsal import Rehearsal

_SECONDS = 300


@dataclass(frozen=True, slots=True)
class PydepsGraph:
    """The graph of pydeps for a package, and for some modules outside it, on one side.

    `edges` are (importer, imported), sorted. `modules` are those that pydeps knows: it leaves out
    files that it cannot parse and modules with a name of the standard library. `packages` are the
    names of folders. `dot` is its own picture. If pydeps failed, `error` says why, and the rest is
    empty.
    """

    edges: tuple[tuple[str, str], ...] = ()
    modules: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()
    dot: str = ""
    error: str = ""


def run_pydeps(
    files: Iterable[TrackedFile],
    contents: Mapping[str, bytes],
    source_root: str,
    package: str,
    beside: Sequence[str] = (),
) -> PydepsGraph:
    """Run pydeps on the Python files under the source root, and return its graph.

    The graph is of the modules of `package`, and of the names `beside` it. `contents` is blob id →
    bytes. Folders without `__init__.py` get an empty one, since pydeps names modules by them. A
    failure is returned as `PydepsGraph.error` and not raised. Results are stored in the user's
    cache, under git's ids of the files.
    """
    given = {
        name: (file.path, file.blob)
        for file in sorted(files)
        if file.is_regular and file.blob in contents
        if (name := name_below(file.path, source_root)) and can_be_imported(name)
    }
    wanted = (package, *sorted(beside))
    cache, key = user_cache(), _key(given, wanted)
    kept = cache.load([key], PydepsGraph)
    if key in kept:
        return kept[key]
    try:
        with tempfile.TemporaryDirectory(prefix="reorg-pydeps-") as name:
            scene = _Scene(Path(name).resolve())
            scene.furnish({n: (path, contents[blob]) for n, (path, blob) in given.items()})
            seen = scene.ask(wanted)
    except ReorgError as error:
        return PydepsGraph(error=f"pydeps failed: {error}")
    cache.keep({key: seen})
    return seen


def run_pydeps_on_both_sides(
    rehearsal: Rehearsal, changeset: ChangeSet
) -> tuple[PydepsGraph, PydepsGraph]:
    """Return the graphs of pydeps before and after the script.

    They are of the package of the plan and, if modules move into it or out of it, also of their
    names outside the package.
    """
    scope = changeset.scope
    names = {name for renaming in changeset.modules for name in (renaming.old, renaming.new)}
    names |= {scope.package}
    beside = sorted(name for name in names if not names & {*parents(name)})
    beside = [name for name in beside if name != scope.package]

    def hear(files: Iterable[TrackedFile]) -> PydepsGraph:
        return run_pydeps(files, rehearsal.contents, scope.source_root, scope.package, beside)

    with ThreadPoolExecutor(max_workers=2) as pool:
        before, after = pool.map(hear, (rehearsal.before, rehearsal.after))
    return before, after


def _key(given: Mapping[str, tuple[str, str]], wanted: Sequence[str]) -> str:
    """Return a digest of all that decides the graph: the files, the names, this code, pydeps."""
    here = Path(__file__)
    code = [path.read_text("utf-8") for path in (here, here.with_name("pydeps_guard.py"))]
    said = repr((sorted(given.items()), wanted, code, sys.version, metadata.version("pydeps")))
    return hashlib.blake2b(said.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class _Scene:
    """A folder with the files that pydeps may read, and with its output."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root"

    def furnish(self, modules: Mapping[str, tuple[str, bytes]]) -> None:
        """Write the modules, name → (tracked path, content), in ordinary packages."""
        self.root.mkdir()
        for name, (path, content) in modules.items():
            place = self.root.joinpath(*name.split("."))
            if path.endswith("/__init__.py"):
                place.mkdir(parents=True, exist_ok=True)
                (place / "__init__.py").write_bytes(content)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.with_suffix(".py").write_bytes(content)
        for folder in (path for path in self.root.rglob("*") if path.is_dir()):
            (folder / "__init__.py").touch()

    def ask(self, wanted: Sequence[str]) -> PydepsGraph:
        """Return the graph of the modules at and below the names that are `wanted`.

        pydeps starts at a file that imports each of them, so that it finds also the modules that
        no other one imports.

        Raises:
            ToolError: there is no such module, or pydeps fails.
        """
        paths = (path.relative_to(self.root) for path in self.root.rglob("*.py"))
        dotted = (".".join(path.with_suffix("").parts) for path in paths)
        names = {name.removesuffix(".__init__") for name in dotted}
        inside = frozenset(name for name in names if {name, *parents(name)} & {*wanted})
        if not inside:
            raise ToolError(f"there is no module called {' or '.join(wanted)}")
        entry = self.root / "reorg_entry.py"
        while entry.exists() or entry.stem in names:
            entry = entry.with_stem(f"{entry.stem}_")
        entry.write_text("".join(f"import {name}\n" for name in sorted(inside)), encoding="utf-8")
        graph, dot = self._run(entry, wanted)
        edges = {
            (importer, imported)
            for importer in inside & graph.keys()
            for imported in inside.intersection(_imports(graph[importer]))
            if imported != importer
        }
        packages = (name for name in names if self.root.joinpath(*name.split(".")).is_dir())
        seen = inside & graph.keys()
        return PydepsGraph(tuple(sorted(edges)), seen, frozenset(packages), dot)

    def _run(self, entry: Path, wanted: Sequence[str]) -> tuple[dict[str, object], str]:
        graph, dot = self.folder / "graph.json", self.folder / "graph.dot"
        command = [
            *(sys.executable, "-P", "-s", str(Path(__file__).with_name("pydeps_guard.py"))),
            *("--no-config", "--no-output", "--max-bacon", "0", "--noise-level", "1000000"),
            *("--show-deps", "--deps-output", str(graph), "--show-dot", "--dot-output", str(dot)),
            *("--rankdir", "LR", "--reverse", "--only", *wanted, "--rmprefix", f"{wanted[0]}."),
            *("--", str(entry)),
        ]
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env={**kept, "HOME": str(self.folder), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
                capture_output=True,
                text=True,
                check=False,
                timeout=_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise ToolError(f"it was stopped after {_SECONDS} seconds") from error
        if done.returncode or not (graph.is_file() and dot.is_file()):
            said = " ".join((done.stderr or done.stdout).replace(str(self.folder), "").split())
            raise ToolError(f"exit status {done.returncode}, {said[-300:] or 'no word'}")
        return json.loads(graph.read_text(encoding="utf-8")), dot.read_text(encoding="utf-8")


def _imports(entry: object) -> Iterable[str]:
    return entry.get("imports", ()) if isinstance(entry, dict) else ()
