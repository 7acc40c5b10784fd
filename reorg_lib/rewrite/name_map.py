"""The old names of modules and packages, and their new names under a plan.

All renames happen at once: every question is about the names before all moves, so swaps and chains
need no order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from reorg_lib.model import Module, Renaming, Survey
from reorg_lib.plan.outcome import Outcome
from reorg_lib.python.dotted_names import own_imports
from reorg_lib.survey.import_roots import ImportRoots, named_from, own_tops


@dataclass(frozen=True, slots=True)
class NameMap:
    """Gives the new name of a module or package that exists before the moves.

    `modules` maps each module (packages included) to its new name, to itself if it stays, and to
    None if it is gone without a single successor: deleted, or a package whose modules went to
    several places. `packages` are the names among them that are packages. `exported` are the
    submodules that a package's `__init__` imports under their own names.
    """

    modules: Mapping[str, str | None]
    packages: frozenset[str]
    bound: Mapping[str, frozenset[str]] = field(default_factory=dict)
    exported: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def known(self, dotted: str) -> str | None:
        """Return the longest prefix of `dotted` that was a module, or None."""
        while dotted:
            if dotted in self.modules:
                return dotted
            dotted = dotted.rpartition(".")[0]
        return None

    def is_submodule(self, package: str, name: str) -> bool:
        """Return whether `from package import name` gives a module and not an attribute.

        If the package's `__init__` binds the name itself, that takes precedence, as in Python;
        `bound` leaves out names that the `__init__` binds by importing that very submodule.
        """
        if f"{package}.{name}" not in self.modules:
            return False
        return name not in self.bound.get(package, frozenset())

    def keeps(self, dotted: str) -> bool:
        """Return whether a dotted name is the same after the moves."""
        known = self.known(dotted)
        return known is None or self.modules[known] == known

    def without(self, tops: Collection[str]) -> NameMap:
        """Return the same names without those below some top-level names."""
        kept = {n: new for n, new in self.modules.items() if n.partition(".")[0] not in tops}
        return replace(self, modules=kept)

    def changed(self) -> tuple[Renaming, ...]:
        """Return the names that change and have a successor, sorted."""
        return tuple(
            Renaming(old, new)
            for old, new in sorted(self.modules.items())
            if new is not None and new != old
        )

    def gone(self) -> tuple[str, ...]:
        """Return the names that have no successor, sorted."""
        return tuple(sorted(old for old, new in self.modules.items() if new is None))


def map_modules(outcome: Outcome, roots: ImportRoots) -> NameMap:
    """Return the new names of the surveyed modules (`Outcome.names` has the rule).

    The names that files have below the other `roots` are in it, too, unless the source root or a
    second one of them has the same top-level name.
    """
    survey = outcome.survey
    whole = _map_one(survey, outcome, roots)
    surveys = [survey, *(named_from(survey, root) for root in roots.others)]
    tops = own_tops(surveys)
    for other in surveys[1:]:
        more = _map_one(other, outcome, roots)
        own = {name for name in more.modules if name.split(".")[0] in tops[other.source_root]}
        whole = NameMap(
            modules={**{name: more.modules[name] for name in own}, **whole.modules},
            packages=whole.packages | (more.packages & own),
            bound={**{n: b for n, b in more.bound.items() if n in own}, **whole.bound},
            exported={**{n: e for n, e in more.exported.items() if n in own}, **whole.exported},
        )
    return whole


def _map_one(survey: Survey, outcome: Outcome, roots: ImportRoots) -> NameMap:
    packages = {m.name: m for m in survey.modules if m.is_package}
    bound = {name: _hiding(package) for name, package in packages.items()}
    return NameMap(
        modules=outcome.names(survey, roots),
        packages=frozenset(packages),
        bound=bound,
        exported={name: packages[name].syntax.bound - bound[name] for name in packages},
    )


def _hiding(package: Module) -> frozenset[str]:
    """The names that a package binds to something that is not its own submodule of that name."""
    return package.syntax.bound - own_imports(package)
