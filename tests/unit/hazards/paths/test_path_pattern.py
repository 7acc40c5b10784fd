"""Where `path-pattern` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, PG, hazards_of, told

PATTERNS = [
    ("codeowners", ".github/CODEOWNERS", "/shop/infra/*/db.py @team", "block"),
    ("ci filter", "ci.yml", 'paths: ["shop/infra/*/tables.py"]', None),
    ("all", "ci.yml", '- "shop/**"', None),
    ("whole package", "ruff.toml", '"shop/infra/oci/*.py" = ["E"]', None),
    ("in a remark", "ci.yml", "# shop/infra/*/db.py", None),
    ("no path", "ci.yml", "*.py", None),
    ("in a document", "README.md", "shop/infra/*/db.py", None),
    ("of a grammar", "a.lark", "WORD: /?[_?]?[a-z][_a-z0-9]*/", None),
]


@pytest.mark.parametrize(
    ("path", "text", "severity"), [c[1:] for c in PATTERNS], ids=[c[0] for c in PATTERNS]
)
def test_a_pattern_of_paths(path: str, text: str, severity: str | None) -> None:
    found = hazards_of("path-pattern", {path: text + "\n"})
    assert told(found) == ([(f"{path}:1", severity, None)] if severity else [])


def test_what_a_pattern_loses_is_listed_beside_it() -> None:
    moves = (f"{OLD}/db.py > {PG}/db.py", f"{OLD}/fs.py > {PG}/deep/fs.py")
    shown = []
    for path, text in SEVERAL:
        (found,) = hazards_of("path-pattern", {path: text}, moves)
        assert found.severity.value == "block" and found.fix is not None, path
        shown.append(text[: found.start] + found.fix + text[found.end :])
    assert shown == SEVERAL_AFTER


SEVERAL = [
    ("ruff.toml", f'[lint.per-file-ignores]\n"{OLD}/*.py" = ["E"]\n'),
    ("pyproject.toml", f'[tool.coverage.run]\nomit = ["{OLD}/*"]\n'),
    (".coveragerc", f"[run]\nomit =\n    {OLD}/*\n"),
    ("setup.cfg", f"[coverage:run]\nomit = {OLD}/*\n"),
    ("codecov.yml", f'ignore:\n  - "{OLD}/**"\n'),
    (".github/CODEOWNERS", f"/{OLD}/* @a\n"),
    (".github/workflows/ci.yml", f"on:\n  push:\n    paths: ['{OLD}/**']\n"),
    (".github/workflows/ci.yml", f"on:\n  push:\n    paths-ignore: ['{OLD}/**']\n"),
]


_DB = f"{PG}/db.py"


_FS = f"{PG}/deep/fs.py"


SEVERAL_AFTER = [
    f'[lint.per-file-ignores]\n"{OLD}/*.py" = ["E"]\n"{_DB}" = ["E"]\n"{_FS}" = ["E"]\n',
    f'[tool.coverage.run]\nomit = ["{OLD}/*", "{_DB}", "{_FS}"]\n',
    f"[run]\nomit =\n    {OLD}/*\n    {_DB}\n    {_FS}\n",
    f"[coverage:run]\nomit = {OLD}/*, {_DB}, {_FS}\n",
    f'ignore:\n  - "{OLD}/**"\n  - "{_DB}"\n  - "{_FS}"\n',
    f"/{OLD}/* @a\n/{_DB} @a\n/{_FS} @a\n",
    "on:\n  push:\n    paths: ['shop/infra/**']\n",
    f"on:\n  push:\n    paths-ignore: ['{OLD}/**', '{_DB}', '{_FS}']\n",
]


def test_a_pattern_of_paths_says_what_it_loses_and_gains() -> None:
    files = {"ci.yml": "shop/infra/oci/d*.py and shop/infra/[a-p]*/d*.py\n"}
    moves = (f"{OLD}/db.py > shop/infra/storage/db.py", f"{OLD}/fs.py > shop/infra/pg/do.py")
    (found,) = hazards_of("path-pattern", files, moves)
    assert found.severity.value == "note"
    assert f"no longer {OLD}/db.py, and {OLD}/fs.py as well" in found.why
