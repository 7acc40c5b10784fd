"""A checkout of a scratch copy: its commit, what is staged, what was renamed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from reorg_lib.model import TrackedFile

from .command import run_git


def staged_files(folder: Path) -> tuple[TrackedFile, ...]:
    """Return the entries of a checkout's index, sorted by path."""
    listing = run_git(folder, "ls-files", "-s", "-z")
    files = []
    for entry in filter(None, listing.split(b"\0")):
        head, path = entry.split(b"\t", 1)
        mode, blob, _ = head.decode().split()
        files.append(TrackedFile(os.fsdecode(path), mode, blob))
    return tuple(sorted(files))


def unstaged_changes(folder: Path) -> tuple[str, ...]:
    """Return the paths at which a checkout differs from its index: edited, missing, untracked."""
    run_git(folder, "update-index", "-q", "--really-refresh")
    edited = run_git(folder, "diff-files", "--name-only", "-z")
    untracked = run_git(folder, "ls-files", "--others", "-z")
    return tuple(sorted(os.fsdecode(p) for p in (edited + untracked).split(b"\0") if p))


def check_out(folder: Path, commit: str) -> None:
    """Check a commit out in a scratch copy, and delete all other files in it."""
    run_git(folder, "checkout", "-q", "-f", "--detach", commit)
    run_git(folder, "clean", "-q", "-f", "-f", "-d", "-x")


def commits_since(folder: Path, base: str) -> tuple[str, ...]:
    """Return the ids of the commits that a checkout has on top of `base`, the oldest first."""
    listing = run_git(folder, "rev-list", "--reverse", "--first-parent", f"{base}..HEAD")
    return tuple(listing.decode().split())


def renames_between(folder: Path, old: str, new: str) -> tuple[tuple[str, str, int], ...]:
    """Return (source, target, similarity in per cent) of each rename that git sees by default."""
    raw = run_git(folder, "diff-tree", "-r", "-z", "-M", "--raw", "--diff-filter=R", old, new)
    fields = iter(os.fsdecode(raw).split("\0"))
    renames = []
    for head in filter(None, fields):
        renames.append((next(fields), next(fields), int(head.rpartition("R")[2])))
    return tuple(sorted(renames))


_DATE_BACK = """
import os, sys, time
long_ago = time.time() - 60
for path in sys.stdin.buffer.read().split(b"\\0"):
    try:
        os.utime(path, (long_ago, long_ago), follow_symlinks=False)
    except OSError:  # for example, a submodule that is not checked out
        pass
"""


def backdate_files(checkout: Path, files: Iterable[TrackedFile]) -> None:
    """Set the modification times of a fresh checkout back by a minute, which makes git faster.

    Each git command reads every file again that is not older than the index, since such a file may
    have changed within the same clock tick. In a copy that was just made, this is every file. A
    separate process does it, because a thread would wait for the interpreter lock at each call.
    """
    paths = b"\0".join(os.fsencode(file.path) for file in files)
    command = [sys.executable, "-I", "-S", "-c", _DATE_BACK]
    subprocess.run(command, cwd=checkout, input=paths, check=True)
    run_git(checkout, "update-index", "-q", "--refresh", fine=(0, 1))
