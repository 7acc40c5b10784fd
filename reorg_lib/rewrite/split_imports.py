"""The import statements of one new file, narrowed to the names that it needs.

Owns how an import is typed: what needs no change stays as it was written, comments that speak to
a tool stay on their name, and a statement over 100 columns is broken one name a line. Must not
know why a name is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import libcst as cst

from reorg_lib.rewrite.bindings import import_binding
from reorg_lib.rewrite.split_kinds import Kind, has_star, small_statements
from reorg_lib.rewrite.split_units import SplitSource, Unit

WIDTH = 100
_WORDS = re.compile(r"\d+|\D+")
_BLANK = cst.Module(body=())


def needed_imports(source: SplitSource, wanted: Iterable[str]) -> frozenset[str]:
    """Return `wanted` with what the blocks around imports need in turn (`sys`, `TYPE_CHECKING`)."""
    names = set(wanted)
    blocks = [unit for unit in source.units if unit.kind is Kind.BLOCK]
    size = -1
    while size != len(names):
        size = len(names)
        for block in blocks:
            if block.names.binds & names:
                names |= {use.name for use in block.names.uses}
    return frozenset(names)


def type_imports(source: SplitSource, needed: frozenset[str], *, future: bool) -> list[str]:
    """Return the lines of the imports that bind `needed`, grouped by blank lines as before."""
    lines: list[str] = []
    before = 0
    for unit in source.units:
        typed = []
        whole = future if unit.kind is Kind.FUTURE else bool(unit.names.binds & needed)
        if unit.kind in (Kind.FUTURE, Kind.BLOCK) and whole:
            typed = [source.text(unit.start, unit.last)]
        elif unit.kind is Kind.IMPORT:
            typed = _narrowed(source, unit, needed)
        if not typed:
            continue
        above = [source.text(n, n) for n in range(unit.first, unit.start)]
        gap = range(before + 1, unit.start)
        if lines and any(not source.lines[n - 1].strip() for n in gap):
            lines.append(source.newline)
        lines += [line for line in above if line.strip()]
        lines += typed
        before = unit.last
    return [line if line.endswith("\n") else line + source.newline for line in lines]


def rank(name: str) -> tuple[object, ...]:
    """Return where isort and ruff put a name: constants, classes, the rest; 2 before 10."""
    kind = 1 if name[:1].isupper() else 2
    if name.isupper() and len(name) > 1:
        kind = 0
    return kind, *natural(name)


def natural(name: str) -> tuple[object, ...]:
    """Return a key that sorts without regard to case first, and numbers by their value."""
    return tuple(
        [
            (not word.isdecimal(), int(word) if word.isdecimal() else word)
            for word in _WORDS.findall(n)
        ]
        for n in (name.lower(), name)
    )


def type_from(source: SplitSource, module: str, names: Sequence[str]) -> str:
    """Return `from module import names`, on one line where it fits."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line + source.newline
    rows = "".join(f"{source.indent}{name},{source.newline}" for name in names)
    return f"from {module} import ({source.newline}{rows}){source.newline}"


def _narrowed(source: SplitSource, unit: Unit, needed: frozenset[str]) -> list[str]:
    small = [s for s in small_statements(unit.node) if isinstance(s, cst.Import | cst.ImportFrom)]
    kept = [(s, _kept(s, needed)) for s in small]
    whole = all(
        isinstance(s.names, cst.ImportStar) or len(names) == len(s.names) for s, names in kept
    )
    if whole:
        return [source.text(unit.start, unit.last)]
    comment = _trailing_comment(unit)
    typed = [
        _type(source, s, names, comment)
        for s, names in kept
        if names or isinstance(s.names, cst.ImportStar)
    ]
    return typed


def _kept(node: cst.Import | cst.ImportFrom, needed: frozenset[str]) -> list[cst.ImportAlias]:
    if isinstance(node.names, cst.ImportStar):
        return []
    return [alias for alias in node.names if import_binding(alias) in needed]


def _trailing_comment(unit: Unit) -> str:
    if not isinstance(unit.node, cst.SimpleStatementLine):
        return ""
    comment = unit.node.trailing_whitespace.comment
    return f"  {comment.value}" if comment else ""


def _type(
    source: SplitSource,
    node: cst.Import | cst.ImportFrom,
    kept: Sequence[cst.ImportAlias],
    comment: str,
) -> str:
    if isinstance(node, cst.Import):
        return f"import {', '.join(map(_alias, kept))}{comment}{source.newline}"
    dots = "." * len(node.relative)
    module = dots + (_BLANK.code_for_node(node.module) if node.module else "")
    if isinstance(node.names, cst.ImportStar):
        return f"from {module} import *{comment}{source.newline}"
    rows = _commented_rows(source, node, kept)
    if rows is not None:
        opening, inside = rows
        body = "".join(inside)
        return f"from {module} import ({opening}{source.newline}{body}){comment}{source.newline}"
    typed = type_from(source, module, [_alias(alias) for alias in kept])
    return typed.removesuffix(source.newline) + comment + source.newline


def _commented_rows(
    source: SplitSource, node: cst.ImportFrom, kept: Sequence[cst.ImportAlias]
) -> tuple[str, list[str]] | None:
    """Return the lines between the parentheses where one of them holds a comment.

    A comment above a name, or behind it on its line, goes with the name.
    """
    if node.lpar is None or node.rpar is None or isinstance(node.names, cst.ImportStar):
        return None
    opening, above = _comments(node.lpar.whitespace_after)
    any_comment = bool(opening or above)
    rows: list[str] = []
    for alias in node.names:
        last = alias is node.names[-1]
        comma = alias.comma if isinstance(alias.comma, cst.Comma) else None
        behind, below = _comments(comma.whitespace_after if comma else None)
        if last:
            at_end, _ = _comments(node.rpar.whitespace_before)
            behind = behind or at_end
        any_comment = any_comment or bool(behind or below)
        if any(alias is one for one in kept):
            rows += [f"{source.indent}{said}{source.newline}" for said in above]
            rows.append(f"{source.indent}{_alias(alias)},{behind}{source.newline}")
        above = below
    return (opening, rows) if any_comment else None


def _comments(space: cst.BaseParenthesizableWhitespace | None) -> tuple[str, list[str]]:
    """Return the comment on the line, and those on lines of their own below it."""
    if not isinstance(space, cst.ParenthesizedWhitespace):
        return "", []
    first = space.first_line.comment
    below = [line.comment.value for line in space.empty_lines if line.comment]
    return (f"  {first.value}" if first else ""), below


def _alias(alias: cst.ImportAlias) -> str:
    return _BLANK.code_for_node(alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)).strip()


def star_lines(source: SplitSource) -> list[int]:
    """Return the lines of the star imports."""
    return [unit.start for unit in source.units if has_star(unit.node)]
