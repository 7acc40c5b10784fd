"""Running `reorganize.sh` for real, on repositories made for a test."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reorg_lib.model import ChangeSet, LeftName, SplitChange
from reorg_lib.script.render import render_script
from tests.changesets import make_changeset
from tests.conftest import MakeRepository, git

SEDS = {
    "gnu": ["sed"],
    "posix": ["sed", "--posix"],
    "busybox": ["busybox", "sed"],
    "toybox": ["toybox", "sed"],
}

BEFORE = {
    ".gitignore": "__pycache__/\n*.log\n",
    "README.md": "The store is in pkg/old/store.py, see pkg.old.store.\n",
    "app.py": "import os\n\nfrom pkg.old.store import Store\nfrom pkg.old import http\n",
    "notes.txt": "pkg.old.store was written first\n",
    "pkg/__init__.py": "",
    "pkg/old/__init__.py": "",
    "pkg/old/http.py": "from .store import Store\n",
    "pkg/old/store.py": "class Store:\n    pass\n",
    "pkg/old/unused.py": "",
    "run.sh": "exec python -m pkg.old.http\n",
    "unrelated.py": "print('hello')\n",
}
AFTER = {
    ".gitignore": "__pycache__/\n*.log\n",
    "README.md": "The store is in pkg/postgres/store.py, see pkg.postgres.store.\n",
    "app.py": "import os\n\nfrom pkg.postgres.store import Store\nfrom pkg.http import http\n",
    "notes.txt": "pkg.old.store was written first\n",
    "pkg/__init__.py": "",
    "pkg/postgres/__init__.py": "",
    "pkg/http/__init__.py": '"""It\'s HTTP."""\n',
    "pkg/http/http.py": "from ..postgres.store import Store\n",
    "pkg/postgres/store.py": "class Store:\n    pass\n",
    "run.sh": "exec python -m pkg.http.http\n",
    "unrelated.py": "print('hello')\n",
}
MOVES = {"pkg/old/http.py": "pkg/http/http.py", "pkg/old/store.py": "pkg/postgres/store.py"}
MODULES = {"pkg.old.http": "pkg.http.http", "pkg.old.store": "pkg.postgres.store"}
LEFT = (LeftName("notes.txt", 1, "pkg.old.store", "history"),)


@dataclass(frozen=True)
class Case:
    """A repository with the script that was made for it, which lies outside of it."""

    root: Path
    script: Path
    changeset: ChangeSet

    def run(
        self,
        *arguments: str,
        cwd: Path | None = None,
        shims: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run the script as a maintainer does; programs in `shims` come first on the PATH."""
        path = os.environ["PATH"]
        return subprocess.run(
            ["bash", str(self.script), *arguments],
            cwd=cwd or self.root,
            env={
                **os.environ,
                "GIT_CONFIG_GLOBAL": os.devnull,
                "PATH": f"{shims}:{path}" if shims else path,
                **(env or {}),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
            timeout=120,
            start_new_session=True,
        )

    def expected(self) -> dict[str, bytes]:
        """What every tracked file must hold after --apply."""
        found = {path: (self.root / path).read_bytes() for path in _tracked(self.root)}
        for change in self.changeset.changes:
            if change.source is not None:
                found.pop(change.source, None)
        return {**found, **{path: text for path, (_, text) in self.changeset.results().items()}}


def make_case(
    make_repository: MakeRepository,
    before: Mapping[str, str | bytes] = BEFORE,
    after: Mapping[str, str | bytes] = AFTER,
    moves: Mapping[str, str] = MOVES,
    *,
    modules: Mapping[str, str] = MODULES,
    left: tuple[LeftName, ...] = LEFT,
    executable: Sequence[str] = ("run.sh",),
    splits: tuple[SplitChange, ...] = (),
) -> Case:
    """Make the repository and its script; the defaults have one of everything."""
    root = make_repository(before)
    for path in executable:
        if path in before:
            (root / path).chmod(0o755)
    git(root, "commit", "-q", "-a", "--allow-empty", "-m", "modes")
    changeset = make_changeset(
        before,
        after,
        moves,
        modules=modules,
        paths={old: new for old, new in moves.items() if old.isprintable()},
        commit=git(root, "rev-parse", "HEAD").strip(),
        left=left,
        modes=dict.fromkeys(executable, "100755"),
    )
    changeset = replace(changeset, splits=splits)
    script = root.parent / f"{root.name}-reorganize.sh"
    script.write_bytes(render_script(changeset).encode("utf-8", "surrogateescape"))
    return Case(root, script, changeset)


def snapshot(root: Path) -> dict[str, object]:
    """Return all of a checkout that --undo must bring back and a refusal must leave."""
    files: dict[str, object] = {}
    for folder, names, leaves in os.walk(root):
        if folder == str(root):
            names.remove(".git")
        for name in [*names, *leaves]:
            path = Path(folder, name)
            kind = stat.S_IFMT(path.lstat().st_mode)
            mode = path.lstat().st_mode & 0o111
            text = path.read_bytes() if stat.S_ISREG(kind) else b""
            files[str(path.relative_to(root))] = (kind, mode, text)
    for command in (["ls-files", "-s"], ["rev-parse", "HEAD"], ["stash", "list"], ["for-each-ref"]):
        files["git " + command[0]] = git(root, *command)
    files["journal"] = (root / ".git" / "reorganize").exists()
    return files


def disk(root: Path) -> dict[str, bytes]:
    """Return what the tracked files hold on disk."""
    return {path: (root / path).read_bytes() for path in _tracked(root)}


def shim(folder: Path, name: str, body: str) -> Path:
    """Put a program in front of the real one; `$REAL` stands for that."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/bash\nREAL={shutil.which(name)}\n{body}\n")
    program.chmod(0o755)
    return folder


def _tracked(root: Path) -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True
    ).stdout
    return sorted({os.fsdecode(path) for path in listing.split(b"\0") if path})
