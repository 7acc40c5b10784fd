"""Where `sibling-import` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import MOVES, OLD, hazards_of, told

SIBLINGS = [
    ("script", "import db\n\nif __name__ == '__main__': ...\n", "block"),
    ("what it defines", "from db import make\n", "block"),
    ("perhaps a library", "import db\n", "note"),
]


@pytest.mark.parametrize(
    ("code", "severity"), [c[1:] for c in SIBLINGS], ids=[c[0] for c in SIBLINGS]
)
def test_a_file_that_is_imported_because_it_lies_beside(code: str, severity: str) -> None:
    files = {f"{OLD}/db.py": "def make(): ...\n", f"{OLD}/late.py": code}
    assert told(hazards_of("sibling-import", files)) == [(f"{OLD}/late.py:1", severity, None)]
    together = (*MOVES, f"{OLD}/late.py > shop/infra/pg/setup/late.py")
    assert hazards_of("sibling-import", files, together) == ()


def test_a_file_that_settings_run_by_its_path() -> None:
    files = {f"{OLD}/late.py": "import db\n", "Makefile": f"all:\n\tpython {OLD}/late.py\n"}
    assert [h.severity.value for h in hazards_of("sibling-import", files)] == ["block"]


def test_a_library_or_a_module_of_that_name_is_no_sibling() -> None:
    for code in ("import json\n", "import shop\n", "from . import db\n", "import redis\n"):
        files = {f"{OLD}/json.py": "", f"{OLD}/late.py": code}
        assert hazards_of("sibling-import", files) == ()
