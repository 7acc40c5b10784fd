"""Where `init-may-refuse` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, PG, hazards_of


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("import sys\n\nassert sys.platform == 'win32'\n", True),
        ("import sys\n\nif sys.platform != 'win32':\n    raise ImportError\n", True),
        ("import sys\n\ntry:\n    raise OSError\nexcept OSError: ...\n", False),
        ("import sys\n\ndef f():\n    assert sys\n", False),
    ],
)
def test_a_package_that_refuses_would_be_run_first(code: str, is_found: bool) -> None:
    files = {f"{OLD}/db.py": code}
    into = (f"{OLD}/db.py > {PG}/__init__.py", f"{OLD}/fs.py > {PG}/fs.py")
    found = hazards_of("init-may-refuse", files, into)
    assert [(h.path, h.line, h.severity.value) for h in found] == [
        (f"{OLD}/db.py", 4 if "if" in code else 3, "block")
    ] * is_found
    alone = (f"{OLD}/db.py > {PG}/__init__.py",)
    assert hazards_of("init-may-refuse", files, alone) == ()
