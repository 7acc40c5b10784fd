"""What goes wrong is told in one message, and nothing is half written.

Every way in which the input can be bad has a row here: the message has to say what and where, the
status is 1, there is no traceback, and the output folder and the repository are as they were.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from reorg_lib import cli
from tests.conftest import MakeRepository, git

SERVER = {
    "README.md": "A shop. Its adapters are in `server/shop/infrastructure/`.\n",
    "server/shop/__init__.py": "",
    "server/shop/infrastructure/__init__.py": "",
    "server/shop/infrastructure/order/__init__.py": "",
    "server/shop/infrastructure/order/orders.py": "import sqlalchemy\n\nORDERS = sqlalchemy\n",
    "server/shop/infrastructure/order/prices.py": "import sqlalchemy\n\nPRICES = sqlalchemy\n",
    "server/shop/main.py": "from shop.infrastructure.order.orders import ORDERS\n\nprint(ORDERS)\n",
}
FOLDER = "server/shop/infrastructure"
ORDERS = f"{FOLDER}/order/orders.py"
PRICES = f"{FOLDER}/order/prices.py"


def plan_text(commit: str, *steps: str) -> str:
    scope = f'package = "shop.infrastructure"\nsource_root = "server"\ncommit = "{commit}"\n'
    return "\n".join(["schema = 1", "[scope]", scope, *steps])


def move(target: str, source: str = ORDERS) -> str:
    return f'[[move]]\nsource = "{source}"\ntarget = "{target}"\ndecision = "approved"\n'


def deletion(path: str) -> str:
    return f'[[deletion]]\npath = "{path}"\ndecision = "approved"\n'


def reorg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reorg_lib", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str], status: int = 1) -> str:
    """Return the message of a run that had to fail, after what holds for every message."""
    assert done.returncode == status, done.stdout + done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("reorg: ")
    return done.stderr


def contents(folder: Path) -> Mapping[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


# -------------------------------------------------------------------------- the repository is bad


def test_no_such_folder(tmp_path: Path) -> None:
    message = told(reorg("survey", tmp_path / "nowhere"))
    assert str(tmp_path / "nowhere") in message
    assert "git checkout" in message


def test_no_git_repository(tmp_path: Path) -> None:
    message = told(reorg("survey", tmp_path))
    assert f"{tmp_path} is not inside a git checkout" in message


def test_no_commit_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    message = told(reorg("survey", tmp_path))
    assert f"{tmp_path} has no commit yet" in message


def test_a_package_that_is_not_there(make_repository: MakeRepository) -> None:
    message = told(reorg("survey", make_repository(SERVER), "--package", "shop.infra"))
    assert "package shop.infra;" in message
    assert "give its dotted name" in message


def test_no_package_to_guess(make_repository: MakeRepository) -> None:
    message = told(reorg("survey", make_repository({"README.md": "Nothing here.\n"})))
    assert "--package app.infrastructure" in message


# -------------------------------------------------------------------------------- the plan is bad

BAD_STEPS = {
    "an unknown file": (
        [move(f"{FOLDER}/postgres/nowhere.py", f"{FOLDER}/order/nowhere.py")],
        f"{FOLDER}/order/nowhere.py",
    ),
    "two files to one target": (
        [move(f"{FOLDER}/postgres/x.py"), move(f"{FOLDER}/postgres/x.py", PRICES)],
        f"{FOLDER}/postgres/x.py",
    ),
    "a target that is there": ([move(PRICES)], PRICES),
    "a target outside the source root": ([move("elsewhere/orders.py")], "elsewhere/orders.py"),
    "a target that climbs": (
        [move(f"{FOLDER}/../../../elsewhere.py")],
        f"{FOLDER}/../../../elsewhere.py",
    ),
    "a source that climbs": (
        [move(f"{FOLDER}/postgres/orders.py", "server/../../secret.py")],
        "server/../../secret.py",
    ),
    "an absolute target": ([move("/tmp/orders.py")], "/tmp/orders.py"),
    "a keyword": ([move(f"{FOLDER}/class/orders.py")], "class"),
    "a name that is no identifier": ([move(f"{FOLDER}/post-gres/orders.py")], "post-gres"),
    "a deletion of what is still imported": ([deletion(ORDERS)], "server/shop/main.py:1"),
    "a deletion of a file that is not there": (
        [deletion(f"{FOLDER}/messaging/__init__.py")],
        f"{FOLDER}/messaging/__init__.py",
    ),
    "no approved step": ([], "approve"),
}


@pytest.mark.parametrize("bad", BAD_STEPS)
def test_a_plan_that_cannot_be_carried_out(
    bad: str, make_repository: MakeRepository, tmp_path: Path
) -> None:
    steps, where = BAD_STEPS[bad]
    root = make_repository(SERVER)
    commit = git(root, "rev-parse", "HEAD").strip()
    _refused(root, tmp_path, plan_text(commit, *steps), where)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("schema = 1\n[scope\n", "plan.toml:2"),
        ("schema = 99\n", "schema 99"),
        ("", "schema"),
        ("schema = 1\n", "[scope]"),
        (plan_text("HEAD", "[[move]]\nsource = 1\n"), "move 1"),
        (plan_text("HEAD", '[[move]]\nsource = "a.py"\n'), "target"),
        (plan_text("HEAD", move("b.py").replace("approved", "maybe")), "maybe"),
        (plan_text("HEAD", "[[moev]]\n"), "moev"),
        ("\ufeff\x00", "plan.toml"),
    ],
)
def test_a_plan_that_cannot_be_read(
    text: str, where: str, make_repository: MakeRepository, tmp_path: Path
) -> None:
    _refused(make_repository(SERVER), tmp_path, text, where)


def test_a_plan_for_a_commit_that_is_not_there(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    _refused(make_repository(SERVER), tmp_path, plan_text("f" * 40), "f" * 40)


def test_no_plan_file(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository(SERVER)
    for arguments in (
        ("export", root, "--plan", tmp_path / "none.toml"),
        ("approve", "--plan", tmp_path / "none.toml", "--all"),
    ):
        message = told(reorg(*arguments))
        assert "none.toml" in message
        assert "reorg propose" in message


def test_a_pattern_that_matches_nothing(make_repository: MakeRepository, tmp_path: Path) -> None:
    commit = git(make_repository(SERVER), "rev-parse", "HEAD").strip()
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text(commit, move(f"{FOLDER}/postgres/orders.py")))
    before = plan.read_bytes()
    assert "'*/s4/*'" in told(reorg("approve", "--plan", plan, "*/s4/*"))
    assert plan.read_bytes() == before


def _refused(root: Path, tmp_path: Path, plan: str, where: str) -> None:
    """Export into a folder with an earlier result in it; both folders must stay as they are."""
    path, out = tmp_path / "plan.toml", tmp_path / "out"
    path.write_text(plan)
    out.mkdir()
    (out / "plan.md").write_text("of an earlier export\n")
    before = contents(root)
    message = told(reorg("export", root, "--plan", path, "--out", out))
    assert where in message
    assert contents(out) == {"plan.md": b"of an earlier export\n"}
    assert contents(root) == before
    assert path.read_text() == plan


# ---------------------------------------------------- files that cannot be read are rows, not ends


def test_odd_files_are_carried_along(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    root = make_repository(
        {
            **SERVER,
            "server/shop/undecodable.py": b'name = "\xff\xfe"\n',
            "server/shop/unknown_coding.py": b"# -*- coding: klingon -*-\n",
            "server/shop/unparsable.py": "def broken(:\n",
            "server/shop/large.bin": b"\0" * 5_000_000,
            "server/shop/large.py": "VALUES = [\n" + "    'some text',\n" * 300_000 + "]\n",
        }
    )
    (root / "server/shop/link.py").symlink_to("main.py")
    (root / "server/shop/nowhere.py").symlink_to("/nonexistent/file.py")
    git(root, "add", "-A")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},vendor/lib")
    git(root, "commit", "-q", "-m", "odd files")

    monkeypatch.setattr(sys, "argv", ["reorg", "survey", str(root)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for path in ("undecodable.py", "unknown_coding.py", "unparsable.py:1"):
        assert f"server/shop/{path}" in said

    commit = git(root, "rev-parse", "HEAD").strip()
    plan, out = tmp_path / "plan.toml", tmp_path / "out"
    plan.write_text(plan_text(commit, move(f"{FOLDER}/postgres/orders.py")))
    done = reorg("export", root, "--plan", plan, "--out", out, "--no-witness")
    assert done.returncode == 0, done.stderr
    git(root, "clone", "-q", ".", str(tmp_path / "checkout"))
    applied = subprocess.run(
        ["bash", out / "reorganize.sh", "--apply"],
        cwd=tmp_path / "checkout",
        capture_output=True,
        text=True,
        check=False,
    )
    assert applied.returncode == 0, applied.stdout + applied.stderr
    moved = tmp_path / "checkout" / FOLDER / "postgres" / "orders.py"
    assert moved.read_text() == SERVER[ORDERS]


# --------------------------------------------------------------------------- the checkout is dirty


def test_the_script_refuses_a_dirty_tree(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository(SERVER)
    commit = git(root, "rev-parse", "HEAD").strip()
    plan, out = tmp_path / "plan.toml", tmp_path / "out"
    plan.write_text(plan_text(commit, move(f"{FOLDER}/postgres/orders.py")))
    assert reorg("export", root, "--plan", plan, "--out", out, "--no-witness").returncode == 0
    (root / "README.md").write_text("edited\n")
    before = contents(root / "server")
    done = subprocess.run(
        ["bash", out / "reorganize.sh", "--apply"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "README.md" in done.stdout + done.stderr
    assert contents(root / "server") == before
    assert git(root, "status", "--porcelain") == " M README.md\n"
