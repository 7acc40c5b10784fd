"""The errors that a user can cause and fix.

Owns the exception family. Knows no other package; each of them may raise from here. Only the
command line turns such an error into an exit status.
"""

from __future__ import annotations


class ReorgError(Exception):
    """An error that a user can fix: the text says what, where, and what to do next."""


class NotARepository(ReorgError):
    """The path is not inside a git repository with a commit."""


class PackageNotFound(ReorgError):
    """The package to survey is not among the tracked files, or several could be meant."""


class PlanError(ReorgError):
    """The plan file cannot be read, or contains a step that cannot be carried out.

    Attributes:
        where: the file and line, or the step of the plan, that is wrong; may be empty.
    """

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.where = where


class RewriteError(ReorgError):
    """An approved plan cannot be carried out exactly: a reference has no right new form.

    Attributes:
        reasons: one sentence for each place, `path:line` first, sorted.
    """

    def __init__(self, message: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message, *(f"  {reason}" for reason in reasons))))
        self.reasons = reasons


class HazardError(ReorgError):
    """A blocking hazard is not settled in the plan.

    Attributes:
        ids: the hazards' ids, sorted.
    """

    def __init__(self, message: str, ids: tuple[str, ...]) -> None:
        super().__init__(message)
        self.ids = ids


class ProofError(ReorgError):
    """The rehearsal ran, and the certificate has a point that fails.

    Attributes:
        failed: the titles of the points that failed, in the certificate's order.
    """

    def __init__(self, message: str, failed: tuple[str, ...]) -> None:
        super().__init__(message)
        self.failed = failed


class ToolError(ReorgError):
    """A program that this one calls (git, bash, sed, pydeps) failed; the text quotes its output."""


class VocabularyError(ReorgError):
    """The project's `reorg.toml` cannot be read, or has an entry that is not known."""
