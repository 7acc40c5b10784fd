"""Where `path-from-folder` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of

SETTINGS = [
    (
        "workdir",
        "Dockerfile",
        'WORKDIR /app/shop/infra/old\nCMD ["python", "db.py"]',
        "../pg/setup/db.py",
    ),
    ("cd", "Makefile", "run:\n\tcd shop/infra && python old/db.py", "pg/setup/db.py"),
    ("ci", "ci.yml", "working-directory: ./shop/infra\nrun: python old/db.py", "pg/setup/db.py"),
    (
        "vs code",
        "launch.json",
        '{"cwd": "${workspaceFolder}/shop/infra",\n"program": "old/db.py"}',
        "pg/setup/db.py",
    ),
]


NO_SETTINGS = [
    ("elsewhere", "Dockerfile", 'WORKDIR /app/vendor\nCMD ["python", "db.py"]'),
    ("before it", "Makefile", "run:\n\tpython db.py\n\tcd shop/infra/old"),
    ("remark", "Makefile", "# cd shop/infra/old && python db.py"),
    ("stays", "Makefile", "\tcd shop/infra/http && python client.py"),
    ("prose", "README.md", "cd shop/infra/old && python db.py"),
]


@pytest.mark.parametrize(
    ("path", "text", "fix"), [c[1:] for c in SETTINGS], ids=[c[0] for c in SETTINGS]
)
def test_a_file_that_is_named_from_a_folder(path: str, text: str, fix: str) -> None:
    (found,) = hazards_of("path-from-folder", {path: text + "\n"})
    assert (found.severity.value, found.fix) == ("block", fix)


@pytest.mark.parametrize(
    ("path", "text"), [c[1:] for c in NO_SETTINGS], ids=[c[0] for c in NO_SETTINGS]
)
def test_a_file_that_is_not_named_from_there(path: str, text: str) -> None:
    assert hazards_of("path-from-folder", {path: text + "\n"}) == ()


def test_a_module_that_is_run_from_a_folder() -> None:
    text = "WORKDIR /app/shop/infra/old\nCMD gunicorn db:app\n"
    (found,) = hazards_of("path-from-folder", {"Dockerfile": text})
    assert (found.line, found.fix) == (2, None)
    assert hazards_of("path-from-folder", {"Dockerfile": text.replace("db:", "fs2:")}) == ()
