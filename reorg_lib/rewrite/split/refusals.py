"""Reasons why a module cannot be split, independent of the parts.

They are about code that uses its own file or module name, about imports that cannot be narrowed,
and about `__all__`.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from reorg_lib.python.syntax import read_syntax
from reorg_lib.rewrite.split.part_imports import star_lines
from reorg_lib.rewrite.split.statement_kinds import Kind, is_type_checking, small_statements
from reorg_lib.rewrite.split.units import SplitSource, Unit

_OF_THE_FILE = {
    "__spec__": "the module's own specification",
    "__loader__": "the module's own loader",
    "__path__": "the module's own search path",
    "__doc__": "the module's own docstring",
    "__annotations__": "the module's own annotations",
    "globals": "the names of the module, as a dictionary",
    "exec": "names that only show when it runs",
    "eval": "names that only show when it runs",
}
_HOOKS = frozenset({"__getattr__", "__dir__", "__path__", "__class__"})


def find_refusals(read: SplitSource, source: bytes, where: str) -> Iterator[str]:
    """Yield one sentence, `where:line` first, for each statement that only a whole module can have.

    `source` are the bytes from which `read` was made.
    """
    code_names = {name for unit in read.code() for name in unit.claims}
    imported = {name for unit in read.imports() for name in unit.names.binds}
    for unit in read.units:
        at = f"{where}:{unit.start}:"
        for name in sorted(unit.claims & _HOOKS):
            yield f"{at} `{name}` works on the module as a whole; keep this module whole"
        if unit.kind is Kind.CODE and any(
            isinstance(s, cst.Import | cst.ImportFrom) for s in small_statements(unit.node)
        ):
            yield f"{at} an import shares its line with another statement; write two lines"
        if unit.kind is Kind.CODE and "__all__" in unit.claims:
            yield f"{at} `__all__` is made by more than one plain list; write it as one list"
        if unit.kind is Kind.CODE and unit.names.binds & imported:
            name = min(unit.names.binds & imported)
            yield f"{at} `{name}` is imported and bound again here; give one of them another name"
        if is_type_checking(unit.node):
            for use in unit.names.uses:
                if use.name in code_names:
                    yield (
                        f"{where}:{use.line}: under TYPE_CHECKING, `{use.name}` of this module is"
                        " used; take that statement out of the block"
                    )
        yield from _about_the_file(unit, where)
    yield from _exports_problems(read, where)
    for anchor in read_syntax(source).anchors:
        if not anchor.climbs:
            yield (
                f"{where}:{anchor.line}: `{anchor.text}` is the file itself, which would be"
                " another one in a part; use its folder (`.parent`), or keep this module whole"
            )
    first_code = min((unit.start for unit in read.code()), default=0)
    plain = {unit.start for unit in read.units if unit.kind is Kind.IMPORT}
    for line in star_lines(read):
        if line not in plain or line > first_code:
            yield (
                f"{where}:{line}: nobody can say which names this star import binds or hides;"
                " name them, or put it above all definitions"
            )


def _about_the_file(unit: Unit, where: str) -> Iterator[str]:
    for use in unit.names.uses:
        if use.name in _OF_THE_FILE:
            what = _OF_THE_FILE[use.name]
            yield f"{where}:{use.line}: `{use.name}` is about {what}; keep this module whole"
        if use.name in ("vars", "locals") and not use.late:
            yield f"{where}:{use.line}: `{use.name}` reads the module's names; keep it whole"
    if isinstance(unit.node, cst.If) and "__name__" in {use.name for use in unit.names.uses}:
        yield (
            f"{where}:{unit.start}: a package's __init__ is not run as a script; move this block"
            " to a module of its own first"
        )
        return
    loggers = _LoggerCounter()
    unit.node.visit(loggers)
    if loggers.others:
        line = next((use.line for use in unit.names.uses if use.name == "__name__"), unit.start)
        yield (
            f"{where}:{line}: `__name__` would be another name in a part; write the name out"
            " (only in `getLogger(__name__)` it may stay: the new logger is a child of the old)"
        )


class _LoggerCounter(cst.CSTVisitor):
    """Uses of `__name__` beside `getLogger(__name__)`."""

    def __init__(self) -> None:
        self.others = 0

    def visit_Call(self, node: cst.Call) -> bool:
        called = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
        alone = len(node.args) == 1 and isinstance(node.args[0].value, cst.Name)
        return not (alone and isinstance(called, cst.Name) and called.value == "getLogger")

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        node.value.visit(self)  # other.__name__ is not this module's
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.others += node.value == "__name__"


def _exports_problems(read: SplitSource, where: str) -> Iterator[str]:
    units = [unit for unit in read.units if unit.kind is Kind.EXPORTS]
    if len(units) > 1 or any(literal_names(unit) is None for unit in units):
        line = units[-1].start
        yield f"{where}:{line}: `__all__` is made by more than one plain list; write it as one list"
        return
    bound = {name for unit in read.units for name in unit.names.binds}
    stars = star_lines(read)
    for unit in units:
        for name in sorted((literal_names(unit) or frozenset()) - bound):
            if not stars:
                yield f"{where}:{unit.start}: `__all__` lists {name}, which is not there; remove it"


def literal_names(unit: Unit) -> frozenset[str] | None:
    """Return the names in `__all__ = ["a", "b"]`, or None if it has another form."""
    node = small_statements(unit.node)[0]
    value = node.value if isinstance(node, cst.Assign | cst.AnnAssign) else None
    if not isinstance(value, cst.List | cst.Tuple):
        return None
    names = set()
    for element in value.elements:
        said = element.value
        text = said.evaluated_value if isinstance(said, cst.SimpleString) else None
        if not isinstance(element, cst.Element) or not isinstance(text, str):
            return None
        names.add(text)
    return frozenset(names)
