"""Modules whose new name is already used for something else in their new package.

A package's submodule is also its attribute. If the package's own code binds that name to another
object, the one that is set last hides the other, and `from package import name` gives one or the
other, depending on the order of imports. No rewriting fixes that, so such a plan is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reorg_lib.model import ImportedName, Module
from reorg_lib.plan.outcome import Outcome
from reorg_lib.python.dotted_names import names_imported, resolve
from reorg_lib.rewrite.name_map import NameMap

_ALL = (ImportedName("*"),)


def find_collisions(outcome: Outcome, names: NameMap) -> Iterator[str]:
    """Yield a sentence for each module that hides a name of its new package, or is hidden by it.

    A package that already hides its own submodule today is accepted.
    """
    modules = outcome.survey.modules_by_name()
    origins = {new: old for old, new in names.modules.items() if new is not None}
    children: dict[str, list[str]] = {}
    for new in origins:
        children.setdefault(new.rpartition(".")[0], []).append(new)
    for package in outcome.survey.modules:
        target = outcome.after(package.path) if package.blob else None
        home = names.modules[package.name]
        if target is None or home is None or not target.endswith("/__init__.py"):
            continue
        for new in sorted(children.get(home, ())):
            name, old = new.rpartition(".")[2], origins[new]
            bound = _bound_to(package, name, modules, frozenset())
            if bound - {old} and old != f"{package.name}.{name}":
                yield (
                    f"{package.path}: `{name}` is bound here to something else than {old}, which"
                    f" becomes {new}: one would hide the other; give the module another name"
                )


# from .engine import make        make: a.b.engine.make
# import a.b.c                    a: a
# def make(): ...                 make: a.b.make (with the package a.b)
def _bound_to(
    module: Module, name: str, modules: Mapping[str, Module], seen: frozenset[str]
) -> set[str]:
    """Return the absolute names that a module may bind to `name`, star imports included."""
    found: set[str] = set()
    for statement in module.syntax.imports:
        base = resolve(module.package, statement)
        if statement.names == _ALL and base is not None and base in modules and base not in seen:
            found |= _bound_to(modules[base], name, modules, seen | {base})
        if name in module.syntax.bound:
            pairs = names_imported(statement, module.package)
            found |= {whole for local, whole in pairs if local == name}
    if not found and name in module.syntax.bound:
        found.add(f"{module.name}.{name}")
    return found
