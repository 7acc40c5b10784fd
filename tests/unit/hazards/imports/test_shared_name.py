"""Where `shared-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of, told

SHARED = [
    ("own moves", "import kit", "tests/kit.py > tests/gear.py"),
    ("own moves, from", "from kit import f", "tests/kit.py > tests/gear.py"),
    ("other moves", "import kit", "kit.py > shop/kit.py"),
]


@pytest.mark.parametrize(("text", "move"), [c[1:] for c in SHARED], ids=[c[0] for c in SHARED])
def test_a_name_of_two_folders(text: str, move: str) -> None:
    files = {"kit.py": "", "tests/kit.py": "", "tests/test_a.py": text, "main.py": text}
    found = hazards_of("shared-name", files, (move,))
    assert told(found) == [("tests/test_a.py:1", "block", None)]


@pytest.mark.parametrize("gone", ["kit.py", "tests/kit.py"])
def test_a_name_of_one_folder(gone: str) -> None:
    files = {"kit.py": "", "tests/kit.py": "", "tests/test_a.py": "import kit"}
    (left,) = files.keys() - {gone, "tests/test_a.py"}
    del files[gone]
    assert hazards_of("shared-name", files, (f"{left} > {left.replace('kit', 'gear')}",)) == ()
