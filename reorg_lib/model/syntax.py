"""What one Python file says about itself: imports, classes, anchors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
