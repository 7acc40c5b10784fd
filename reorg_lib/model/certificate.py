"""What a rehearsal showed: the points of the proof, and how git sees the moves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProofPoint:
    """One point of the certificate: what was shown, how often, and each place where it fails.

    A point that only `informs` blocks nothing, whatever it finds. `not_checked` is why there was no
    evidence to judge, or "".
    """

    number: int
    title: str
    count: int
    unit: str
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    informs: bool = False
    not_checked: str = ""

    @property
    def holds(self) -> bool:
        """True when nothing speaks against it."""
        return not self.failures

    @property
    def blocks(self) -> bool:
        """True when the script must not be run because of it."""
        return bool(self.failures) and not self.informs

    @property
    def checked(self) -> str:
        """How much was checked, such as "172 tracked files", or why nothing was."""
        return (
            f"not checked, because {self.not_checked}"
            if self.not_checked
            else f"{self.count:,} {self.unit}"
        )


@dataclass(frozen=True, slots=True, order=True)
class DetectedRename:
    """How git sees one move in the commit of the moves and rewrites.

    `similarity` is git's own, in per cent of the content. It is None where git sees no rename from
    `source`: then `taken_from` is the file of the same content that it shows instead, or "".
    """

    source: str
    target: str
    similarity: int | None
    taken_from: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one rehearsal of one script proved. `script` is the script's git blob id.

    `renames` has one entry for each move.
    """

    commit: str
    script: str
    moves: int
    rewritten: int
    created: int
    deleted: int
    points: tuple[ProofPoint, ...]
    renames: tuple[DetectedRename, ...] = ()

    @property
    def holds(self) -> bool:
        """True when no point speaks against the script, those left out that only inform."""
        return not any(point.blocks for point in self.points)
