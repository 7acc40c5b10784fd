"""What pydeps is given to read: regular files only, so that nothing has a second name."""

from __future__ import annotations

from pathlib import Path

from reorg_lib.export.witness import hear_pydeps
from reorg_lib.repository import open_repository
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
    with open_repository(root).scratch_copy() as copy:
        seen = hear_pydeps(copy, ".", "app")
        assert not Path(copy, "app/again").is_symlink()
    assert seen.error == ""
    assert ("app.db.engine", "app.db.keys") in seen.edges
    assert not [edge for edge in seen.edges if "again" in "".join(edge)]
