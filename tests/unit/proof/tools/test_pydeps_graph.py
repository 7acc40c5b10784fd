"""What pydeps is given to read, which modules it is asked about, and what of that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.git import open_repository
from reorg_lib.model import TrackedFile
from reorg_lib.proof.tools import pydeps_graph as witness
from reorg_lib.proof.tools.pydeps_graph import run_pydeps
from tests.conftest import MakeRepository, git


def test_a_linked_folder_is_no_second_package(make_repository: MakeRepository) -> None:
    root = make_repository(
        {
            "app/__init__.py": "",
            "app/db/__init__.py": "",
            "app/db/keys.py": "K = 1\n",
            "app/db/engine.py": "from app.db.keys import K\n",
        }
    )
    (root / "app/again").symlink_to("db")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "a second name")
    seen = run_pydeps(*_files(root), ".", "app")
    assert seen.error == ""
    assert ("app.db.engine", "app.db.keys") in seen.edges
    assert not [edge for edge in seen.edges if "again" in "".join(edge)]


def test_modules_beside_the_package_are_asked_about_by_name(
    make_repository: MakeRepository,
) -> None:
    files = {
        "app/__init__.py": "",
        "app/use.py": "import tool\nfrom lib import part\nfrom lib.other import A\n",
        "tool.py": "from app import use\n",
        "lib/part.py": "",
        "lib/other.py": "A = 1\n",
    }
    root = make_repository(files)
    seen = run_pydeps(*_files(root), ".", "app", ["lib.part", "tool", "nowhere"])
    assert seen.edges == (
        ("app.use", "lib.part"),
        ("app.use", "tool"),
        ("tool", "app"),
        ("tool", "app.use"),
    )
    assert seen.modules == {"app", "app.use", "lib.part", "tool"}
    alone = run_pydeps(*_files(root), ".", "nowhere", ["tool"])
    assert alone.modules == {"tool"}
    assert alone.error == ""


def test_what_pydeps_cannot_read_is_no_module_that_it_saw(make_repository: MakeRepository) -> None:
    root = make_repository(
        {
            "app/__init__.py": "",
            "app/broken.py": "x = \n",
            "app/reorg_entry.py": "",
            "reorg_entry.py": "import app.alone\n",
            "app/alone.py": "",
        }
    )
    seen = run_pydeps(*_files(root), ".", "app", ["reorg_entry"])
    assert seen.modules == {"app", "app.alone", "app.reorg_entry", "reorg_entry"}
    assert ("reorg_entry", "app.alone") in seen.edges


def test_the_same_question_is_answered_from_the_cache(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REORG_CACHE", str(tmp_path / "cache"))
    root = make_repository({"app/__init__.py": "", "app/a.py": "import app.b\n", "app/b.py": ""})
    files, contents = _files(root)
    seen = run_pydeps(files, contents, ".", "app")
    monkeypatch.setattr(witness, "_SECONDS", 0.001)
    assert run_pydeps(files, contents, ".", "app") == seen
    assert seen.edges
    for other in (
        run_pydeps(files, contents, ".", "app.a"),
        run_pydeps([replace(file, blob=files[0].blob) for file in files], contents, ".", "app"),
    ):
        assert "stopped after" in other.error


def _files(root: Path) -> tuple[tuple[TrackedFile, ...], Mapping[str, bytes]]:
    repository = open_repository(root)
    files = repository.files()
    return files, repository.contents(file.blob for file in files)
