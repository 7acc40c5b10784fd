"""Where `shadowed-import` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told

SHADOWS = [
    ("run by its path", {"Makefile": "\tpython shop/infra/old/fs.py\n"}, "logging", "block"),
    ("a script", {f"{OLD}/fs.py": "#!/usr/bin/env python\n"}, "logging", "block"),
    ("maybe run", {f"{OLD}/fs.py": 'if __name__ == "__main__": ...\n'}, "logging", "note"),
    ("not run", {}, "logging", None),
    ("nobody's name", {"Makefile": "\tpython shop/infra/old/fs.py\n"}, "engine", None),
    ("third party", {f"{OLD}/fs.py": "#!/bin/x\nimport yaml\n"}, "yaml", "block"),
]


@pytest.mark.parametrize(
    ("files", "name", "severity"), [c[1:] for c in SHADOWS], ids=[c[0] for c in SHADOWS]
)
def test_a_name_that_hides_another(files: dict[str, str], name: str, severity: str | None) -> None:
    found = hazards_of("shadowed-import", files, (f"{OLD}/db.py > {OLD}/{name}.py",))
    assert told(found) == ([(f"{OLD}/db.py:1", severity, None)] if severity else [])
