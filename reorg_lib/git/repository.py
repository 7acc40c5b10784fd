"""A repository at one commit: its files, branches and scratch copies."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reorg_lib.errors import NotARepository, PlanError, ToolError
from reorg_lib.model import TrackedFile

from .command import _OLDEST_GIT, git_version, read_blobs, run_git
from .merging import ScratchRepository
from .working_tree import backdate_files, staged_files

_STAGED = "staged:"


@dataclass(frozen=True, slots=True)
class Repository:
    """One commit of a git repository on disk. Make one with `open_repository`.

    What was read of it is kept, so that git is asked for each blob once.
    """

    root: Path
    commit: str
    _known: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def files(self) -> tuple[TrackedFile, ...]:
        """Return every entry of the commit's tree, sorted by path, submodules included."""
        if self.commit.startswith(_STAGED):
            return staged_files(self.root)
        listing = run_git(self.root, "ls-tree", "-r", "-z", "--full-tree", self.commit)
        entries = (entry.split(b"\t", 1) for entry in listing.split(b"\0") if entry)
        files = []
        for head, path in entries:
            mode, _, blob = head.decode().split()
            files.append(TrackedFile(os.fsdecode(path), mode, blob))
        return tuple(sorted(files))

    def staged(self) -> Repository:
        """Return this repository with the staged files in place of those of the commit.

        Its `commit` is a digest of the index, so it can only be read.
        """
        listing = repr(staged_files(self.root)).encode("utf-8", "surrogateescape")
        digest = hashlib.sha1(listing, usedforsecurity=False).hexdigest()
        return Repository(self.root, f"{_STAGED}{digest}")

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """Return blob id → bytes for many blobs with one git process at most.

        Raises:
            ToolError: a blob is missing, as in a partial clone.
        """
        wanted = set(blobs)
        if missing := wanted - self._known.keys():
            self._known.update(read_blobs(self.root, missing))
        return {blob: self._known[blob] for blob in wanted}

    def contents_by_path(self, files: Iterable[TrackedFile]) -> Mapping[str, bytes]:
        """Return path → bytes as git stores them; the bytes of a symlink are its target.

        Submodules are left out: their content is in another repository.

        Raises:
            ToolError: a blob is missing, as in a partial clone.
        """
        held = [file for file in files if file.mode != "160000"]
        found = self.contents(file.blob for file in held)
        return {file.path: found[file.blob] for file in held}

    @contextmanager
    def scratch_copy(self) -> Iterator[Path]:
        """Yield a folder that holds this commit, checked out, as a repository of its own.

        The copy borrows the objects of the original and is removed afterwards; nothing in the
        original is written. Filters (such as LFS) do not run: files are as git stores them.
        """
        with self._borrowing_copy() as copy:
            run_git(copy, "checkout", "-q", "--detach", self.commit)
            backdate_files(copy, self.files())
            yield copy

    def branches(self, names: Iterable[str] = ()) -> tuple[Branch, ...]:
        """Return the local and remote branches that are not merged into the commit, by name.

        Args:
            names: the branches to look at instead, merged or not.

        Raises:
            NotARepository: there is no branch or commit of such a name.
        """
        asked = [f"refs/heads/{n}" for n in names] + [f"refs/remotes/{n}" for n in names]
        which = asked or [f"--no-merged={self.commit}", "refs/heads", "refs/remotes"]
        form = "%(objectname) %(committerdate:short) %(symref:short) %(refname)"
        listing = os.fsdecode(run_git(self.root, "for-each-ref", f"--format={form}", *which))
        lines = [line.split(" ", 3) for line in listing.splitlines()]
        found = [
            Branch(
                re.sub("^refs/(heads|remotes)/", "", ref), commit, date, ref.startswith("refs/r")
            )
            for commit, date, symbolic, ref in lines
            if not symbolic
        ]
        if missing := sorted({*names} - {branch.name for branch in found}):
            raise NotARepository(
                f"{self.root} has no branch {', '.join(missing)}; `git branch -a` lists what it has"
            )
        return tuple(sorted(found))

    def default_branch(self) -> str | None:
        """Return the default branch of the remote, such as origin/main."""
        heads = run_git(self.root, "for-each-ref", "--format=%(symref:short)", "refs/remotes")
        return next((os.fsdecode(name) for name in heads.split(b"\n") if name), None)

    def commits_mentioning(self, text: str) -> tuple[str, ...]:
        """Return the commits of all branches whose message contains `text`, the oldest first."""
        options = ("--all", "--topo-order", "--reverse", "--format=%H", "--fixed-strings")
        return tuple(run_git(self.root, "log", *options, f"--grep={text}").decode().split())

    def identity(self) -> tuple[str, str]:
        """Return the name and the mail address that git uses for commits here.

        Raises:
            ToolError: git knows neither.
        """
        said = run_git(self.root, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
        name, _, rest = os.fsdecode(said).partition(" <")
        return name, rest.partition(">")[0]

    def import_commit(self, scratch: ScratchRepository, commit: str, branch: str) -> None:
        """Copy a commit from a scratch repository, as a new branch.

        Raises:
            PlanError: there is a branch of that name.
        """
        if run_git(self.root, "for-each-ref", f"refs/heads/{branch}"):
            raise PlanError(f"a branch {branch} already exists; rename or delete it first")
        wanted = f"{commit}\n^{commit}^1\n^{commit}^2\n".encode()
        packed = run_git(scratch.folder, "pack-objects", "-q", "--revs", "--stdout", stdin=wanted)
        run_git(self.root, "unpack-objects", "-q", stdin=packed)
        run_git(self.root, "update-ref", f"refs/heads/{branch}", commit, "0" * 40)

    @contextmanager
    def scratch_repository(self) -> Iterator[ScratchRepository]:
        """Yield a scratch repository to commit and merge in; this repository is not changed.

        The `.gitattributes` of the repository apply, as in its own checkout. Its configuration
        does not: none of its merge drivers can run, and git merges as it does by default.
        """
        with self._borrowing_copy() as copy:
            attributes = [f for f in self.files() if f.path.rpartition("/")[2] == ".gitattributes"]
            for path, content in self.contents_by_path(
                f for f in attributes if f.is_regular
            ).items():
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                (copy / path).write_bytes(content)
            yield ScratchRepository(copy)

    @contextmanager
    def _borrowing_copy(self) -> Iterator[Path]:
        """Yield an empty repository that shares the objects of this one; remove it at the end."""
        folder = Path(tempfile.mkdtemp(prefix="reorg-"))
        try:
            copy = folder / "repository"
            run_git(folder, "init", "-q", "--template=", str(copy))
            objects = os.fsdecode(run_git(self.root, "rev-parse", "--git-path", "objects")).strip()
            alternates = copy / ".git" / "objects" / "info" / "alternates"
            alternates.parent.mkdir(parents=True, exist_ok=True)
            alternates.write_text(f"{(self.root / objects).resolve()}\n")
            shallow = os.fsdecode(run_git(self.root, "rev-parse", "--git-path", "shallow")).strip()
            if (self.root / shallow).is_file():
                shutil.copy(self.root / shallow, copy / ".git" / "shallow")
            run_git(copy, "config", "core.autocrlf", "false")
            run_git(copy, "config", "user.name", "rehearsal")
            run_git(copy, "config", "user.email", "rehearsal@localhost")
            yield copy
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True, order=True)
class Branch:
    """A branch by its short name (`topic`, `origin/topic`), and the day of its last commit."""

    name: str
    commit: str
    date: str
    is_remote: bool


def open_repository(path: Path, commit: str = "HEAD") -> Repository:
    """Open the repository that `path` lies in, at `commit`.

    Raises:
        NotARepository: there is no such folder, no repository, or no such commit in it.
        ToolError: git is not installed, or too old.
    """
    version = git_version()
    if version < _OLDEST_GIT:
        raise ToolError(
            f"git {'.'.join(map(str, version))} is too old: git 2.30 or newer is needed, here and"
            " for the script; update it, or put a newer one first on PATH"
        )
    if not path.is_dir():
        raise NotARepository(f"{path} is not a folder; give the path of a git checkout")
    try:
        root = Path(os.fsdecode(run_git(path, "rev-parse", "--show-toplevel")).rstrip("\n"))
    except ToolError as error:
        raise NotARepository(
            f"{path} is not inside a git checkout; give its path, or run `git init` and commit"
        ) from error
    try:
        found = run_git(root, "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}")
    except ToolError as error:
        where = "no commit yet" if commit == "HEAD" else f"no commit {commit}"
        raise NotARepository(f"{root} has {where}; commit the files first") from error
    return Repository(root, found.decode().strip())


def blob_id(content: bytes) -> str:
    """Return the id that git gives to `content` (SHA-1 over a `blob SIZE NUL` header)."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
