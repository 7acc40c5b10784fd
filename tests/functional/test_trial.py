"""The tests of the repository, run by the export in scratch copies and compared one by one."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

from reorg_lib.git import open_repository
from tests.conftest import MakeRepository

PYTEST = f"{shlex.quote(sys.executable)} -m pytest -q -p no:cacheprovider"
TREE = {
    "app/__init__.py": "",
    "app/infra/__init__.py": "",
    "app/infra/db/__init__.py": "",
    "app/infra/db/engine.py": "def place():\n    return True\n",
    "tests/test_app.py": "from app.infra.db.engine import place\n\n\n"
    "def test_import():\n    assert place()\n\n\n"
    "def test_depth():\n    assert str(place.__module__).count('.') == 3\n",
}
PLAN = """schema = 1
[scope]
package = "app.infra"
source_root = "."
commit = "HEAD"
[[move]]
source = "app/infra/db/engine.py"
target = "app/infra/{target}"
decision = "approved"
reason = "why"
"""


def reorg_export(root: Path, target: str, command: str) -> tuple[int, str]:
    plan = root.parent / "plan.toml"
    commit = open_repository(root).commit
    plan.write_text(PLAN.replace("HEAD", commit).replace("{target}", target))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "reorg_lib", "export", str(root), "--plan", str(plan)),
            *("--out", str(root.parent / "out"), "--no-witness", "--test-command", command),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def ninth_point(root: Path) -> dict[str, object]:
    certificate = json.loads((root.parent / "out" / "certificate.json").read_text())
    (point,) = [p for p in certificate["points"] if p["number"] == 9]
    return dict(point)


def test_every_single_test_is_compared(make_repository: MakeRepository) -> None:
    root = make_repository(TREE)
    status, output = reorg_export(root, "sql/engine.py", PYTEST)
    assert status == 0, output
    point = ninth_point(root)
    assert point["holds"]
    assert (point["count"], point["unit"]) == (2, "tests (2 passed)")


def test_a_test_with_another_outcome_fails_the_proof_and_leaves_no_script(
    make_repository: MakeRepository,
) -> None:
    root = make_repository(TREE)
    status, output = reorg_export(root, "sql/setup/engine.py", PYTEST)
    assert status == 1
    assert "test_depth" in output
    failure = "tests.test_app::test_depth: passed before, failure after"
    assert ninth_point(root)["failures"] == [failure]
    assert not (root.parent / "out" / "reorganize.sh").exists()


def test_another_command_counts_by_its_exit_status(make_repository: MakeRepository) -> None:
    root = make_repository(TREE)
    command = "test -f app/infra/db/engine.py"
    status, _ = reorg_export(root, "sql/engine.py", command)
    assert status == 1
    assert ninth_point(root)["failures"] == [f"{command}: passed before, exit 1 after"]


def test_a_command_that_finds_no_test_is_an_error(make_repository: MakeRepository) -> None:
    root = make_repository({**TREE, "tests/test_app.py": "from app.infra.db import engine\n"})
    status, output = reorg_export(root, "sql/engine.py", PYTEST)
    assert status == 1
    assert "contains no test" in output
