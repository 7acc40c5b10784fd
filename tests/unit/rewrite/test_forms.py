"""Every form that is named where tools for moving modules fail, or are tested, has its evidence.

A form is rewritten, and the case of the table that shows it is named here; or no rewrite can see
it, and the kind of hazard is named that tells it, which has a test of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reorg_lib.hazards import find as hazards
from tests.unit.rewrite.test_cases import ALL, RUNNABLE

REWRITTEN = {
    # what was measured in the field
    "a function that imports a module from its package": "relative-imports-of-a-neighbour-package",
    "a function that imports, and stays where it is": "kinds-of-import-stay-in-place",
    "try, except ImportError": "in-a-try-that-falls-back",
    "try, except ImportError, and a swap": "swap-of-what-a-try-falls-back-to",
    "TYPE_CHECKING": "type-checking-with-an-else",
    "from .pkg import mod": "split-relative-statement",
    "comments in a parenthesised import": "parenthesised-with-comments-is-split",
    "import a.b.c, and a.x is used too": "attribute-of-a-neighbour-that-someone-else-loads",
    "import a.b.c, whose packages are used too": "plain-import-keeps-the-packages-on-its-way",
    "a is a local name": "plain-import-shadowed-by-a-local-name",
    "a module that someone else imported": "submodule-loaded-by-someone-else",
    "import a.b.c as x": "two-aliases-apart",
    "a module that an __init__ re-exports": "re-exported-module",
    "a symbol that an __init__ re-exports": "re-exported-symbol",
    "import_module": "patch-and-import-module",
    "targets of a patch": "monkeypatch-and-patch-object",
    "names in settings": "data-that-names-modules",
    "logging configuration": "settings-of-logging",
    "string annotations": "string-annotations",
    "entry points": "packaging-tables",
    "doctests": "doctest",
    "Dockerfile and CI": "build-and-delivery",
    "Markdown": "prose-with-code",
    "names of loggers and tasks": "logger-and-task-names",
    "an __init__ becomes a module": "init-becomes-a-module-and-uses-its-own",
    "a module becomes an __init__": "becomes-a-package-in-place",
    "between folders without __init__": "between-namespace-folders",
    "relative imports below such folders": "relative-imports-below-namespace-folders",
    "a package that imports when it is imported": "init-of-the-package-imports-what-leaves",
    "state that is imported under two names": "state-of-a-module-under-several-names",
    "two files of one base name": "two-of-one-name-into-one-package",
    "only the case changes": "only-the-case-changes",
    "a package and a module of one name": "module-and-package-change-places",
    "a module named like its package": "module-named-like-its-package",
    "swap": "swap-across-packages",
    "chain": "chain-of-three-that-use-one-another",
    "one statement, two destinations": "one-statement-two-destinations",
    "star import": "star-import",
    "joined by semicolons": "joined-by-semicolons",
    "backslashes": "backslash-continuation",
    "__all__ names a submodule": "all-that-names-a-submodule",
    "tests beside a source root": "tests-and-scripts-beside-a-source-root",
    # what rope's tests of moved and renamed modules name
    "a module is a value": "chain-as-a-value",
    "a package is a value": "package-as-a-value",
    "a module that imports itself": "module-that-imports-itself",
    "a keyword named like the module": "keyword-named-like-the-module",
    "a parameter named like the module": "parameter-named-like-the-module",
    "one module by both kinds of import": "one-module-under-two-names",
    "a neighbour in the same statement stays": "submodule-goes-neighbour-stays",
    "a symbol of the module": "from-module-import-name",
    "relative imports of the module that moves": "levels-in-the-moved-module",
    "a whole package": "whole-package-deeper",
    "an alias of what lies in a package that moves": "alias-of-a-package-that-moves",
    "all names of a module": "star-from-a-sibling",
    "a module is renamed where it is": "renamed-in-place",
    "a place that is not there yet": "namespace-folder",
    # younger parts of the language
    "match": "match-on-moved-names",
    "except*": "groups-of-exceptions",
    "nested f-strings": "f-strings-in-f-strings",
    "f-strings of Python 3.12": "f-strings-with-the-same-quotes",
    "generics and type aliases of Python 3.12": "generics-and-type-aliases",
    "singledispatch": "registered-for-a-type",
    "MANIFEST.in": "lines-of-a-manifest",
}
TOLD = {
    "__file__ and how far it climbs": "file-anchor",
    "data beside the module": "file-anchor",
    "importlib.resources": "package-data",
    "data that is shipped by pattern": "shipped-data",
    "target_metadata": "target-metadata",
    "import_module with a relative name": "dynamic-import",
    "names that are put together": "composed-name",
    "names without successor": "lost-name",
    "an __init__ that runs first, or no longer": "package-init",
    "folders without __init__": "namespace-folder",
    "registries by __module__, pickles": "identity-by-name",
    "stored names": "stored-name",
    "SQLAlchemy's string relationships": "mapped-by-name",
    "loggers named after a package": "logger-name",
    "one module under two names": "second-name",
    "two files of one base name": "same-test-name",
    "only the case changes": "case-rename",
    "swaps and chains": "name-handed-on",
    "a package imported by a class, or handed on": "named-submodule",
    "a package that is passed on": "package-passed-on",
    "chains in texts": "chain-in-text",
    "registrations that only a package's __init__ loads": "lost-registration",
    "a circle that is entered from another side": "import-order",
}
KINDS = {kind.KIND for kind in hazards.KINDS}


@pytest.mark.parametrize("case", REWRITTEN.values(), ids=REWRITTEN.keys())
def test_a_form_that_is_rewritten_has_its_case(case: str) -> None:
    assert case in {row.id for row in ALL}


def test_most_forms_are_shown_by_running_them() -> None:
    run = {row.id for row in RUNNABLE}
    assert len([case for case in REWRITTEN.values() if case in run]) >= 40


@pytest.mark.parametrize("kind", TOLD.values(), ids=TOLD.keys())
def test_a_form_that_is_told_has_its_kind(kind: str) -> None:
    assert kind in KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_hazard_is_looked_for_by_a_test(kind: str) -> None:
    unit = Path(__file__).parent.parent
    tests = [*unit.glob("hazards/*/test_*.py"), unit / "rewrite" / "split" / "test_used_names.py"]
    assert any(re.search(rf'"{kind}[":]', path.read_text("utf-8")) for path in tests)
