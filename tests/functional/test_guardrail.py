"""The guardrail from end to end: proposed, approved, in script and proof, and keeping watch.

The script is really run; the test file that it leaves is really run, from another folder.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.git import open_repository
from reorg_lib.guardrails.existing_tree import find_drawn
from reorg_lib.guardrails.file_changes import with_guardrails
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository, git

_README = """\
# Shop

Old words.

## Project structure

```
shop/
├── domain/            # what it is about
└── infra/             # adapters
    ├── log.py         # how it logs
    ├── orders/        # all about orders
    └── s3/            # buckets
tests/
```

The engine is in `shop/infra/orders/engine.py`.\t
"""
_HOOKS = """\
# ours
repos:
    - repo: https://example.org/hooks   # good ones
      rev: v1
      hooks:
          - id: tidy

ci:
    skip: [tidy]
"""
SHOP = {
    ".pre-commit-config.yaml": _HOOKS,
    "README.md": _README,
    "shop/__init__.py": "",
    "shop/domain/__init__.py": "",
    "shop/domain/orders/__init__.py": "",
    "shop/domain/orders/model.py": "class Order: ...\n",
    "shop/domain/users/__init__.py": "",
    "shop/domain/users/port.py": (
        "from typing import Protocol\n\n\n"
        "class PhotoStorage(Protocol):\n    def put_photo(self): ...\n"
    ),
    "shop/infra/__init__.py": "",
    "shop/infra/log.py": "",
    "shop/infra/orders/__init__.py": "",
    "shop/infra/orders/engine.py": (
        "import psycopg\n\nfrom shop.domain.orders.model import Order\n\n\n"
        "engine = psycopg.connect\n\n\ndef all():\n    return engine(), Order\n"
    ),
    "shop/infra/s3/__init__.py": "",
    "shop/infra/s3/photos.py": (
        "import boto3\n\nfrom shop.domain.users.port import PhotoStorage\n\n\n"
        "class S3PhotoStorage(PhotoStorage):\n"
        "    def put_photo(self):\n        boto3.client('s3')\n"
    ),
    "shop/infra/files/__init__.py": "",
    "shop/infra/files/disk.py": (
        "import pathlib\n\nfrom shop.domain.users.port import PhotoStorage\n\n\n"
        "class DiskPhotoStorage(PhotoStorage):\n    def put_photo(self):\n"
        "        pathlib.Path('x')\n"
    ),
    "tests/test_shop.py": (
        "from shop.domain.orders.model import Order\n\n\ndef test_order():\n    assert Order\n"
    ),
}
_EXAMPLE = Path(__file__).parents[2] / "examples"
_PACKAGE = "archive/infrastructure/"
_TEST = "tests/test_layout_of_infra.py"


def reorg(*arguments: str | Path, ends: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "reorg_lib", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ends, done.stdout + done.stderr
    return done.stdout


def run_layout_test(root: Path) -> str:
    """Run the test file as a project would that has no pytest; return what it complains about."""
    command = [sys.executable, "-I", str(root / _TEST)]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if line.startswith("AssertionError")]
    assert bool(said) == bool(done.returncode), done.stderr
    return "\n".join(said)


@pytest.fixture
def shop(make_repository: MakeRepository) -> Path:
    return make_repository(SHOP)


def test_from_the_proposal_to_a_tree_that_is_watched(shop: Path) -> None:
    plan, out = shop.parent / "plan.toml", shop.parent / "out"
    reorg("propose", shop, "--package", "shop.infra", "--plan", plan)
    reorg("approve", "--plan", plan, "--all")
    tests = f"{shlex.quote(sys.executable)} -m pytest -q -p no:cacheprovider tests"
    options = ("--out", out, "--no-witness", "--test-command", tests)
    reorg("export", shop, "--plan", plan, *options)
    points = json.loads((out / "certificate.json").read_text())["points"]
    assert all(point["holds"] for point in points)
    (added,) = [p["notes"] for p in points if p["number"] == 9]
    assert [note.rpartition(": ")[2] for note in added] == ["added by the script, and passes"] * 3
    script = (out / "reorganize.sh").read_text()
    assert "# Also new: " in script
    assert f"create {_TEST} << 'TEXT'" in script

    subprocess.run(["bash", str(out / "reorganize.sh"), "--commit"], cwd=shop, check=True)
    assert not git(shop, "status", "--porcelain")
    rule = (shop / "shop/infra/CLAUDE.md").read_text()
    assert "No folder is called orders, users." in rule
    assert "| `storage/` | PhotoStorage: fs, s3 are interchangeable |" in rule
    assert "| `postgres/` | postgres |" in rule
    assert "    ├── log.py" not in rule and "├── log.py" in rule

    wanted = _README.replace(
        "    ├── log.py         # how it logs\n"
        "    ├── orders/        # all about orders\n"
        "    └── s3/            # buckets\n",
        "    ├── log.py         # how it logs\n"
        "    ├── postgres/      # all about orders\n"
        "    └── storage/       # PhotoStorage: fs, s3 are interchangeable\n"
        "        ├── fs/        # filesystem\n"
        "        └── s3/        # buckets\n",
    ).replace("shop/infra/orders/engine.py", "shop/infra/postgres/engine.py")
    assert (shop / "README.md").read_text() == wanted
    hooks = (shop / ".pre-commit-config.yaml").read_text()
    head, _, tail = hooks.partition("    - repo: local\n")
    assert tail.startswith("      hooks:\n        - id: reorg-check\n")
    assert _HOOKS.startswith(head) and hooks.endswith("\n\nci:\n    skip: [tidy]\n")
    entry = "        - id: tidy\n".join(hooks.split("    - repo: local\n"))
    assert entry.count("- id: tidy") == 2

    assert run_layout_test(shop) == ""
    assert "follows its layout rule" in reorg("check", shop, "--plan", plan)
    again = shop.parent / "again.toml"
    reorg("propose", shop, "--package", "shop.infra", "--plan", again)
    assert "[[move]]" not in again.read_text() and "[[deletion]]" not in again.read_text()

    (shop / "shop/infra/storage/cache.py").write_text(
        "def f():\n    import psycopg\n    psycopg.x\n"
    )
    (shop / "shop/infra/users").mkdir()
    (shop / "shop/infra/users/photos.py").write_text("import shop.domain.users.port\n")
    complaints = run_layout_test(shop).splitlines()
    assert complaints == [
        "AssertionError: storage/cache.py:2 imports psycopg, which is adapted in postgres: "
        "move it there",
        "AssertionError: users/ is named after the bounded context users: put its modules into "
        "the folders of what they adapt, and keep the name for a file",
    ]
    # the commit still follows the rule
    assert "follows its layout rule" in reorg("check", shop, "--plan", plan)
    git(shop, "add", "-A")
    said = reorg("check", shop, "--staged", "--plan", plan, ends=1).splitlines()
    assert [line.partition(": ")[0] for line in said] == [
        "shop/infra/storage/cache.py:2",
        "shop/infra/users/photos.py:1",
    ]
    assert "postgres is adapted in postgres/; move it there" in said[0]
    git(shop, "commit", "-q", "-m", "drift")
    assert reorg("check", shop, "--plan", plan, ends=1).splitlines() == said


def test_a_rejected_guardrail_leaves_no_trace(shop: Path) -> None:
    plan, out = shop.parent / "plan.toml", shop.parent / "out"
    reorg("propose", shop, "--package", "shop.infra", "--plan", plan)
    reorg("approve", "--plan", plan, "shop/infra/orders/*", "shop/infra/CLAUDE.md")
    reorg("export", shop, "--plan", plan, "--out", out, "--no-witness")
    subprocess.run(["bash", str(out / "reorganize.sh"), "--apply"], cwd=shop, check=True)
    assert (shop / "shop/infra/CLAUDE.md").is_file()
    assert not (shop / _TEST).exists()
    assert (shop / ".pre-commit-config.yaml").read_text() == _HOOKS
    assert "├── orders/" in (shop / "README.md").read_text()


def test_the_example_draws_what_is_there(make_repository: MakeRepository) -> None:
    root = _EXAMPLE / "archive"
    files = {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    repository = open_repository(make_repository(files))
    survey = take_survey(repository, "archive.infrastructure")
    team = load_plan(_EXAMPLE / "plan.toml")
    plan = replace(team, scope=replace(team.scope, commit=survey.commit))
    contents = repository.contents_by_path(survey.files)
    moved = build_changeset(repository, survey, plan)
    changeset = with_guardrails(moved, survey, plan, contents)

    gone = {change.source for change in moved.changes}
    kept = {path for path in contents if path not in gone}
    after = {path.removeprefix(_PACKAGE) for path in kept | {*moved.results()}}
    folders = {f"{path.rpartition('/')[0]}" for path in after if path.endswith(".py")}
    text = changeset.results()["CLAUDE.md"][1].decode()
    drawn = find_drawn(text, "archive/infrastructure")
    assert drawn is not None
    shown = {path for path, _ in drawn.lines}
    assert {path for path in shown if path.endswith(".py")} <= after
    assert shown - after == {
        f for f in folders if f and not f.startswith(("archive", "tests", "migrations"))
    }
    remarks = {path: line.remark for path, line in drawn.lines}
    assert remarks["runner/k8s"] == "Kubernetes jobs"  # what people wrote goes along
    assert remarks["http"] == "outbound HTTP"
    before = contents["CLAUDE.md"].decode()
    assert text.partition("    └── infrastructure/")[0] == before.partition("    └── infra")[0]
    rest = moved.results()["CLAUDE.md"][1].decode().partition("## Conventions")[2]
    assert text.partition("## Conventions")[2] == rest

    rule = changeset.results()[f"{_PACKAGE}CLAUDE.md"][1].decode()
    for folder in sorted(shown - after):
        assert f"── {folder.rpartition('/')[2]}/" in rule
    assert ".pre-commit-config.yaml" not in changeset.results()
