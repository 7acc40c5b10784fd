"""The records that the rooms hand to one another.

Owns the words of the field as frozen values: what is there (`Survey`), what should be (`Plan`),
how it gets there (`ChangeSet`) and what was shown (`Certificate`). Must not know how any of them
is found, drawn or written: no input, no output, no rule.

Paths are relative to the repository's root and `/`-separated. Module names are dotted, as an
importer would write them with the source root on `sys.path`. Lines count from 1, spans are byte
offsets `[start, end)` into the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reorg_lib.errors import RewriteError

# ---------------------------------------------------------------------------------- repository


@dataclass(frozen=True, slots=True, order=True)
class TrackedFile:
    """One entry of a commit's tree. `mode` is git's (100644, 100755, 120000, 160000)."""

    path: str
    mode: str
    blob: str

    @property
    def is_regular(self) -> bool:
        """False for symlinks and submodules, which are never read or rewritten."""
        return self.mode.startswith("100")


# -------------------------------------------------------------------------------------- survey


class ImportKind(StrEnum):
    """Where an import stands, the innermost that applies; it decides when the import runs."""

    TOP_LEVEL = "top-level"
    FUNCTION = "function-level"
    TYPE_CHECKING = "type-checking"
    TRY = "try"


@dataclass(frozen=True, slots=True, order=True)
class ImportedName:
    """One `name [as alias]` of an import statement; `name` is dotted in `import a.b as c`."""

    name: str
    alias: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class ImportStatement:
    """One import statement as it is written.

    `import a.b, c as d` has level 0, module "" and names (a.b), (c as d), with is_from False.
    `from ..x import y as z` has level 2, module "x", names (y as z), with is_from True.
    A star import has the single name "*".
    """

    line: int
    start: int
    end: int
    is_from: bool
    level: int
    module: str
    names: tuple[ImportedName, ...]
    kind: ImportKind


@dataclass(frozen=True, slots=True, order=True)
class ClassDefinition:
    """A class at any level. `bases` are dotted as written, `methods` the names of its defs."""

    line: int
    name: str
    bases: tuple[str, ...]
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class FileAnchor:
    """A use of `__file__` and how far it climbs.

    `climbs` is the number of folders between the file and the path that the expression yields:
    `Path(__file__)` is 0, `.parent` is 1, `.parents[2]` and three nested `dirname` are 3; None when
    it cannot be read off. The span covers the longest expression that was understood.
    """

    line: int
    start: int
    end: int
    climbs: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Syntax:
    """What one Python file says about itself, read without running it and in any version.

    `texts` are the spans of string contents and comments: places where a name is text and not
    code. `bound` are the names that the module binds at its top level, imports included.
    `calls` are the dotted names of what is called, as written and sorted, each once.
    `error_line` is the first line that does not parse, or None.
    """

    imports: tuple[ImportStatement, ...]
    classes: tuple[ClassDefinition, ...]
    anchors: tuple[FileAnchor, ...]
    texts: tuple[tuple[int, int], ...]
    bound: frozenset[str]
    calls: tuple[str, ...]
    error_line: int | None = None


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file under the source root, or (with blob "") a folder without `__init__.py`."""

    name: str
    path: str
    blob: str
    is_package: bool
    lines: int
    syntax: Syntax

    @property
    def package(self) -> str:
        """The package that a relative import of level 1 starts from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True, order=True)
class DirectImport:
    """One edge of the import graph: `importer` imports the module `imported` on `line`."""

    importer: str
    imported: str
    line: int
    kind: ImportKind

    def __str__(self) -> str:
        return f"{self.importer} -> {self.imported} (line {self.line}, {self.kind})"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A text (string, comment, other tracked file) that names a module, dotted or as a path."""

    path: str
    line: int
    start: int
    end: int
    text: str
    module: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Why something was concluded: a line of the repository and what it shows."""

    path: str
    line: int
    text: str
    shows: str


@dataclass(frozen=True, slots=True)
class Classification:
    """What a module of the surveyed package adapts and serves, with the evidence kept.

    `technology` is None when nothing in the module names one. `domains` pairs each bounded
    context with the number of imports from it, the most used first. `ports` are the dotted names
    of the interfaces of the domain that its classes implement. `technologies` has all that it
    shows with their weights, best first: `technology` is the first. `provides` pairs each port that
    it wires with the class that stands for it, both dotted.
    """

    module: str
    technology: str | None
    domains: tuple[tuple[str, int], ...]
    role: str | None
    ports: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    technologies: tuple[tuple[str, float], ...] = ()
    provides: tuple[tuple[str, str], ...] = ()

    @property
    def domain(self) -> str | None:
        """The bounded context that the module imports most, or None."""
        return self.domains[0][0] if self.domains else None


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A file that could not be taken into the survey, and what to do about it."""

    path: str
    line: int
    message: str


class FindingKind(StrEnum):
    """What speaks against a layout."""

    TECHNOLOGY_SCATTERED = "technology scattered"
    BACKENDS_APART = "backends apart"
    STRANGER = "stranger"
    EMPTY_PACKAGE = "empty package"
    GRAB_BAG = "grab-bag"
    CONTEXT_NAMED = "context-named package"
    CYCLE = "cycle"
    SEVERAL_CONTEXTS = "serves several contexts"
    DUPLICATE_NAMES = "duplicate base names"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against the layout, as a sentence that can be read out.

    `weight` says from 0 to 1 how much it matters beside the others. `modules` are dotted names,
    sorted: those that it is about.
    """

    kind: FindingKind
    weight: float
    sentence: str
    modules: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was read from one commit.

    `modules` are all Python modules under the source root, sorted by name, the folders without
    `__init__.py` that hold modules included. `edges` are the first-party imports between them.
    `classifications` has one entry for each module of `package`. `files` are all tracked files.
    `findings` are what speaks against the layout, the heaviest first. `additions` is the text of
    the project's `reorg.toml`, which adds to the vocabulary. `notes` say what could not be told,
    a sentence each. `outside` are the Python files that nobody can import by a name, such as tests
    and scripts beside a source root `src`; their names are "".
    """

    commit: str
    package: str
    source_root: str
    files: tuple[TrackedFile, ...]
    modules: tuple[Module, ...]
    edges: tuple[DirectImport, ...]
    references: tuple[Reference, ...]
    classifications: tuple[Classification, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...] = ()
    additions: str = ""
    notes: tuple[str, ...] = ()
    outside: tuple[Module, ...] = ()

    def modules_by_name(self) -> Mapping[str, Module]:
        """Module name → module, in the order of the names."""
        return {module.name: module for module in self.modules}

    def package_modules(self) -> tuple[Module, ...]:
        """The modules of the surveyed package, the package itself first."""
        prefix = self.package + "."
        return tuple(m for m in self.modules if m.name == self.package or m.name.startswith(prefix))


# ---------------------------------------------------------------------------------------- plan


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


class Severity(StrEnum):
    """Whether a hazard stops the export until it is settled."""

    BLOCK = "block"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Hazard:
    """Something that a mechanical move would break and that no import rewrite can see.

    `fix` is the text that would replace the span, or None where nothing mechanical helps.
    """

    id: str
    kind: str
    severity: Severity
    path: str
    line: int
    why: str
    start: int = 0
    end: int = 0
    fix: str | None = None


# ------------------------------------------------------------------------------------- rewrite


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Bytes `[start, end)` of the old file, which are `old`, become `new`; `why` in a few words.

    `context` is what says of a name in a text that it is a module, "" for any other edit.
    """

    start: int
    end: int
    old: bytes
    new: bytes
    why: str
    context: str = ""


NAMED_IN_TEXT = "named in text"
"""Why an edit is made that renames a module in a text."""


def apply_edits(source: bytes, edits: Iterable[Edit], *, offset: int = 0) -> bytes:
    """Return `source` with the edits made; `offset` is where it starts in the edits' file.

    Raises:
        RewriteError: two edits overlap, or one does not find the bytes that it expects.
    """
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits):
        start, end = edit.start - offset, edit.end - offset
        if start < at or source[start:end] != edit.old:
            raise RewriteError(f"two edits meet at byte {edit.start}: {edit.old!r}")
        parts += [source[at:start], edit.new]
        at = end
    return b"".join([*parts, source[at:]])


@dataclass(frozen=True, slots=True)
class FileChange:
    """What happens to one file.

    A move has two different paths, a rewrite in place the same path twice, a new file no source
    and a deletion no target. `before` and `after` are whole contents (None on the missing side).
    `edits` lead from one to the other, in order and without overlap.
    """

    source: str | None
    target: str | None
    mode: str
    before: bytes | None
    after: bytes | None
    edits: tuple[Edit, ...]
    reason: str

    @property
    def is_move(self) -> bool:
        """True when the file goes to another path."""
        return self.source is not None and self.target is not None and self.source != self.target


@dataclass(frozen=True, slots=True, order=True)
class Renaming:
    """An old name and its new one: both dotted (`a.b.c`), or both paths (`a/b/c.py`)."""

    old: str
    new: str


class NameClass(StrEnum):
    """What a name in a text means, as far as its context says."""

    MODULE = "module"
    COULD_BE = "could be"
    IS_NOT = "is not"


@dataclass(frozen=True, slots=True, order=True)
class LeftName:
    """An old name that stays in a tracked file on purpose, and why.

    One that means a `MODULE` stays because nothing has its place: it is binary, or its modules went
    to several places.
    """

    path: str
    line: int
    text: str
    why: str
    kind: NameClass = NameClass.MODULE


@dataclass(frozen=True, slots=True, order=True)
class NamedText:
    """A name in a text as it was judged: its class, and why.

    `path` and `line` are those before the moves where it is renamed, and after them where it stays.
    """

    path: str
    line: int
    text: str
    kind: NameClass
    why: str


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One new file of a split.

    `header` is typed anew (docstring, imports); then come the lines `ranges` (first and last, in
    this order) of the module that is split. `content` is the whole.
    """

    path: str
    header: bytes
    ranges: tuple[tuple[int, int], ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class SplitChange:
    """A module that has become a package's `__init__.py` is cut into parts.

    `path` is that `__init__.py`, `before` what it holds after the moves and before the split,
    `after` its re-exports. `parts` are in the order in which it imports them.
    """

    path: str
    before: bytes
    after: bytes
    parts: tuple[SplitPart, ...]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The exact new bytes of every file that the plan touches, and nothing else.

    `changes` are sorted by source, then target. `modules` and `paths` are the renamings behind
    the edits: modules and packages by dotted name, files and folders by path. `splits` happen
    after all changes. `references` are what people decided about names in texts.
    """

    commit: str
    scope: Scope
    changes: tuple[FileChange, ...]
    modules: tuple[Renaming, ...]
    paths: tuple[Renaming, ...]
    left: tuple[LeftName, ...]
    hazards: tuple[Hazard, ...]
    splits: tuple[SplitChange, ...] = ()
    references: tuple[ReferenceRule, ...] = ()

    def moves(self) -> tuple[FileChange, ...]:
        """The changes that take a file to another path."""
        return tuple(change for change in self.changes if change.is_move)

    def named_texts(self) -> tuple[NamedText, ...]:
        """The names in texts that are renamed, and those that could be modules and stay."""
        renamed = (
            NamedText(
                change.source or "",
                change.before.count(b"\n", 0, edit.start) + 1,
                edit.old.decode(errors="replace"),
                NameClass.MODULE,
                edit.context,
            )
            for change in self.changes
            if change.before is not None
            for edit in change.edits
            if edit.context
        )
        left = (
            NamedText(name.path, name.line, name.text, name.kind, name.why)
            for name in self.left
            if name.kind is NameClass.COULD_BE
        )
        return tuple(sorted((*renamed, *left)))

    def results(self) -> Mapping[str, tuple[str, bytes]]:
        """Path → (mode, content) of every file that is touched, after moves and splits."""
        after = {
            change.target: (change.mode, change.after)
            for change in self.changes
            if change.target is not None and change.after is not None
        }
        for split in self.splits:
            after[split.path] = (after[split.path][0], split.after)
            after |= {part.path: ("100644", part.content) for part in split.parts}
        return after


# -------------------------------------------------------------------------------------- export


@dataclass(frozen=True, slots=True)
class ProofPoint:
    """One point of the certificate: what was shown, how often, and each place where it fails.

    A point that only `informs` blocks nothing, whatever it finds. `unheard` is why there was no
    evidence to judge, or "".
    """

    number: int
    title: str
    count: int
    unit: str
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    informs: bool = False
    unheard: str = ""

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
            f"not heard, because {self.unheard}" if self.unheard else f"{self.count:,} {self.unit}"
        )


@dataclass(frozen=True, slots=True, order=True)
class SeenMove:
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
    renames: tuple[SeenMove, ...] = ()

    @property
    def holds(self) -> bool:
        """True when no point speaks against the script, those left out that only inform."""
        return not any(point.blocks for point in self.points)
