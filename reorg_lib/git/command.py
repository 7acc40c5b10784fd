"""The one place that starts git, and reads blobs with it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from reorg_lib.errors import ToolError

_OLDEST_GIT = (2, 30)
_QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    "LC_ALL": "C",
}


def git_version() -> tuple[int, ...]:
    """Return the version of the git on PATH, such as (2, 39, 5).

    Raises:
        ToolError: git is not installed.
    """
    said = run_git(Path(), "version").decode(errors="replace")
    found = re.search(r"\d+(?:\.\d+)+", said)
    return tuple(int(number) for number in found[0].split(".")) if found else ()


def read_blobs(folder: Path, blobs: Iterable[str]) -> Mapping[str, bytes]:
    """Return blob id → bytes for many blobs with one git process.

    Raises:
        ToolError: a blob is missing, as in a partial clone.
    """
    wanted = sorted(set(blobs))
    answer = run_git(
        folder, "cat-file", "--batch", stdin="".join(f"{b}\n" for b in wanted).encode()
    )
    found: dict[str, bytes] = {}
    at = 0
    for blob in wanted:
        end = answer.index(b"\n", at)
        head = answer[at:end].decode().split()
        if head[-1] == "missing":
            raise ToolError(
                f"git has no content for {blob}: the clone is partial; run `git fetch` first"
            )
        size = int(head[2])
        found[blob] = answer[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def isolated_environment() -> dict[str, str]:
    """Return an environment in which git reads no configuration but the repository's own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    return {**inherited, **_QUIET}


def run_git(
    folder: Path, *arguments: str, stdin: bytes | None = None, fine: Collection[int] = (0,)
) -> bytes:
    """Return what git prints in a folder; only the repository's own configuration is read.

    Raises:
        ToolError: git is not installed, or its exit status is not among `fine`.
    """
    safe = ("core.hooksPath=" + os.devnull, "core.fsmonitor=false", "safe.directory=*")
    command = ["git", *(word for setting in safe for word in ("-c", setting))]
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            input=stdin,
            env=isolated_environment(),
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise ToolError("git is not installed, or not on PATH") from error
    if done.returncode not in fine:
        said = done.stderr.decode(errors="replace").strip()
        raise ToolError(f"git {arguments[0]} failed in {folder}: {said}")
    return done.stdout
