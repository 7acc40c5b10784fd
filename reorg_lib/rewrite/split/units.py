"""A module as a sequence of units: one top-level statement each, with the lines that belong to it.

Comments are included. Every line of the file is in the lead or in one unit, so no line can be lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from reorg_lib.errors import RewriteError
from reorg_lib.rewrite.libcst_bindings import bound_names, target_names
from reorg_lib.rewrite.split.definite_assignment import certain_names
from reorg_lib.rewrite.split.statement_kinds import Kind, is_future, is_type_checking, kind_of
from reorg_lib.rewrite.split.statement_names import Names, read_names

_BOM = b"\xef\xbb\xbf"
_TOP = re.compile(r"#!|#.*coding[:=]")
_DIRECTIVE = re.compile(r"#\s*(ruff|flake8|mypy|pyright|pylint|isort|type)\s*:", re.I)


@dataclass(frozen=True, slots=True)
class Unit:
    """A top-level statement on the lines `start` to `last`; comments above it begin at `first`.

    `certain` are the names that are bound on every path through it, `loops` those that a `for`
    at the top level uses as its variable.
    """

    kind: Kind
    first: int
    start: int
    last: int
    names: Names
    certain: frozenset[str]
    loops: frozenset[str]
    node: cst.CSTNode

    @property
    def claims(self) -> frozenset[str]:
        """The names that must be in one module with this statement."""
        return self.names.binds | self.names.deletes | {use.name for use in self.names.rebinds}


@dataclass(frozen=True, slots=True)
class SplitSource:
    """The module that is split. `lines` keep their ends; `lead` counts those above all units."""

    lines: tuple[bytes, ...]
    encoding: str
    newline: str
    indent: str
    lead: int
    units: tuple[Unit, ...]

    def text(self, first: int, last: int) -> str:
        """Return the lines `first` to `last`, without a byte order mark."""
        return b"".join(self.lines[first - 1 : last]).removeprefix(_BOM).decode(self.encoding)

    def code(self) -> tuple[Unit, ...]:
        """Return the statements that are cut out into parts."""
        return tuple(unit for unit in self.units if unit.kind is Kind.CODE)

    def imports(self) -> tuple[Unit, ...]:
        """Return the imports, and the blocks around imports."""
        return tuple(unit for unit in self.units if unit.kind in (Kind.IMPORT, Kind.BLOCK))

    def lead_lines(self) -> tuple[str, ...]:
        """Return the comments at the top and below the docstring that apply to the whole file."""
        return tuple(self.text(line, line) for line in range(1, self.lead + 1))


def read_units(source: bytes, where: str, defined: frozenset[str]) -> SplitSource:
    """Return the statements of `source`; names in `defined` are never copied, always cut.

    Raises:
        RewriteError: the file cannot be read, or cannot be cut at its line ends.
    """
    try:
        module = cst.parse_module(source)
    except (cst.ParserSyntaxError, SyntaxError, UnicodeError, LookupError) as error:
        line = error.raw_line if isinstance(error, cst.ParserSyntaxError) else 1
        reason = f"{where}:{line}: cannot be read as Python; fix it, or reject the split"
        raise RewriteError("the module cannot be split:", (reason,)) from error
    lines = tuple(re.findall(rb"[^\n]*\n|[^\n]+\Z", source))
    if b"\r" in source.replace(b"\r\n", b""):
        number = next(n for n, line in enumerate(lines, 1) if b"\r" in line[:-2] + line[-1:])
        reason = f"{where}:{number}: a line ends with CR alone, where sed sees none; convert it"
        raise RewriteError("the module cannot be split:", (reason,))
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    positions = wrapper.resolve(PositionProvider)

    def line_of(node: cst.CSTNode) -> int:
        return positions[node].start.line

    postponed = any(is_future(s) and "annotations" in bound_names(s) for s in module.body)
    encoding = "utf-8" if module.encoding == "utf-8-sig" else module.encoding
    read = SplitSource(lines, encoding, module.default_newline, module.default_indent, 0, ())
    units: list[Unit] = []
    for index, node in enumerate(module.body):
        last = positions[node].end.line
        first = units[-1].last + 1 if units else 1
        start = next(n for n in range(first, last + 1) if not _is_blank(lines[n - 1]))
        kind = kind_of(node, index)
        loops = frozenset(target_names(node.target)) if isinstance(node, cst.For) else frozenset()
        names = read_names(node, line_of, postponed)
        certain = frozenset(certain_names([node]) or ())
        units.append(Unit(kind, first, start, last, names, certain, loops, node))
    lead = _lead(lines, units)
    if units:
        units[0] = replace(units[0], first=lead + 1)
        _hand_back_tails(lines, units)
    if source.startswith(_BOM) and units and units[0].kind is Kind.CODE and not lead:
        reason = f"{where}:1: the file starts with a byte order mark and a definition; remove it"
        raise RewriteError("the module cannot be split:", (reason,))
    cut = {name for u in units if u.kind is Kind.CODE for name in u.claims} | defined
    return replace(read, lead=lead, units=_without_shared_blocks(units, cut))


def _without_shared_blocks(units: Sequence[Unit], cut: set[str]) -> tuple[Unit, ...]:
    """Blocks of imports that bind or read a definition of a part are cut out themselves."""
    done = list(units)
    known = -1
    while known != len(cut):
        known = len(cut)
        for index, unit in enumerate(done):
            names = unit.names.binds | {use.name for use in unit.names.uses}
            if unit.kind is Kind.BLOCK and names & cut and not is_type_checking(unit.node):
                done[index] = replace(unit, kind=Kind.CODE)
                cut = cut | unit.claims
    return tuple(done)


# --------------------------------------------------------------------------------------- lines


def _is_blank(line: bytes) -> bool:
    text = line.removeprefix(_BOM).strip()
    return not text or text.startswith(b"#")


def _lead(lines: Sequence[bytes], units: Sequence[Unit]) -> int:
    """Return how many lines at the top are the file's own: cookie, licence, tool directives."""
    start = units[0].start if units else len(lines) + 1
    above = [line.removeprefix(_BOM).strip().decode("latin-1") for line in lines[: start - 1]]
    if not units or units[0].kind is not Kind.CODE:
        return len(above)
    end = above.index("") if "" in above else 0
    own = 0
    while own < len(above) and (_TOP.match(above[own]) or _DIRECTIVE.match(above[own])):
        own += 1
    return max(own, end)


def _hand_back_tails(lines: Sequence[bytes], units: list[Unit]) -> None:
    """Comments that belong to the statement above (indented, or a gap below) go with that one."""
    for index, (unit, after) in enumerate(zip(units, [*units[1:], None], strict=True)):
        end = after.start if after else len(lines) + 1
        gap = [lines[n - 1] for n in range(unit.last + 1, end)]
        if unit.kind is not Kind.CODE:
            continue
        tail = 0
        for n, line in enumerate(gap, 1):
            if line.strip() and (line[:1] in b" \t" or after is None):
                tail = n
        if not tail:
            hanging = next((n for n, line in enumerate(gap) if not line.strip()), len(gap))
            tail = hanging if hanging < len(gap) else 0
        units[index] = replace(unit, last=unit.last + tail)
        if after is not None:
            units[index + 1] = replace(units[index + 1], first=units[index].last + 1)
