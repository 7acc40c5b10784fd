"""Fixtures for every room: real git repositories, made from a drawing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

MakeRepository = Callable[[Mapping[str, str | bytes]], Path]

_WHEN = "2024-01-01T00:00:00+0000"
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A. Author",
    "GIT_AUTHOR_EMAIL": "author@example.org",
    "GIT_AUTHOR_DATE": _WHEN,
    "GIT_COMMITTER_NAME": "A. Author",
    "GIT_COMMITTER_EMAIL": "author@example.org",
    "GIT_COMMITTER_DATE": _WHEN,
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what tests survey out of the user's cache; one folder for each process of a run."""
    monkeypatch.setenv("REORG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def make_repository(tmp_path: Path) -> MakeRepository:
    """Return a maker of git repositories: path → content goes in, the root of a checkout out.

    Everything is committed as it is, byte for byte; the same files give the same commit id. A
    second call makes a second repository. Symlinks and modes are up to the test: change the
    checkout and commit again with `git(root, ...)`.
    """
    made = 0

    def make(files: Mapping[str, str | bytes]) -> Path:
        nonlocal made
        root = tmp_path / (f"repository{made}" if made else "repository")
        made += 1
        root.mkdir()
        git(root, "init", "-q", "-b", "main", "--template=")
        git(root, "config", "core.autocrlf", "false")
        info = root / ".git" / "info"
        info.mkdir(exist_ok=True)
        (info / "attributes").write_text("* -text\n")
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        git(root, "add", "-A", "-f")
        git(root, "commit", "-q", "--allow-empty", "-m", "start")
        return root

    return make


def git(root: Path, *arguments: str) -> str:
    """Run git in a test repository, with a fixed author and date, and return what it says."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=root,
        env={**os.environ, **_ENVIRONMENT},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout
