"""A module as a row of units: one top-level statement each, with the lines that belong to it.

Owns what kind of statement a unit is, which comments go with it, and which names it is sure to
bind. Every line of the file is in the lead or in one unit, so nothing can be lost between two.
Must not know which part a unit goes to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from reorg_lib.errors import RewriteError
from reorg_lib.rewrite.split_bindings import bound_names, import_binding, target_names
from reorg_lib.rewrite.split_names import Names, read_names

_BOM = b"\xef\xbb\xbf"
_TOP = re.compile(r"#!|#.*coding[:=]")
_DIRECTIVE = re.compile(r"#\s*(ruff|flake8|mypy|pyright|pylint|isort|type)\s*:", re.I)
_HARMLESS = (
    cst.Name | cst.Attribute | cst.Subscript | cst.Comparison | cst.BooleanOperation
    | cst.UnaryOperation | cst.Tuple | cst.Integer | cst.Float | cst.SimpleString
)  # fmt: skip


class Kind(StrEnum):
    """What a split does with a statement."""

    DOCSTRING = "docstring"  # stays in the package's __init__
    FUTURE = "future"  # goes to every part
    IMPORT = "import"  # typed anew where it is needed
    BLOCK = "block"  # if/try around imports: copied whole where it is needed
    EXPORTS = "exports"  # __all__: stays in the package's __init__
    CODE = "code"  # cut out, byte for byte, into exactly one part


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
        """The names that must live in one module with this statement."""
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
        """Return the comments at the top and below the docstring that speak for the whole file."""
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
        reason = f"{where}:{line}: cannot be read as Python; mend it, or reject the split"
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

    postponed = any(_is_future(s) and "annotations" in bound_names(s) for s in module.body)
    encoding = "utf-8" if module.encoding == "utf-8-sig" else module.encoding
    read = SplitSource(lines, encoding, module.default_newline, module.default_indent, 0, ())
    units: list[Unit] = []
    for index, node in enumerate(module.body):
        last = positions[node].end.line
        first = units[-1].last + 1 if units else 1
        start = next(n for n in range(first, last + 1) if not _is_blank(lines[n - 1]))
        kind = _kind(node, index)
        loops = frozenset(target_names(node.target)) if isinstance(node, cst.For) else frozenset()
        names = read_names(node, line_of, postponed)
        certain = frozenset(_certain([node]) or ())
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


def imported_names(unit: Unit) -> frozenset[str]:
    """Return the names that import statements in `unit` bind, at any depth."""
    found: set[str] = set()
    for node in _statements([unit.node]):
        if isinstance(node, cst.Import | cst.ImportFrom) and not isinstance(
            node.names, cst.ImportStar
        ):
            found.update(import_binding(alias) for alias in node.names)
    return frozenset(found)


def small_statements(unit: Unit) -> tuple[cst.BaseSmallStatement, ...]:
    """Return what stands on the line between semicolons; nothing for a compound statement."""
    return tuple(unit.node.body) if isinstance(unit.node, cst.SimpleStatementLine) else ()


def is_type_checking(unit: Unit) -> bool:
    """Return whether `unit` is an `if TYPE_CHECKING:` without an `else`."""
    node = unit.node
    return isinstance(node, cst.If) and node.orelse is None and _names_type_checking(node.test)


def has_star(unit: Unit) -> bool:
    """Return whether a star import stands in `unit`, at any depth."""
    return any(
        isinstance(node, cst.ImportFrom) and isinstance(node.names, cst.ImportStar)
        for node in _statements([unit.node])
    )


def is_remark(unit: Unit) -> bool:
    """Return whether `unit` says nothing that runs: a string below a constant, `pass`, `...`."""
    small = small_statements(unit)
    return bool(small) and all(
        isinstance(s, cst.Pass)
        or (isinstance(s, cst.Expr) and isinstance(s.value, cst.SimpleString | cst.Ellipsis))
        for s in small
    )


# --------------------------------------------------------------------------------------- kinds


def _kind(node: cst.CSTNode, index: int) -> Kind:
    if isinstance(node, cst.If | cst.Try):
        return Kind.BLOCK if _is_import_block(node) else Kind.CODE
    small = node.body if isinstance(node, cst.SimpleStatementLine) else ()
    first = small[0] if len(small) == 1 else None
    if index == 0 and isinstance(first, cst.Expr) and isinstance(first.value, cst.SimpleString):
        return Kind.DOCSTRING
    if _is_future(node):
        return Kind.FUTURE
    if small and all(isinstance(s, cst.Import | cst.ImportFrom) for s in small):
        return Kind.IMPORT
    if first is not None and "__all__" in bound_names(node):
        return Kind.EXPORTS
    return Kind.CODE


def _is_future(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and any(
        isinstance(s, cst.ImportFrom)
        and isinstance(s.module, cst.Name)
        and s.module.value == "__future__"
        for s in node.body
    )


def _is_import_block(node: cst.If | cst.Try) -> bool:
    leaves = list(_statements([node]))
    if not any(isinstance(leaf, cst.Import | cst.ImportFrom) for leaf in leaves):
        return False
    if isinstance(node, cst.If) and node.orelse is None and _names_type_checking(node.test):
        return True
    return all(_may_run_twice(leaf) for leaf in leaves)


def _may_run_twice(leaf: cst.CSTNode) -> bool:
    if isinstance(leaf, cst.Assign):
        return isinstance(leaf.value, _HARMLESS) and all(
            isinstance(target.target, cst.Name) for target in leaf.targets
        )
    if isinstance(leaf, cst.If):
        return isinstance(leaf.test, _HARMLESS)
    return isinstance(leaf, cst.Import | cst.ImportFrom | cst.Pass | cst.Try | cst.Raise)


def _statements(nodes: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """Yield the statements of suites, compound ones before their own; not those of functions."""
    for node in nodes:
        if isinstance(node, cst.SimpleStatementLine | cst.SimpleStatementSuite):
            yield from node.body
            continue
        yield node
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            continue
        yield from _statements(s for suite in _suites(node) for s in _body(suite))


def _suites(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the suites of a compound statement; an `elif` is the suite of an `else`."""
    body = getattr(node, "body", None)
    if isinstance(body, cst.BaseSuite):
        yield body
    for handler in getattr(node, "handlers", ()):
        yield handler.body
    for case in getattr(node, "cases", ()):
        yield case.body
    orelse = getattr(node, "orelse", None)
    if isinstance(orelse, cst.Else):
        yield orelse.body
    elif orelse is not None:
        yield orelse
    final = getattr(node, "finalbody", None)
    if isinstance(final, cst.Finally):
        yield final.body


def _body(suite: cst.CSTNode) -> Sequence[cst.CSTNode]:
    return suite.body if isinstance(suite, cst.BaseSuite) else (suite,)


def _names_type_checking(test: cst.BaseExpression) -> bool:
    name = test.attr if isinstance(test, cst.Attribute) else test
    return isinstance(name, cst.Name) and name.value == "TYPE_CHECKING"


def _without_shared_blocks(units: Sequence[Unit], cut: set[str]) -> tuple[Unit, ...]:
    """Blocks of imports that bind or read what is cut out are cut out themselves."""
    done = list(units)
    known = -1
    while known != len(cut):
        known = len(cut)
        for index, unit in enumerate(done):
            names = unit.names.binds | {use.name for use in unit.names.uses}
            if unit.kind is Kind.BLOCK and names & cut and not is_type_checking(unit):
                done[index] = replace(unit, kind=Kind.CODE)
                cut = cut | unit.claims
    return tuple(done)


# --------------------------------------------------------------------------------------- paths


def _certain(nodes: Sequence[cst.CSTNode]) -> set[str] | None:
    """Return the names bound on every path through `nodes`; None when no path gets through."""
    sure: set[str] = set()
    for node in nodes:
        names = _certain_of(node)
        if names is None:
            return None
        sure |= names
    return sure


def _certain_of(node: cst.CSTNode) -> set[str] | None:
    if isinstance(node, cst.SimpleStatementLine | cst.SimpleStatementSuite):
        return _certain(node.body)
    if isinstance(node, cst.Raise | cst.Return | cst.Continue | cst.Break):
        return None
    if isinstance(node, cst.If):
        if _names_type_checking(node.test):
            return _certain(_body(_else(node))) if node.orelse else set()
        orelse = _certain(_body(_else(node))) if node.orelse else set()
        return _either([_certain(node.body.body), orelse])
    if isinstance(node, cst.Try | cst.TryStar):
        run = _certain([*node.body.body, *(node.orelse.body.body if node.orelse else ())])
        ways = _either([run, *(_certain(handler.body.body) for handler in node.handlers)])
        last = _certain(node.finalbody.body.body) if node.finalbody else set()
        return None if ways is None or last is None else ways | last
    if isinstance(node, cst.With):
        items = "".join(cst.Module(()).code_for_node(item) for item in node.items)
        return set() if "suppress" in items else _certain(node.body.body)
    if isinstance(node, cst.For | cst.While | cst.Match):
        return set()
    return bound_names(node)


def _else(node: cst.If) -> cst.CSTNode:
    return node.orelse.body if isinstance(node.orelse, cst.Else) else node.orelse or node


def _either(ways: Sequence[set[str] | None]) -> set[str] | None:
    through = [way for way in ways if way is not None]
    return set.intersection(*through) if through else None


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
    """Comments that hang on the statement above (indented, or a gap below) go with that one."""
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
