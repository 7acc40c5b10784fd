"""Where `identity-by-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import MOVES, OLD, hazards_of, told

BY_NAME = [
    ("pickle", "import pickle\npickle.dumps(x)\n", True),
    ("shelve", "import shelve\nshelve.open('x')\n", True),
    ("registry", "\nALL[cls.__module__] = cls\n", True),
    ("comment", "# cls.__module__\n", False),
    ("text", "'''pickle.dumps'''\n", False),
    ("only the class", "\nALL[cls.__qualname__] = cls\n", False),
]


@pytest.mark.parametrize(
    ("code", "is_found"), [c[1:] for c in BY_NAME], ids=[c[0] for c in BY_NAME]
)
def test_classes_known_by_their_module(code: str, is_found: bool) -> None:
    found = hazards_of("identity-by-name", {"shop/app.py": code})
    assert told(found) == ([("shop/app.py:2", "note", None)] if is_found else [])
    assert hazards_of("identity-by-name", {"tests/test_app.py": code}) == ()
    assert hazards_of("identity-by-name", {"shop/app.py": code}, ("? " + MOVES[0],)) == ()


def test_all_files_are_one_note() -> None:
    code = "import pickle\npickle.dumps(x.__module__)\n"
    (found,) = hazards_of("identity-by-name", {"shop/app.py": code, f"{OLD}/db.py": "\n" + code})
    assert f"at shop/app.py:2, {OLD}/db.py:3;" in found.why
