"""Where `same-test-name` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import hazards_of, told


def test_two_test_files_of_one_name() -> None:
    files = {"checks/one/test_a.py": "", "checks/two/test_b.py": ""}
    move = ("checks/two/test_b.py > checks/three/test_a.py",)
    assert told(hazards_of("same-test-name", files, move)) == [
        ("checks/two/test_b.py:1", "block", None)
    ]
    assert (
        hazards_of("same-test-name", files, ("checks/two/test_b.py > checks/three/test_c.py",))
        == ()
    )
    mode = {**files, "pyproject.toml": 'addopts = "--import-mode=importlib"\n'}
    assert hazards_of("same-test-name", mode, move) == ()
