"""Where `found-by-place` is found, and where not."""

from __future__ import annotations

import pytest

from reorg_lib.hazards.kinds.tools.found_by_place import TOOL_FILES
from tests.unit.hazards.drawn import hazards_of, told

APP = "shop/infra/http"


COMMAND = "class Command(BaseCommand): pass\n"


FOUND = [
    ("django command", f"{APP}/management/commands/sync.py", COMMAND, f"{APP}/jobs/sync.py"),
    ("renamed", f"{APP}/management/commands/sync.py", COMMAND, f"{APP}/management/commands/go.py"),
    ("tag library", f"{APP}/templatetags/money.py", "r = Library()\n", f"{APP}/tags/money.py"),
    (
        "migration",
        f"{APP}/migrations/m1.py",
        "class M(migrations.Migration): ...\n",
        f"{APP}/m1.py",
    ),
    ("models", f"{APP}/models.py", "from django.db import models\n", f"{APP}/tables.py"),
    ("alembic", "shop/versions/a1.py", "down_revision = None\n", "shop/old_versions/a1.py"),
    ("airflow", "shop/dags/a.py", "d = DAG('a')\n", "shop/flows/a.py"),
    ("streamlit", "shop/pages/a.py", "import streamlit\n", "shop/pages/b.py"),
    ("invoke", "shop/tasks.py", "from invoke import task\n", "shop/jobs.py"),
]


NOT_FOUND = [
    ("no command", f"{APP}/management/commands/sync.py", "x = 1\n", f"{APP}/jobs/sync.py"),
    ("another folder", f"{APP}/commands/sync.py", COMMAND, f"{APP}/jobs/sync.py"),
    ("becomes a package", f"{APP}/models.py", "import django.db\n", f"{APP}/models/__init__.py"),
    ("other models", f"{APP}/models.py", "x = 1\n", f"{APP}/tables.py"),
]


@pytest.mark.parametrize(
    ("path", "text", "target"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND]
)
def test_a_tool_does_not_find_it(path: str, text: str, target: str) -> None:
    found = hazards_of("found-by-place", {path: text}, (f"{path} > {target}",))
    assert told(found) == [(f"{path}:1", "block", None)]
    assert target in found[0].why


@pytest.mark.parametrize(
    ("path", "text", "target"), [c[1:] for c in NOT_FOUND], ids=[c[0] for c in NOT_FOUND]
)
def test_no_tool_looks_for_it(path: str, text: str, target: str) -> None:
    assert hazards_of("found-by-place", {path: text}, (f"{path} > {target}",)) == ()


def test_a_command_that_moves_with_its_app() -> None:
    names = ("__init__.py", "client.py", "management/commands/sync.py")
    files = {f"{APP}/management/commands/sync.py": COMMAND}
    moves = tuple(f"{APP}/{name} > shop/web/{name}" for name in names)
    assert hazards_of("found-by-place", files, moves) == ()


def test_each_row_of_the_table_has_its_groups() -> None:
    assert all("(?P<home>" in row.pattern and "(?P<name>" in row.pattern for row in TOOL_FILES)
