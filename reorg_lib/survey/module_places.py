"""The modules of the package with their folder and their classification.

Tests and folders without a file are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reorg_lib.model import Classification, Module, Survey

_TESTS = frozenset({"test", "tests", "testing", "conftest"})


@dataclass(frozen=True, slots=True)
class FiledModule:
    """A module with a file: its path below the package, and its classification."""

    module: Module
    path: str
    found: Classification

    @property
    def folder(self) -> str:
        """The folder below the package, "" for a module directly in the package."""
        return self.path.rpartition("/")[0]

    @property
    def top(self) -> str:
        """The first part of the folder."""
        return self.folder.partition("/")[0]

    @property
    def is_empty(self) -> bool:
        """True if no line of the module does anything."""
        syntax = self.module.syntax
        return not (syntax.imports or syntax.bound or syntax.classes or syntax.calls)


def filed_modules(survey: Survey) -> Mapping[str, FiledModule]:
    """Return module name → record, for the modules that have a file and are no tests."""
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
