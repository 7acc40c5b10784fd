"""What a team decides: steps, settled hazards, and what names in texts mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What the team said about a step."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One file goes from `source` to `target`; `candidates` are other targets, best first.

    `confidence` says from 0 to 1 how sure the proposal was of its target. `arguments` has what
    speaks for each candidate, in the same order, or is empty.
    """

    source: str
    target: str
    decision: Decision = Decision.PENDING
    reason: str = ""
    candidates: tuple[str, ...] = ()
    note: str = ""
    confidence: float = 1.0
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Split:
    """A module becomes a package; `parts` pairs each part's file name with what it holds."""

    source: str
    target: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    decision: Decision = Decision.PENDING
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Deletion:
    """One file goes away."""

    path: str
    decision: Decision = Decision.PENDING
    reason: str = ""
    note: str = ""


class GuardrailKind(StrEnum):
    """What keeps the layout from drifting once it is there."""

    PLACEMENT = "placement"
    STRUCTURE = "structure"
    TEST = "test"
    HOOK = "hook"


@dataclass(frozen=True, slots=True, order=True)
class Guardrail:
    """One file is written, or a section of it, that records or checks the layout's rule.

    By `kind`: a `CLAUDE.md` in the package, the structure section of a root file, a test that the
    project keeps, the definition of a hook that runs `reorg check`.
    """

    path: str
    kind: GuardrailKind
    decision: Decision = Decision.PENDING
    reason: str = ""
    note: str = ""


class Settlement(StrEnum):
    """How a blocking hazard was settled."""

    FIX = "fix"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True, order=True)
class HazardSettlement:
    """What the team said about a hazard; `note` is wanted where it is accepted."""

    id: str
    resolution: Settlement
    note: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """What the plan is about. `source_root` is "." where the root itself is on `sys.path`.

    `post_commands` are what the maintainer types after the script (the project's formatter): it
    prints them, and nothing here runs them.
    """

    package: str
    source_root: str
    commit: str
    post_commands: tuple[str, ...] = ()

    @property
    def path_prefixes(self) -> tuple[str, ...]:
        """What may be missing in front of a path: nothing, the source root, the parents."""
        root = "" if self.source_root == "." else self.source_root + "/"
        above = root + "".join(f"{parent}/" for parent in self.package.split(".")[:-1])
        return tuple(sorted({"", root, above}, key=len))


class NameDecision(StrEnum):
    """What people want to happen to a name in a text."""

    REWRITE = "rewrite"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, order=True)
class ReferenceRule:
    """A name in a text is to be rewritten or kept, whatever its context says.

    Counts for each name in the file at `path` (by its path before the moves) on `line`, or on every
    line where that is 0, and that begins with `text`, or for every name where that is empty.
    """

    path: str
    line: int
    text: str
    decision: NameDecision
    note: str = ""

    def covers(self, path: str, line: int, text: str) -> bool:
        """Tell whether the rule is about a name at a place."""
        here = self.path == path and self.line in (0, line)
        return here and (not self.text or self.text.startswith(text) or text.startswith(self.text))


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was proposed and decided, in the order of the plan file."""

    scope: Scope
    moves: tuple[Move, ...] = ()
    splits: tuple[Split, ...] = ()
    deletions: tuple[Deletion, ...] = ()
    hazards: tuple[HazardSettlement, ...] = ()
    guardrails: tuple[Guardrail, ...] = ()
    references: tuple[ReferenceRule, ...] = ()

    def approved_moves(self) -> tuple[Move, ...]:
        """The moves that are exported."""
        return tuple(move for move in self.moves if move.decision is Decision.APPROVED)

    def approved_splits(self) -> tuple[Split, ...]:
        """The splits that are exported."""
        return tuple(split for split in self.splits if split.decision is Decision.APPROVED)

    def approved_deletions(self) -> tuple[Deletion, ...]:
        """The deletions that are exported."""
        return tuple(step for step in self.deletions if step.decision is Decision.APPROVED)

    def approved_guardrails(self) -> tuple[Guardrail, ...]:
        """The guardrails that are exported."""
        return tuple(step for step in self.guardrails if step.decision is Decision.APPROVED)
