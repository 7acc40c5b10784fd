"""The text of a split: each part cut from the module's own lines, and the package's `__init__`.

Docstrings, imports and re-exports are new text; all other lines are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import libcst as cst

from reorg_lib.model import SplitPart
from reorg_lib.rewrite.split.part_imports import (
    WIDTH,
    natural,
    needed_imports,
    rank,
    type_from,
    type_imports,
)
from reorg_lib.rewrite.split.part_needs import Need
from reorg_lib.rewrite.split.statement_kinds import Kind
from reorg_lib.rewrite.split.units import SplitSource, Unit

_UNSORTED = (
    "# The parts run in this order; to sort them would change what they do.",
    "# isort: off",
)


def write_part(
    source: SplitSource,
    path: str,
    package: str,
    units: Sequence[Unit],
    needs: Sequence[Need],
    for_checkers: Sequence[Need] = (),
) -> SplitPart:
    """Return one part: a new header, then the lines of `units` as they are.

    The header repeats what applies to the whole file (encoding cookie, licence, directives to
    tools), says in a docstring where the part comes from if the module had a docstring, and imports
    what the part needs. Sibling parts are imported relatively, sorted, below all others; those that
    only annotations name and that run later, `for_checkers`, under `TYPE_CHECKING`.
    """
    wanted = {use.name for unit in units for use in unit.names.uses}
    checked = _siblings(source, for_checkers)
    if checked:
        wanted.add("TYPE_CHECKING")
        checked = [f"if TYPE_CHECKING:{source.newline}", *_indented(source, checked)]
    imports = type_imports(source, needed_imports(source, wanted), future=True)
    if checked and not any("TYPE_CHECKING" in u.names.binds for u in source.imports()):
        imports.append(f"from typing import TYPE_CHECKING{source.newline}")
    sections = [imports, _siblings(source, needs), checked]
    stem = path.rpartition("/")[2].removesuffix(".py")
    docstring = []
    if any(unit.kind is Kind.DOCSTRING for unit in source.units):
        title = stem.replace("_", " ").strip().capitalize()
        docstring = [f'"""{title} of {package}."""{source.newline}']
    head = _sections(source, _lead(source, shebang=False), docstring, *sections)

    ranges = _ranges(source, units)
    kept = b"".join(b"".join(source.lines[a - 1 : b]) for a, b in ranges)
    body = units[0].node
    gap = 2 if isinstance(body, cst.FunctionDef | cst.ClassDef) else 1
    header = (head + source.newline * gap if head else "").encode(source.encoding)
    return SplitPart(path, header, ranges, header + kept)


def write_package(
    source: SplitSource,
    exported: Sequence[tuple[str, Sequence[str]]],
    imported: frozenset[str],
    exports: Unit | None,
    all_names: frozenset[str],
    *,
    is_sorted: bool,
) -> bytes:
    """Return the package's `__init__.py`.

    Args:
        exported: each part's file name with the names to re-export, in the order to import them.
        imported: names of the old module's imports that stay importable from the package.
        exports: the module's own `__all__`, kept as it is; made from `all_names` where None.
        all_names: the names in `__all__`; others are re-exported as `name as name`.
        is_sorted: whether a linter may sort the imports of parts.
    """
    docstring = [
        source.text(unit.start, unit.last) for unit in source.units if unit.kind is Kind.DOCSTRING
    ]
    parts = [
        line for part, names in exported for line in _re_exports(source, part, names, all_names)
    ]
    if not is_sorted:
        parts = [line + source.newline for line in _UNSORTED] + parts
        parts.append(f"# isort: on{source.newline}")
    imports = type_imports(source, needed_imports(source, imported), future=False)
    said = [source.text(exports.first, exports.last).lstrip("\r\n")] if exports else []
    if exports is None and all_names:
        said = [_type_all(source, sorted(all_names, key=rank))]
    text = _sections(source, _lead(source), docstring, imports, parts, said)
    mark = b"\xef\xbb\xbf" if source.lines and source.lines[0].startswith(b"\xef\xbb\xbf") else b""
    return mark + text.encode(source.encoding)


def _siblings(source: SplitSource, needs: Iterable[Need]) -> list[str]:
    """Return the imports from other parts."""
    names: dict[str, set[str]] = defaultdict(set)
    for need in needs:
        names[need.owner.removesuffix(".py")].add(need.name)
    return [
        type_from(source, f".{sibling}", sorted(names[sibling], key=rank))
        for sibling in sorted(names, key=natural)
    ]


def _indented(source: SplitSource, typed: Iterable[str]) -> list[str]:
    lines = [line for text in typed for line in text.splitlines(keepends=True)]
    return [source.indent + line for line in lines]


def _re_exports(
    source: SplitSource, part: str, names: Sequence[str], all_names: frozenset[str]
) -> list[str]:
    """Return the imports of one part; names that only users need are on lines of their own."""
    stem = part.removesuffix(".py")
    if not names:  # importing it registers what it defines
        return [type_from(source, ".", [f"{stem} as {stem}"])]
    plain = sorted((name for name in names if name in all_names), key=rank)
    said = [(rank(plain[0]), type_from(source, f".{stem}", plain))] if plain else []
    said += [
        (rank(name), type_from(source, f".{stem}", [f"{name} as {name}"]))
        for name in names
        if name not in all_names
    ]
    return [line for _, line in sorted(said)]


def _lead(source: SplitSource, *, shebang: bool = True) -> list[str]:
    lines = [
        line
        for index, line in enumerate(source.lead_lines())
        if shebang or index or not line.startswith("#!")
    ]
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return lines


def _sections(source: SplitSource, lead: list[str], docstring: list[str], *rest: list[str]) -> str:
    """Join the non-empty sections with a blank line; a docstring directly follows its cookie."""
    first = "".join(lead)
    blank_below = source.lead and not source.lines[source.lead - 1].strip()
    if docstring and first and not blank_below:
        first, docstring = first + "".join(docstring), []
    texts = [first, "".join(docstring), *("".join(section) for section in rest)]
    ended = [t if t.endswith("\n") else t + source.newline for t in texts if t]
    return source.newline.join(ended)


def _ranges(source: SplitSource, units: Sequence[Unit]) -> tuple[tuple[int, int], ...]:
    first, last = units[0].first, units[0].last
    while not source.lines[first - 1].strip():
        first += 1
    ranges = [(first, last)]
    for unit in units[1:]:
        start, end = ranges[-1]
        if unit.first == end + 1:
            ranges[-1] = (start, unit.last)
        else:
            ranges.append((unit.first, unit.last))
    return tuple(ranges)


def _type_all(source: SplitSource, names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    line = f"__all__ = [{', '.join(quoted)}]"
    if len(line) <= WIDTH:
        return line + source.newline
    rows = "".join(f"{source.indent}{name},{source.newline}" for name in quoted)
    return f"__all__ = [{source.newline}{rows}]{source.newline}"
