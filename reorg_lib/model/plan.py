"""What a team decides: steps, settled hazards, and what names in texts mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Decision(StrEnum):
    """What the team said about a step."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """What is proposed and decided about the file `source`.

    `target` is "" where nothing goes anywhere; `candidates` are other targets, best first.
    `confidence` says from 0 to 1 how sure the proposal was of its target. `arguments` has what
    speaks for each candidate, in the same order, or is empty.
    """

    source: str
    target: str = ""
    decision: Decision = Decision.PENDING
    reason: str = ""
    note: str = ""
    candidates: tuple[str, ...] = ()
    confidence: float = 1.0
    arguments: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The word for the kind of step in the plan file: move, split, deletion or guardrail."""
        return type(self).__name__.lower()


@dataclass(frozen=True, slots=True, order=True)
class Move(Step):
    """The file goes from `source` to `target`."""


@dataclass(frozen=True, slots=True, order=True)
class Split(Step):
    """The module becomes the package `target`; `parts` pairs a file name with what it holds."""

    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Deletion(Step):
    """The file goes away."""


class GuardrailKind(StrEnum):
    """What keeps the layout from drifting once it is there."""

    PLACEMENT = "placement"
    STRUCTURE = "structure"
    TEST = "test"
    HOOK = "hook"


@dataclass(frozen=True, slots=True, order=True)
class Guardrail(Step):
    """The file is written, or a section of it, and records or checks the layout's rule.

    By `form`: a `CLAUDE.md` in the package, the structure section of a root file, a test that the
    project keeps, the definition of a hook that runs `reorg check`.
    """

    form: GuardrailKind = GuardrailKind.PLACEMENT


STEP_KINDS: tuple[type[Step], ...] = (Move, Split, Deletion, Guardrail)
"""In the order in which a plan has them."""


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
    def package_folder(self) -> str:
        """The folder of the package, from the repository's root: `server/osa/infrastructure`."""
        inside = self.package.replace(".", "/")
        return inside if self.source_root == "." else f"{self.source_root}/{inside}"

    def below_package(self, path: str) -> str:
        """Return a path as people read it: without the package's folder."""
        return path.removeprefix(f"{self.package_folder}/")

    def concern(self, path: str) -> str:
        """Return the first folder below the package's that holds a path, "" where there is none."""
        inside = self.below_package(path)
        return inside.partition("/")[0] if inside != path and "/" in inside else ""

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
    """Everything that was proposed and decided, in the order of the plan file.

    The steps of one kind stand together, whatever the order in which they are given.
    """

    scope: Scope
    steps: tuple[Step, ...] = ()
    hazards: tuple[HazardSettlement, ...] = ()
    references: tuple[ReferenceRule, ...] = ()

    def __post_init__(self) -> None:
        """Bring the kinds of step into their order."""
        ordered = sorted(self.steps, key=lambda step: STEP_KINDS.index(type(step)))
        object.__setattr__(self, "steps", tuple(ordered))

    @property
    def moves(self) -> tuple[Move, ...]:
        """The steps that are moves."""
        return tuple(step for step in self.steps if isinstance(step, Move))

    @property
    def splits(self) -> tuple[Split, ...]:
        """The steps that are splits."""
        return tuple(step for step in self.steps if isinstance(step, Split))

    @property
    def deletions(self) -> tuple[Deletion, ...]:
        """The steps that are deletions."""
        return tuple(step for step in self.steps if isinstance(step, Deletion))

    @property
    def guardrails(self) -> tuple[Guardrail, ...]:
        """The steps that are guardrails."""
        return tuple(step for step in self.steps if isinstance(step, Guardrail))

    def approved(self) -> Plan:
        """Return the plan with the steps alone that are exported."""
        chosen = tuple(step for step in self.steps if step.decision is Decision.APPROVED)
        return replace(self, steps=chosen)
