"""The only code that calls git.

Owns the way from a path to tracked files, contents and scratch copies. It reads one commit and
never the working tree, so that a half-edited file does not get into a survey. Must not know what
is inside the files, and never runs code of the repository: hooks, filters and the user's own git
configuration are switched off.
"""

from .command import git_version, isolated_environment, read_blobs, run_git
from .merging import Merge, ScratchRepository
from .repository import Branch, Repository, blob_id, open_repository
from .working_tree import (
    backdate_files,
    check_out,
    commits_since,
    renames_between,
    staged_files,
    unstaged_changes,
)

__all__ = [
    "Branch",
    "Merge",
    "Repository",
    "ScratchRepository",
    "backdate_files",
    "blob_id",
    "check_out",
    "commits_since",
    "git_version",
    "isolated_environment",
    "open_repository",
    "read_blobs",
    "renames_between",
    "run_git",
    "staged_files",
    "unstaged_changes",
]
