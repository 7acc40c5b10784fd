"""Where `test-not-collected` is found, and where not."""

from __future__ import annotations

import tomllib

import pytest

from tests.unit.hazards.drawn import hazards_of, told

_TEST = "def test_a(): pass\n"


COLLECTED = [
    ("renamed", _TEST, "checks_a.py", "", ("shop/tests/test_a.py:1", None)),
    ("still a test", _TEST, "test_b.py", "", None),
    ("no tests in it", "X = 1\n", "checks_a.py", "", None),
    ("pattern", _TEST, "checks_a.py", "[pytest]\npython_files = *_a.py\n", None),
    ("not it", "class TestA: ...\n", "checks_b.py", "[pytest]\npython_files = *_a.py\n",
     ("pytest.ini:2", " checks_b.py")),
    ("more lines", _TEST, "checks_b.py", "[pytest]\npython_files =\n  test_*.py\n  a.py\nx = 1\n",
     ("pytest.ini:4", " checks_b.py")),
    ("no pattern", _TEST, "checks_b.py", "[pytest]\naddopts = -q\n",
     ("pytest.ini:2", "python_files = test_*.py *_test.py checks_b.py\n")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "target", "ini", "expected"), [c[1:] for c in COLLECTED], ids=[c[0] for c in COLLECTED]
)
def test_a_test_that_is_not_collected(
    text: str, target: str, ini: str, expected: tuple[str, str | None] | None
) -> None:
    files = {"shop/tests/test_a.py": text, "pytest.ini": ini}
    move = f"shop/tests/test_a.py > shop/tests/{target}"
    found = hazards_of("test-not-collected", files, (move,))
    assert told(found) == ([(expected[0], "block", expected[1])] if expected else [])
    if expected and expected[1] is None:
        assert "python_files = test_*.py *_test.py checks_a.py" in found[0].why


TOML = [
    ("list", 'testpaths = ["shop/t"]', ', "shop/infra/test_a.py"'),
    ("open list", 'testpaths = [\n  "shop/t",\n]', ', "shop/infra/test_a.py"'),
    ("words", 'testpaths = "shop/t"', " shop/infra/test_a.py"),
]


@pytest.mark.parametrize(("said", "fix"), [c[1:] for c in TOML], ids=[c[0] for c in TOML])
def test_a_test_that_leaves_the_folders_of_tests(said: str, fix: str) -> None:
    text = f"[tool.pytest.ini_options]\n{said}\n"
    files = {"shop/t/test_a.py": _TEST, "pyproject.toml": text}
    (found,) = hazards_of("test-not-collected", files, ("shop/t/test_a.py > shop/infra/test_a.py",))
    assert (found.path, found.fix) == ("pyproject.toml", fix) and "below shop/t" in found.why
    fixed = tomllib.loads(text[: found.start] + fix + text[found.end :])
    paths = fixed["tool"]["pytest"]["ini_options"]["testpaths"]
    assert (paths.split() if isinstance(paths, str) else paths) == [
        "shop/t",
        "shop/infra/test_a.py",
    ]
    inside = ("shop/t/test_a.py > shop/t/all/test_a.py",)
    assert hazards_of("test-not-collected", files, inside) == ()


def test_two_tests_that_are_not_collected_get_one_fix() -> None:
    files = {"tests/test_a.py": _TEST, "tests/test_b.py": _TEST, "tox.ini": "[pytest]\n"}
    moves = ("tests/test_a.py > tests/a.py", "tests/test_b.py > tests/b.py")
    (found,) = hazards_of("test-not-collected", files, moves)
    assert found.fix == "python_files = test_*.py *_test.py a.py b.py\n"
