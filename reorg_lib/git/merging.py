"""Commits that are made and merged in a scratch repository."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reorg_lib.model import TrackedFile

from .command import read_blobs, run_git


@dataclass(frozen=True, slots=True)
class Merge:
    """The result of merging two commits.

    `conflicts` are pairs of git's own word for the kind ("contents", "modify/delete", ...) and the
    path. `unmerged` are the paths that need a person. Files of `tree` may hold conflict markers.
    """

    tree: str
    unmerged: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()
    clean: bool = True


@dataclass(frozen=True, slots=True)
class ScratchRepository:
    """A scratch repository in which merges are tried; nothing is written anywhere else."""

    folder: Path

    def commit(self, parent: str, files: Mapping[str, tuple[str, bytes] | None]) -> str:
        """Return a new commit on `parent`: each path gets (mode, content), None deletes it."""
        lines = [
            b"commit refs/heads/after",
            b"mark :1",
            b"committer reorg <reorg@localhost> 0 +0000",
        ]
        lines += [b"data 0", b"from " + parent.encode()]
        lines += [b"D " + _fast_import_path(p) for p, file in sorted(files.items()) if file is None]
        for path, file in sorted(files.items(), key=lambda item: item[0]):
            if file is not None:
                mode, content = file
                lines.append(b"M " + mode.encode() + b" inline " + _fast_import_path(path))
                lines.append(b"data %d\n%b" % (len(content), content))
        run_git(self.folder, "fast-import", "--quiet", "--force", stdin=b"\n".join([*lines, b""]))
        return run_git(self.folder, "rev-parse", "refs/heads/after").decode().strip()

    def commit_tree(
        self,
        tree: str,
        parents: Iterable[str],
        message: str = "",
        identity: tuple[str, str] | None = None,
    ) -> str:
        """Return a new commit of a tree; `identity` is a name and a mail address."""
        name, address = identity or ("reorg", "reorg@localhost")
        who = ("-c", f"user.name={name}", "-c", f"user.email={address}")
        of = [word for parent in parents for word in ("-p", parent)]
        return run_git(self.folder, *who, "commit-tree", tree, *of, "-m", message).decode().strip()

    def resolve(self, revision: str) -> str:
        """Return the full id of a commit."""
        return (
            run_git(self.folder, "rev-parse", "--verify", f"{revision}^{{commit}}").decode().strip()
        )

    def tree_of(self, commit: str) -> str:
        """Return the id of a commit's tree."""
        return run_git(self.folder, "rev-parse", "--verify", f"{commit}^{{tree}}").decode().strip()

    def merge(self, ours: str, theirs: str) -> Merge | None:
        """Merge two commits in memory, as git does by default; None without a common ancestor."""
        if not run_git(self.folder, "merge-base", ours, theirs, fine=(0, 1)):
            return None
        said = run_git(
            self.folder, "merge-tree", "--write-tree", "-z", "--messages", ours, theirs, fine=(0, 1)
        )
        tree, *fields = os.fsdecode(said).split("\0")
        end = fields.index("")
        unmerged = sorted({entry.partition("\t")[2] for entry in fields[:end]})
        conflicts = []
        messages = iter(fields[end + 1 :])
        for count in filter(None, messages):
            paths = [next(messages) for _ in range(int(count))]
            kind, _ = next(messages), next(messages)
            if kind.startswith("CONFLICT"):
                conflicts.append((kind.removeprefix("CONFLICT").strip(" ()"), paths[0]))
        return Merge(
            tree, tuple(unmerged), tuple(sorted(set(conflicts))), not (unmerged or conflicts)
        )

    def changed(
        self, old: str, new: str
    ) -> tuple[tuple[TrackedFile | None, TrackedFile | None], ...]:
        """Return the files that differ between two trees, before and after; None: it is not there.

        Renames are not detected.
        """
        listing = run_git(self.folder, "diff-tree", "-r", "-z", "--no-renames", old, new)
        fields = iter(os.fsdecode(listing).split("\0"))
        pairs = []
        for head in filter(None, fields):
            path = next(fields)
            modes, blobs = head.lstrip(":").split()[:2], head.split()[2:4]
            sides = (TrackedFile(path, m, b) for m, b in zip(modes, blobs, strict=True))
            before, after = (side if side.mode.strip("0") else None for side in sides)
            pairs.append((before, after))
        return tuple(pairs)

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """Return blob id → bytes, as `Repository.contents` does."""
        return read_blobs(self.folder, blobs)


def _fast_import_path(path: str) -> bytes:
    escaped = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + escaped + b'"'
