"""What becomes of the users of a split module: what they take, and what they replace."""

from __future__ import annotations

from pathlib import Path

import pytest

from reorg_lib.errors import HazardError, RewriteError
from reorg_lib.git import open_repository
from reorg_lib.model import (
    ChangeSet,
    Decision,
    HazardSettlement,
    Plan,
    Scope,
    Settlement,
    Split,
)
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository

TABLES = """\
import os
from functools import cache

from app import clock

metadata = []
_LIMIT = 3


def users():
    return clock.now(), _LIMIT, os.sep


@cache
def records():
    return metadata
"""
PARTS = (("auth.py", ("users",)), ("records.py", ("records",)))


def split(root: Path, *accepted: str) -> ChangeSet:
    """Split the tables of `app` and move them to `app.db`."""
    repository = open_repository(root)
    survey = take_survey(repository, "app")
    step = Split("app/tables.py", "app/db/tables", Decision.APPROVED, parts=PARTS)
    plan = Plan(
        Scope("app", survey.source_root, survey.commit),
        (step,),
        hazards=tuple(HazardSettlement(id_, Settlement.ACCEPT, "seen") for id_ in accepted),
    )
    return build_changeset(repository, survey, plan)


def tree(**files: str) -> dict[str, str]:
    app = {"app/__init__.py": "", "app/clock.py": "def now(): ...\n", "app/tables.py": TABLES}
    return {**app, **{path.replace("__", "/") + ".py": text for path, text in files.items()}}


def exported(changeset: ChangeSet) -> str:
    (change,) = changeset.splits
    return change.after.decode()


def test_whoever_needs_the_whole_set_keeps_the_package(make_repository: MakeRepository) -> None:
    env = "from app.tables import metadata\n\ntarget_metadata = metadata\n"
    create = "import app.tables\n\napp.tables.metadata.create_all()\n"
    changeset = split(make_repository(tree(migrations__env=env, app__create=create)))
    after = {change.target: change.after for change in changeset.changes}
    assert after["migrations/env.py"] == env.replace("app.tables", "app.db.tables").encode()
    assert after["app/create.py"] == create.replace("app.tables", "app.db.tables").encode()
    names = exported(changeset)
    assert "from .auth import users\n" in names
    assert "from .records import metadata, records\n" in names


@pytest.mark.parametrize(
    ("user", "line"),
    [
        ("from app.tables import _LIMIT\n", "_LIMIT as _LIMIT"),
        ("from app import tables\n\ntables._LIMIT\n", "_LIMIT as _LIMIT"),
        ("from . import tables as t\n\nt . _LIMIT\n", "_LIMIT as _LIMIT"),
        ("import app.tables as t\n\nt._LIMIT\n", "_LIMIT as _LIMIT"),
        ("import app.tables\n\ngetattr(app.tables, '_LIMIT')\n", "_LIMIT as _LIMIT"),
        ("import app.tables\n\napp.tables.os.sep\n", "import os\n"),
        ("from app import tables\n\ntables.cache\n", "from functools import cache\n"),
        ("from app.tables import *\n\ncache\n", "from functools import cache\n"),
    ],
)
def test_what_users_take_stays_in_the_package(
    user: str, line: str, make_repository: MakeRepository
) -> None:
    assert line in exported(split(make_repository(tree(app__user=user))))


def test_what_nobody_takes_does_not(make_repository: MakeRepository) -> None:
    user = "import app.tables\n\nclass A:\n    _LIMIT = 1\n    os = 2\n\nA._LIMIT, A.os\n"
    names = exported(split(make_repository(tree(app__user=user))))
    assert "_LIMIT" not in names and "os" not in names and "cache" not in names


MUTUAL = "class users:\n    of: 'records'\nclass records:\n    of: 'users'\n"


@pytest.mark.parametrize(
    "code", ["import dishka\n", "from pydantic import x\n", "\nget_type_hints(x)\n"]
)
def test_who_looks_annotations_up_keeps_a_cycle_of_them_refused(
    code: str, make_repository: MakeRepository
) -> None:
    files = {**tree(app__user="import fastapis\n"), "app/tables.py": MUTUAL}
    assert b"TYPE_CHECKING" in split(make_repository(files)).splits[0].parts[0].header
    with pytest.raises(RewriteError, match=r"app/di\.py:\d looks them up"):
        split(make_repository({**files, "app/di.py": code}))


REPLACED = [
    ('from unittest.mock import patch\npatch("app.tables.metadata")\n', 2),
    ('def test(mocker):\n    mocker.patch("app.tables.clock", new=1)\n', 2),
    ("from unittest import mock\nfrom app import tables\nmock.patch.object(tables, '_LIMIT')\n", 3),
    ("from unittest.mock import patch\npatch.multiple('app.tables', _LIMIT=2)\n", 2),
    ('def test(monkeypatch):\n    monkeypatch.setattr("app.tables._LIMIT", 2)\n', 2),
    ("import app.tables as t\ndef test(m):\n    m.setattr(t, 'metadata', 2)\n", 3),
    ("import app.tables\napp.tables._LIMIT = 4\n", 2),
    ("from app import tables\ntables._LIMIT += 4\n", 2),
]


@pytest.mark.parametrize(("test", "line"), REPLACED)
def test_a_replaced_name_that_a_part_reads_blocks_until_it_is_accepted(
    test: str, line: int, make_repository: MakeRepository
) -> None:
    root = make_repository(tree(tests__test_it=test))
    with pytest.raises(HazardError, match="reads it in a function") as caught:
        split(root)
    (id_,) = caught.value.ids
    assert id_ == f"replaced-name:tests/test_it.py:{line}"
    assert split(root, id_).splits


@pytest.mark.parametrize(
    "test",
    [
        'from unittest.mock import patch\npatch("app.tables.users")\n',
        'from unittest.mock import patch\npatch("app.tables.metadata.append")\n',
        'from unittest.mock import patch\npatch("app.clock.now")\n',
        "import app.tables\napp.tables._LIMIT == 4\napp.tables.new = 1\n",
    ],
    ids=["nobody in the module reads it", "inside of it", "another module", "no replacing"],
)
def test_what_reaches_everybody_is_no_hazard(test: str, make_repository: MakeRepository) -> None:
    assert split(make_repository(tree(tests__test_it=test))).splits
