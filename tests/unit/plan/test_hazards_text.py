"""Names, patterns, links and paths in files that no rewrite understands."""

from __future__ import annotations

import pytest

from tests.unit.plan.hazards import MOVES, OLD, PG, hazards_of, told

# ------------------------------------------------------------------------------- lost names

LOST = [
    ("setting", "app.ini", "x = shop.infra.old", "block"),
    ("folder in a build", "Dockerfile", "COPY shop/infra/old/ /srv", "block"),
    ("remark in a setting", "app.ini", "# shop.infra.old is old", "note"),
    ("document", "README.md", "see `shop/infra/old/`", "note"),
    ("string", "shop/app.py", 'P = "shop.infra.old"', "block"),
    ("comment", "shop/app.py", "# see shop.infra.old", "note"),
    ("docstring", "shop/app.py", '"""See shop.infra.old."""', "note"),
]
KEPT = [
    ("module", "app.ini", "x = shop.infra.old.db"),
    ("package that moves whole", "app.ini", "x = shop.infra.oci"),
    ("package that stays", "app.ini", "x = shop.infra"),
    ("file in the folder", "Dockerfile", f"COPY {OLD}/db.py /srv"),
    ("data in the folder", "Dockerfile", f"VOLUME /srv/{OLD}/rows.json"),
    ("of others", "app.ini", "x = workshop.infra.old"),
]
_ALL = (*MOVES, f"{OLD}/rows.json > {PG}/setup/rows.json")


@pytest.mark.parametrize(
    ("path", "text", "severity"), [c[1:] for c in LOST], ids=[c[0] for c in LOST]
)
def test_a_name_without_successor(path: str, text: str, severity: str) -> None:
    assert told(hazards_of("lost-name", {path: text + "\n"})) == [(f"{path}:1", severity, None)]


@pytest.mark.parametrize(("path", "text"), [c[1:] for c in KEPT], ids=[c[0] for c in KEPT])
def test_a_name_with_a_successor(path: str, text: str) -> None:
    files = {path: text + "\n", f"{OLD}/rows.json": ""}
    assert hazards_of("lost-name", files, _ALL) == ()


def test_a_document_is_told_once() -> None:
    (found,) = hazards_of("lost-name", {"README.md": "shop.infra.old\n\nshop/infra/old/\n"})
    assert (found.line, found.severity.value) == (1, "note")
    assert "`shop.infra.old`, `shop/infra/old`" in found.why


# --------------------------------------------------------------------------------- patterns

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
_DB, _FS = f"{PG}/db.py", f"{PG}/deep/fs.py"
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

_ALL_NEW = '["shop.infra.pg.setup.db", "shop.infra.pg.tables", "shop.infra.storage.fs"]'
SCATTERED = [
    ("pyproject.toml", '[tool.mypy]\npackages = ["shop.infra.old"]\n', "[tool.mypy]\npackages = "),
    ("shop/app.py", 'P = ["shop.infra.old"]\n', "P = "),
]


@pytest.mark.parametrize(("path", "text", "after"), SCATTERED, ids=[c[0] for c in SCATTERED])
def test_a_package_that_scatters_is_all_its_successors(path: str, text: str, after: str) -> None:
    (found,) = hazards_of("lost-name", {path: text})
    assert found.fix is not None
    assert text[: found.start] + found.fix + text[found.end :] == f"{after}{_ALL_NEW}\n"


def test_a_pattern_of_paths_says_what_it_loses_and_gains() -> None:
    files = {"ci.yml": "shop/infra/oci/d*.py and shop/infra/[a-p]*/d*.py\n"}
    moves = (f"{OLD}/db.py > shop/infra/storage/db.py", f"{OLD}/fs.py > shop/infra/pg/do.py")
    (found,) = hazards_of("path-pattern", files, moves)
    assert found.severity.value == "note"
    assert f"no longer {OLD}/db.py, and {OLD}/fs.py as well" in found.why


def test_a_pattern_of_modules() -> None:
    linter = '[[tool.mypy.overrides]]\nmodule = ["shop.infra.{}.*"]\n'
    moves = (*MOVES[:2], f"{OLD}/__init__.py > {PG}/__init__.py", *MOVES[2:])
    (found,) = hazards_of("module-pattern", {"pyproject.toml": linter.format("old")}, moves)
    assert (found.line, found.severity.value) == (2, "note")
    assert "no longer shop.infra.old.fs" in found.why
    assert hazards_of("module-pattern", {"pyproject.toml": linter.format("http")}, moves) == ()
    assert hazards_of("module-pattern", {"pyproject.toml": linter.format("oci")}, moves) == ()


def test_data_that_would_not_be_shipped() -> None:
    rows = '[tool.setuptools.package-data]\n"shop.infra.old" = ["*.json"]\n'
    files = {"pyproject.toml": rows, f"{OLD}/rows.json": "", f"{OLD}/db.py": "x = 1\n"}
    init = f"{OLD}/__init__.py > {PG}/__init__.py"
    (found,) = hazards_of("shipped-data", files, (*_ALL, init))
    assert (found.line, found.severity.value) == (1, "block")
    assert f"{OLD}/rows.json" in found.why and f"{PG}/setup/rows.json" in found.why
    deep = {**files, "pyproject.toml": rows.replace("*.json", "**/*.json")}
    assert hazards_of("shipped-data", deep, (*_ALL, init)) == ()
    everywhere = {**files, "pyproject.toml": rows.replace("shop.infra.old", "*")}
    assert hazards_of("shipped-data", everywhere, (*_ALL, init)) == ()
    broken = {**files, "pyproject.toml": "[tool"}
    assert hazards_of("shipped-data", broken, (*_ALL, init)) == ()


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


# ------------------------------------------------------------------------------------ links


MANIFESTS = [
    ("folder", f"recursive-include {OLD} *.json", [1]),
    ("graft", f"# data\ngraft {OLD}/", [2]),
    ("pattern above", "include setup.py\nrecursive-include shop *.json", []),
    ("global", f"graft {OLD}\nglobal-include *.json", []),
    ("its own line", f"include {OLD}/rows.json", []),
    ("the new place too", f"graft {OLD}\ngraft {PG}", []),
    ("what is left out", f"prune {OLD}\nrecursive-exclude {OLD} *.json", []),
    ("a folder that moves whole", "graft shop/infra/oci", []),
]


@pytest.mark.parametrize(
    ("text", "lines"), [c[1:] for c in MANIFESTS], ids=[c[0] for c in MANIFESTS]
)
def test_data_that_a_source_distribution_would_leave_out(text: str, lines: list[int]) -> None:
    data = {f"{OLD}/rows.json": "", "shop/infra/oci/job.json": "", f"{OLD}/late.py": ""}
    rows = f"{OLD}/rows.json > {PG}/setup/rows.json"
    job = "shop/infra/oci/job.json > shop/infra/runner/oci/job.json"
    files = {**data, "MANIFEST.in": text + "\n"}
    found = hazards_of("shipped-data", files, (*MOVES, rows, job))
    assert told(found) == [(f"MANIFEST.in:{line}", "block", None) for line in lines]


def test_links_to_what_moves() -> None:
    def links(target: str, moves: tuple[str, ...] = MOVES) -> list[tuple[str, str, str | None]]:
        modes = {"bin/link": "120000"}
        return told(hazards_of("symlink", {"bin/link": target}, moves, modes=modes))

    assert links("../shop/infra/old/db.py") == [("bin/link:1", "block", None)]
    assert links("../shop/infra/oci") == [("bin/link:1", "block", None)]
    assert links("../shop/infra") == [("bin/link:1", "note", None)]
    assert links("../shop/infra/http") == []
    assert links("/usr/share/x") == links("nowhere") == []
    assert hazards_of("symlink", {"bin/link": "../shop/infra/old/db.py"}) == ()


# ------------------------------------------------------------------- paths from in between

PARTIAL = [
    ("after cd", "Makefile", "\tcd shop/infra && python old/db.py", True),
    ("above", "docs/conf.toml", 'x = "../old/db.py"', True),
    ("in code", "shop/app.py", 'run(["python", "old/db.py"])', True),
    ("module after cd", "Makefile", "\tcd shop && python -m infra.old.db", True),
    ("whole path", "Makefile", "\tpython shop/infra/old/db.py", False),
    ("package's folder", "Makefile", "\tpython infra/old/db.py", False),
    ("whole module", "Makefile", "\tpython -m shop.infra.old.db", False),
    ("stays", "Makefile", "\tcd shop/infra && python http/client.py", False),
    ("of others", "Makefile", "\tpython vendor/old/db.py", False),
    ("comment in code", "shop/app.py", "# old/db.py", False),
]


@pytest.mark.parametrize(
    ("path", "text", "is_found"), [c[1:] for c in PARTIAL], ids=[c[0] for c in PARTIAL]
)
def test_a_path_from_a_folder_in_between(path: str, text: str, is_found: bool) -> None:
    found = hazards_of("partial-path", {path: text + "\n"})
    assert told(found) == ([(f"{path}:1", "note", None)] if is_found else [])


# ------------------------------------------------------------------ names read without a word

SILENT = [
    ("table", 'RATES = {"shop.infra.old.db": 1}\ndef rate(name): return RATES.get(name)', True),
    ("compared", 'def rate(name): return name == "shop.infra.old.db"', True),
    ("begins", 'def rate(name): return name.startswith("shop.infra.old.db")', True),
    ("module that stays", 'def rate(name): return name == "shop.infra.http.client"', False),
    ("another argument", 'def rate(x, name): return name == "shop.infra.old.db"', False),
    ("certainly a module", 'def rate(name): return name == patch("shop.infra.old.db")', False),
    ("in a docstring", 'def rate(name):\n    """name == shop.infra.old.db"""', False),
]


@pytest.mark.parametrize(("text", "is_told"), [c[1:] for c in SILENT], ids=[c[0] for c in SILENT])
def test_a_name_that_is_compared_with_a_module(text: str, is_told: bool) -> None:
    files = {"shop/app.py": text, f"{OLD}/db.py": "from shop.app import rate\nR = rate(__name__)"}
    found = told(hazards_of("silent-name", files))
    assert found == ([("shop/app.py:1", "block", "shop.infra.pg.setup.db")] if is_told else [])


# ------------------------------------------------------------------------------- shared names

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
