"""The modules of the package where they are filed, with what each was found to be.

Owns paths and folders below the package, and which modules are asked at all. Must not know what
speaks against where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reorg_lib.model import Classification, Module, Survey

_TESTS = frozenset({"test", "tests", "testing", "conftest"})


@dataclass(frozen=True, slots=True)
class FiledModule:
    """A module with a file: its path and folder below the package, and what it was found to be."""

    module: Module
    path: str
    found: Classification

    @property
    def folder(self) -> str:
        """The folder that it lies in, "" directly in the package."""
        return self.path.rpartition("/")[0]

    @property
    def top(self) -> str:
        """The first folder of that."""
        return self.folder.partition("/")[0]

    @property
    def is_empty(self) -> bool:
        """True where no line of it does anything."""
        syntax = self.module.syntax
        return not (syntax.imports or syntax.bound or syntax.classes or syntax.calls)


def filed_modules(survey: Survey) -> Mapping[str, FiledModule]:
    """Return module name → where it is filed, for those with a file that are no tests."""
    found = {c.module: c for c in survey.classifications}
    return {
        m.name: FiledModule(
            m,
            survey.scope.below_package(m.path),
            found.get(m.name) or Classification(m.name, None, (), None, (), ()),
        )
        for m in survey.package_modules()
        if m.blob and _TESTS.isdisjoint(m.name.split(".")) and not _is_test(m)
    }


def _is_test(module: Module) -> bool:
    return module.name.rpartition(".")[2].startswith("test_")
