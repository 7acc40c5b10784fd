"""Where `ignored-place` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of, told

IGNORES = [
    ("a folder's name", "storage/", True),
    ("anchored there", "/shop/infra/pg/", True),
    ("a file's name", "setup", True),
    ("anchored elsewhere", "/storage/", False),
    ("taken back", "storage/\n!storage/", False),
    ("other", "build/\n# storage/\n*.pyc", False),
]


@pytest.mark.parametrize(
    ("text", "is_found"), [c[1:] for c in IGNORES], ids=[c[0] for c in IGNORES]
)
def test_a_place_that_git_ignores(text: str, is_found: bool) -> None:
    found = hazards_of("ignored-place", {".gitignore": text + "\n"})
    assert told(found) == ([(".gitignore:1", "block", None)] if is_found else [])
