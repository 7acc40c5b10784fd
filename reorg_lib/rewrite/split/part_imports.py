"""The import statements of one new file, narrowed to the names that it needs.

An import that needs no change stays as it was written, comments for a tool stay with their name,
and a statement over 100 columns gets one line for each name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import libcst as cst

from reorg_lib.rewrite.import_statement import ImportItem, WrittenImport, read_import
from reorg_lib.rewrite.split.statement_kinds import Kind, has_star, small_statements
from reorg_lib.rewrite.split.units import SplitSource, Unit

WIDTH = 100
_WORDS = re.compile(r"\d+|\D+")


def needed_imports(source: SplitSource, wanted: Iterable[str]) -> frozenset[str]:
    """Return `wanted` and what the blocks around those imports need (`sys`, `TYPE_CHECKING`)."""
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
    """Return a key that first ignores case, and sorts numbers by their value."""
    return tuple(
        [
            (not word.isdecimal(), int(word) if word.isdecimal() else word)
            for word in _WORDS.findall(n)
        ]
        for n in (name.lower(), name)
    )


def type_from(source: SplitSource, module: str, names: Sequence[str]) -> str:
    """Return `from module import names`, on one line if it fits."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line + source.newline
    rows = "".join(f"{source.indent}{name},{source.newline}" for name in names)
    return f"from {module} import ({source.newline}{rows}){source.newline}"


def _narrowed(source: SplitSource, unit: Unit, needed: frozenset[str]) -> list[str]:
    statements = [read_import(_code(small)) for small in small_statements(unit.node)]
    kept = [(one, [item for item in one.items if _is_needed(item, needed)]) for one in statements]
    if all(len(items) == len(one.items) for one, items in kept):
        return [source.text(unit.start, unit.last)]
    comment = _trailing_comment(unit)
    return [_type(source, one, items, comment) for one, items in kept if items]


def _is_needed(item: ImportItem, needed: frozenset[str]) -> bool:
    return item.name == "*" or (item.alias or item.dotted.partition(".")[0]) in needed


def _code(small: cst.BaseSmallStatement) -> str:
    plain = small.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
    return cst.Module(body=()).code_for_node(plain)


def _trailing_comment(unit: Unit) -> str:
    if not isinstance(unit.node, cst.SimpleStatementLine):
        return ""
    comment = unit.node.trailing_whitespace.comment
    return f"  {comment.value}" if comment else ""


def _type(
    source: SplitSource, statement: WrittenImport, kept: Sequence[ImportItem], comment: str
) -> str:
    """Return an import of some names: comments above and after a name go with the name."""
    names = [item.text for item in kept]
    module = "." * statement.level + statement.module
    head = f"from {module} import" if statement.is_from else "import"
    if not statement.is_from or names == ["*"]:
        return f"{head} {', '.join(names)}{comment}{source.newline}"
    if not statement.has_comment():
        typed = type_from(source, module, names)
        return typed.removesuffix(source.newline) + comment + source.newline
    rows = ["  ".join((f"{head} (", *statement.opening_comments()))]
    for item in kept:
        rows += [source.indent + said for said in item.comments_above]
        rows.append("  ".join((f"{source.indent}{item.text},", *item.comments_behind)))
    return source.newline.join([*rows, f"){comment}", ""])


def star_lines(source: SplitSource) -> list[int]:
    """Return the lines of the star imports."""
    return [unit.start for unit in source.units if has_star(unit.node)]
