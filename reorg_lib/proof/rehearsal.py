"""The rehearsal: the script, run on scratch copies.

`--apply`, `--undo` and `--commit` run as a maintainer would type them, and the result of each is
recorded. (`--check` is `--apply` without its last command.) The user's checkout is never changed.
`points.py` judges the results.
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
    isolated_environment,
    read_blobs,
    renames_between,
    staged_files,
    unstaged_changes,
)
from reorg_lib.model import ChangeSet, TrackedFile

ScratchCopy: TypeAlias = Future[Path]
"""A scratch copy; a function waits until it exists."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a run of the script did to a scratch copy.

    `before` and `after` are all tracked files before and after `--apply`; `contents` has the bytes
    of both by blob id. `complaints` are sentences about everything that the script promises and
    does not do: a file left unstaged, an incomplete undo. `renames` are (source, target, similarity
    in per cent) of the renames that git detects in the first commit of `--commit`.
    """

    before: tuple[TrackedFile, ...]
    after: tuple[TrackedFile, ...]
    contents: Mapping[str, bytes]
    complaints: tuple[str, ...]
    renames: tuple[tuple[str, str, int], ...] = ()


@contextmanager
def scratch_copy(repository: Repository) -> Iterator[ScratchCopy]:
    """Make the scratch copy of a rehearsal in the background; delete it at the end."""
    with ExitStack() as made, ThreadPoolExecutor(max_workers=1) as beside:
        yield beside.submit(made.enter_context, repository.scratch_copy())


def rehearse(repository: Repository, script: str, given: ScratchCopy | None = None) -> Rehearsal:
    """Run `script` with --apply, --undo and then --commit, in one scratch copy.

    The copy is made here if none is `given`.

    Raises:
        ToolError: bash is not installed. A script that fails is a complaint, not an error.
    """
    with nullcontext(given) if given else scratch_copy(repository) as made:
        copy = made.result()
        there_and_back = _there_and_back(repository, script, copy)
        complaints, after, renames = _committed(repository, script, copy)
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
    old, new = ({file.blob for file in side if file.is_regular} for side in (before, after))
    contents = {**repository.contents(old), **read_blobs(copy, new - old)}
    complaints += run_script(script, "--undo", copy)
    if staged_files(copy) != before:
        complaints.append("--undo did not bring every tracked file back")
    complaints += [f"--undo left {p} behind" for p in unstaged_changes(copy)]
    return Rehearsal(before, after, contents, tuple(complaints))


def _committed(
    repository: Repository, script: str, copy: Path
) -> tuple[tuple[str, ...], tuple[TrackedFile, ...], tuple[tuple[str, str, int], ...]]:
    """Return the complaints, the tracked files after --commit, and the renames by git."""
    complaints = run_script(script, "--commit", copy)
    after = staged_files(copy)
    complaints += [f"--commit left {p} behind" for p in unstaged_changes(copy)]
    commits = commits_since(copy, repository.commit)
    if not commits:
        complaints.append("--commit made no commit")
    renames = renames_between(copy, repository.commit, commits[0]) if commits else ()
    return tuple(complaints), after, renames


def predict_result(repository: Repository, changeset: ChangeSet) -> Rehearsal:
    """Return the result of a rehearsal in which the script does exactly what was predicted."""
    before = repository.files()
    contents = repository.contents(file.blob for file in before if file.is_regular)
    made = {blob_id(content): content for _, content in changeset.results().values()}
    return Rehearsal(before, predicted_files(changeset, before), {**contents, **made}, ())


def predicted_files(changeset: ChangeSet, before: Iterable[TrackedFile]) -> tuple[TrackedFile, ...]:
    """Return the predicted tracked files after the script, sorted by path."""
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
        ToolError: bash is not installed.
    """
    path = copy.parent / "reorganize.sh"
    path.write_bytes(script.encode("utf-8", "surrogateescape"))
    try:
        done = subprocess.run(
            ["bash", str(path), mode],
            cwd=copy,
            env=isolated_environment(),
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
