"""The only code that calls git.

Owns the way from a path to tracked files, contents and scratch copies. Reads one commit, never
the working tree, so a half-edited file cannot slip into a survey. Must not know what is inside
the files, and never runs anything that the repository brings: hooks, filters and the user's
own git configuration are switched off.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reorg_lib.errors import NotARepository, PlanError, ToolError
from reorg_lib.model import TrackedFile

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

_STAGED = "staged:"


@dataclass(frozen=True, slots=True)
class Repository:
    """One commit of a git repository on disk. Make one with `open_repository`."""

    root: Path
    commit: str

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
        """Return the same repository with what is staged in place of the commit.

        Its `commit` is a digest of the index. It can be read, and nothing else.
        """
        listing = repr(staged_files(self.root)).encode("utf-8", "surrogateescape")
        digest = hashlib.sha1(listing, usedforsecurity=False).hexdigest()
        return Repository(self.root, f"{_STAGED}{digest}")

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """Return blob id → bytes for many blobs with one git process.

        Raises:
            ToolError: a blob is missing, as in a partial clone.
        """
        return read_blobs(self.root, blobs)

    def contents_by_path(self, files: Iterable[TrackedFile]) -> Mapping[str, bytes]:
        """Return path → bytes as git stores them; a symlink's bytes are where it points.

        Submodules hold no content of this repository and are left out.

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
            date_back(copy, self.files())
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
        """Return the remote branch that the remote itself shows first, such as origin/main."""
        heads = run_git(self.root, "for-each-ref", "--format=%(symref:short)", "refs/remotes")
        return next((os.fsdecode(name) for name in heads.split(b"\n") if name), None)

    def commits_that_say(self, text: str) -> tuple[str, ...]:
        """Return the commits of all branches whose message holds `text`, the oldest first."""
        options = ("--all", "--topo-order", "--reverse", "--format=%H", "--fixed-strings")
        return tuple(run_git(self.root, "log", *options, f"--grep={text}").decode().split())

    def identity(self) -> tuple[str, str]:
        """Return the name and the address of whoever commits here.

        Raises:
            ToolError: git does not know them.
        """
        said = run_git(self.root, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
        name, _, rest = os.fsdecode(said).partition(" <")
        return name, rest.partition(">")[0]

    def receive(self, room: MergeRoom, commit: str, branch: str) -> None:
        """Take a commit over from a merge room, as a new branch.

        Raises:
            PlanError: there is a branch of that name.
        """
        if run_git(self.root, "for-each-ref", f"refs/heads/{branch}"):
            raise PlanError(f"there is a branch {branch} already; rename or delete it first")
        wanted = f"{commit}\n^{commit}^1\n^{commit}^2\n".encode()
        packed = run_git(room.folder, "pack-objects", "-q", "--revs", "--stdout", stdin=wanted)
        run_git(self.root, "unpack-objects", "-q", stdin=packed)
        run_git(self.root, "update-ref", f"refs/heads/{branch}", commit, "0" * 40)

    @contextmanager
    def merge_room(self) -> Iterator[MergeRoom]:
        """Yield a place where commits can be made and merged that the repository never sees.

        The repository's `.gitattributes` count as in its own checkout; its configuration does not,
        so that no merge driver of it can run, and git merges as it does by default.
        """
        with self._borrowing_copy() as copy:
            attributes = [f for f in self.files() if f.path.rpartition("/")[2] == ".gitattributes"]
            for path, content in self.contents_by_path(
                f for f in attributes if f.is_regular
            ).items():
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                (copy / path).write_bytes(content)
            yield MergeRoom(copy)

    @contextmanager
    def _borrowing_copy(self) -> Iterator[Path]:
        """Yield an empty repository that sees the objects of this one, and remove it at the end."""
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


@dataclass(frozen=True, slots=True)
class Merge:
    """What git makes of two commits.

    `conflicts` pairs git's own word for each ("contents", "modify/delete", ...) with its path;
    `unmerged` are the paths that a person would find unmerged. `tree` has conflict marks in it.
    """

    tree: str
    unmerged: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()
    clean: bool = True


@dataclass(frozen=True, slots=True)
class MergeRoom:
    """A repository for trying merges out; whatever is written stays in it."""

    folder: Path

    def commit(self, parent: str, files: Mapping[str, tuple[str, bytes] | None]) -> str:
        """Return a commit on `parent` with each path at (mode, content), or gone where None."""
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
        """Return a commit of a tree; `identity` is a name and an address."""
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
        """Return what differs between two trees: each file before and after, None where it is not.

        Nothing is taken for a rename.
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


def git_version() -> tuple[int, ...]:
    """Return the version of the git on PATH, such as (2, 39, 5).

    Raises:
        ToolError: there is none.
    """
    said = run_git(Path(), "version").decode(errors="replace")
    found = re.search(r"\d+(?:\.\d+)+", said)
    return tuple(int(number) for number in found[0].split(".")) if found else ()


def open_repository(path: Path, commit: str = "HEAD") -> Repository:
    """Open the repository that `path` lies in, at `commit`.

    Raises:
        NotARepository: there is no such folder, no repository, or no such commit in it.
        ToolError: git is not there, or too old.
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
    """Return what a checkout holds beyond its index: edited, missing and untracked paths."""
    run_git(folder, "update-index", "-q", "--really-refresh")
    edited = run_git(folder, "diff-files", "--name-only", "-z")
    untracked = run_git(folder, "ls-files", "--others", "-z")
    return tuple(sorted(os.fsdecode(p) for p in (edited + untracked).split(b"\0") if p))


def check_out(folder: Path, commit: str) -> None:
    """Bring a scratch copy to a commit; whatever else lies in it goes."""
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


def quiet_environment() -> dict[str, str]:
    """Return an environment in which git reads no configuration but the repository's own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    return {**inherited, **_QUIET}


_DATE_BACK = """
import os, sys, time
long_ago = time.time() - 60
for path in sys.stdin.buffer.read().split(b"\\0"):
    try:
        os.utime(path, (long_ago, long_ago), follow_symlinks=False)
    except OSError:  # such as a submodule that is not there
        pass
"""


def date_back(checkout: Path, files: Iterable[TrackedFile]) -> None:
    """Date the files of a fresh checkout back, as those of a user's are.

    git reads a file again, at each command, whose time is not before that of the index: it may
    have changed in the same tick. In a copy that was just made that is every file. Done by a
    process of its own, since in a thread beside one that computes each call waits for its turn.
    """
    paths = b"\0".join(os.fsencode(file.path) for file in files)
    command = [sys.executable, "-I", "-S", "-c", _DATE_BACK]
    subprocess.run(command, cwd=checkout, input=paths, check=True)
    run_git(checkout, "update-index", "-q", "--refresh", fine=(0, 1))


def _fast_import_path(path: str) -> bytes:
    escaped = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + escaped + b'"'


def run_git(
    folder: Path, *arguments: str, stdin: bytes | None = None, fine: Collection[int] = (0,)
) -> bytes:
    """Return what git prints in a folder, under no configuration but the repository's own.

    Raises:
        ToolError: git is not there, or ends with a status that is not among `fine`.
    """
    safe = ("core.hooksPath=" + os.devnull, "core.fsmonitor=false", "safe.directory=*")
    command = ["git", *(word for setting in safe for word in ("-c", setting))]
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            input=stdin,
            env=quiet_environment(),
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise ToolError("git is not installed, or not on PATH") from error
    if done.returncode not in fine:
        said = done.stderr.decode(errors="replace").strip()
        raise ToolError(f"git {arguments[0]} failed in {folder}: {said}")
    return done.stdout
