"""The packages above each module whose `__init__.py` imports something, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reorg_lib.model import Module
from reorg_lib.plan.hazard_reading.context import HazardContext
from reorg_lib.plan.hazard_reading.load_graph import RUNS


class InitsAbove(NamedTuple):
    before: Mapping[str, set[str]]
    after: Mapping[str, set[str]]


def inits_above(context: HazardContext) -> InitsAbove:
    """The packages above each module whose `__init__` imports, all by their old names."""
    importing = {name for name, module in context.modules.items() if _imports(module)}
    by_new = {
        new: old for old, new in context.new_names.items() if new is not None and old in importing
    }
    before = {name: set(_parents(name)) & importing for name in context.modules}
    after = {
        name: {by_new[p] for p in _parents(new) if p in by_new} if new else set()
        for name, new in context.new_names.items()
    }
    return InitsAbove(before, after)


def _imports(module: Module) -> bool:
    return (
        bool(module.blob)
        and module.is_package
        and any(s.kind in RUNS and s.module != "__future__" for s in module.syntax.imports)
    )


def _parents(name: str | None) -> Iterator[str]:
    while name and "." in name:
        name = name.rpartition(".")[0]
        yield name
