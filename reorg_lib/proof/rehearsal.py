"""The script, run for real on a scratch copy.

Owns the dress rehearsal: `--apply`, `--undo` and `--commit` as a maintainer would type them, and
what each left behind. `--check` is `--apply` without its last command. Never touches the user's
checkout. Must not judge the result; that is `proof`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from reorg_lib.errors import ToolError
from reorg_lib.git import (
    Repository,
    blob_id,
    commits_since,
    quiet_environment,
    renames_between,
    staged_files,
    unstaged_changes,
)
from reorg_lib.model import ChangeSet, TrackedFile

ScratchCopies: TypeAlias = tuple[Future[Path], Future[Path]]
"""Two scratch copies, each as soon as it is there."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a run of the script did to a scratch copy.

    `before` and `after` are all tracked files around `--apply`, `contents` the bytes behind the
    blob ids of both. `complaints` are sentences about anything that went otherwise than the script
    promises: a file left unstaged, an undo that does not come back. `renames` are (source, target,
    similarity in per cent) of what git sees as renames in the first commit that `--commit` makes.
    """

    before: tuple[TrackedFile, ...]
    after: tuple[TrackedFile, ...]
    contents: Mapping[str, bytes]
    complaints: tuple[str, ...]
    renames: tuple[tuple[str, str, int], ...] = ()


@contextmanager
def scratch_copies(repository: Repository) -> Iterator[ScratchCopies]:
    """Begin to make the two scratch copies of a rehearsal, beside other work; remove them after."""
    with ExitStack() as made, ThreadPoolExecutor(max_workers=2) as beside:
        yield (
            beside.submit(made.enter_context, repository.scratch_copy()),
            beside.submit(made.enter_context, repository.scratch_copy()),
        )


def rehearse(repository: Repository, script: str, given: ScratchCopies | None = None) -> Rehearsal:
    """Run `script` with --apply, --undo and, beside that, with --commit.

    Each of the two in a scratch copy of its own, made here if none are `given`.

    Raises:
        ToolError: bash is not there. A script that fails is a complaint, not an error.
    """
    with (
        nullcontext(given) if given else scratch_copies(repository) as (one, other),
        ThreadPoolExecutor(max_workers=1) as beside,
    ):
        committing = beside.submit(_committed, repository, script, other)
        there_and_back = _there_and_back(repository, script, one.result())
        complaints, after, renames = committing.result()
    if after != there_and_back.after:
        complaints = (*complaints, "--commit made something else than --apply")
    return replace(
        there_and_back, complaints=(*there_and_back.complaints, *complaints), renames=renames
    )


def _there_and_back(repository: Repository, script: str, copy: Path) -> Rehearsal:
    complaints: list[str] = []
    before = staged_files(copy)
    complaints += run_script(script, "--apply", copy)
    after = staged_files(copy)
    complaints += [f"--apply left {p} unstaged" for p in unstaged_changes(copy)]
    blobs = (file.blob for file in (*before, *after) if file.is_regular)
    contents = Repository(copy, repository.commit).contents(blobs)
    complaints += run_script(script, "--undo", copy)
    if staged_files(copy) != before:
        complaints.append("--undo did not bring every tracked file back")
    complaints += [f"--undo left {p} behind" for p in unstaged_changes(copy)]
    return Rehearsal(before, after, contents, tuple(complaints))


def _committed(
    repository: Repository, script: str, stage: Future[Path]
) -> tuple[tuple[str, ...], tuple[TrackedFile, ...], tuple[tuple[str, str, int], ...]]:
    """Return the complaints, the tracked files after --commit, and the renames that git sees."""
    copy = stage.result()
    complaints = run_script(script, "--commit", copy)
    after = staged_files(copy)
    complaints += [f"--commit left {p} behind" for p in unstaged_changes(copy)]
    commits = commits_since(copy, repository.commit)
    if not commits:
        complaints.append("--commit made no commit")
    renames = renames_between(copy, repository.commit, commits[0]) if commits else ()
    return tuple(complaints), after, renames


def predict_result(repository: Repository, changeset: ChangeSet) -> Rehearsal:
    """Return what a rehearsal finds if the script does exactly what was predicted."""
    before = repository.files()
    contents = repository.contents(file.blob for file in before if file.is_regular)
    made = {blob_id(content): content for _, content in changeset.results().values()}
    return Rehearsal(before, predicted_files(changeset, before), {**contents, **made}, ())


def predicted_files(changeset: ChangeSet, before: Iterable[TrackedFile]) -> tuple[TrackedFile, ...]:
    """Return all tracked files after the script, sorted by path."""
    files = {file.path: file for file in before}
    for change in changeset.changes:
        if change.source is not None:
            files.pop(change.source, None)
    for path, (mode, content) in changeset.results().items():
        files[path] = TrackedFile(path, mode, blob_id(content))
    return tuple(sorted(files.values()))


def run_script(script: str, mode: str, copy: Path) -> list[str]:
    """Run the script's text in a scratch copy, and return a complaint if it fails.

    Raises:
        ToolError: bash is not there.
    """
    path = copy.parent / "reorganize.sh"
    path.write_bytes(script.encode("utf-8", "surrogateescape"))
    try:
        done = subprocess.run(
            ["bash", str(path), mode],
            cwd=copy,
            env=quiet_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except FileNotFoundError as error:
        raise ToolError("bash is not installed, or not on PATH; the rehearsal needs it") from error
    if done.returncode == 0:
        return []
    said = done.stdout.decode(errors="replace").strip().splitlines()
    return [f"{mode} ended with exit {done.returncode}: " + " / ".join(said[-3:])]
