"""Nothing of a repository runs: each file of it would leave a mark if it were imported or run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import MakeRepository, git

HOOKS = (
    *("applypatch-msg", "commit-msg", "post-applypatch", "post-checkout", "post-commit"),
    *("post-index-change", "post-merge", "post-rewrite", "pre-applypatch", "pre-auto-gc"),
    *("pre-commit", "pre-merge-commit", "pre-push", "pre-rebase", "prepare-commit-msg"),
    *("fsmonitor-watchman", "reference-transaction", "sendemail-validate"),
)
CONFIG = (
    *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass"),
    *("core.gitProxy", "core.alternateRefsCommand", "sequence.editor", "credential.helper"),
    *("diff.external", "diff.trap.textconv", "diff.trap.command", "merge.trap.driver"),
    *("filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "gpg.program"),
    *("gpg.ssh.program", "gpg.ssh.defaultKeyCommand", "uploadpack.packObjectsHook"),
    *("interactive.diffFilter", "pager.log", "trailer.trap.command", "remote.origin.uploadpack"),
)
VERBS = ("status", "ls-tree", "cat-file", "rev-parse", "diff-tree", "checkout", "merge-tree")


def trapped(tmp_path: Path, make_repository: MakeRepository) -> tuple[Path, Path]:
    """Return a repository in which everything is a trap, and where the marks would be."""
    marks = tmp_path / "marks"
    marks.mkdir()

    def module(name: str, more: str = "") -> str:
        return f"from pathlib import Path\n\nPath({str(marks / name)!r}).touch()\n{more}"

    shell = f"touch '{marks}'/$$-shell\n"
    root = make_repository(
        {
            ".envrc": shell,
            ".gitattributes": "* filter=trap diff=trap merge=trap\n",
            ".bashrc": shell,
            "Makefile": f"all:\n\t{shell}$(shell {shell.strip()})\n",
            "conftest.py": module("conftest"),
            "setup.py": module("setup"),
            "noxfile.py": module("nox"),
            "sitecustomize.py": module("sitecustomize"),
            "usercustomize.py": module("usercustomize"),
            "trap.pth": f"import pathlib; pathlib.Path({str(marks / 'pth')!r}).touch()\n",
            "pydeps.py": module("pydeps"),
            "graphviz.py": module("graphviz"),
            "libcst.py": module("libcst"),
            "dot": "#!/bin/sh\n" + shell,
            "sed": "#!/bin/sh\n" + shell,
            "shop/__init__.py": module("shop"),
            "shop/__main__.py": module("main"),
            "shop/app.py": module("app", "from shop.infra.data.store import Store\n"),
            "shop/infra/__init__.py": module("infra"),
            "shop/infra/data/__init__.py": module("data"),
            "shop/infra/data/store.py": module(
                "store", "import sqlalchemy\n\n\nclass Store: ...\n"
            ),
            "shop/infra/data/orders.py": module("orders", "import sqlalchemy\n"),
            "tests/conftest.py": module("tests"),
        }
    )
    git(root, "checkout", "-q", "-b", "topic")
    (root / "late.py").write_text(module("late", "import shop.infra.data.store\n"))
    git(root, "add", "late.py")
    git(root, "commit", "-q", "-m", "late")
    git(root, "checkout", "-q", "main")
    (root / "shop" / "app.py").write_text("not committed\n")
    (root / ".git" / "info" / "attributes").unlink()
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{marks}'/$$-git\nexit 1\n")
    trap.chmod(0o755)
    hooks = root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in HOOKS:
        (hooks / hook).symlink_to(trap)
    for key in CONFIG:
        git(root, "-c", "core.fsmonitor=false", "config", key, str(trap))
    for verb in VERBS:
        git(root, "-c", "core.fsmonitor=false", "config", f"alias.{verb}", f"!{trap}")
    for path in marks.iterdir():
        path.unlink()
    return root, marks


def test_the_traps_are_traps(make_repository: MakeRepository, tmp_path: Path) -> None:
    root, marks = trapped(tmp_path, make_repository)
    subprocess.run(["git", "status"], cwd=root, capture_output=True, check=False)
    assert any(path.name.endswith("-git") for path in marks.iterdir())
    subprocess.run(
        [sys.executable, "-c", "import shop.app"], cwd=root, capture_output=True, check=False
    )
    assert {"shop", "sitecustomize"} & {path.name for path in marks.iterdir()}


def test_no_verb_runs_anything_of_the_repository(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root, marks = trapped(tmp_path, make_repository)
    plan, out = str(tmp_path / "plan.toml"), str(tmp_path / "out")
    reorg = str(Path(sys.executable).with_name("reorg"))
    for arguments in (
        ["survey", ".", "--package", "shop.infra"],
        ["propose", ".", "--package", "shop.infra", "--plan", plan],
        ["approve", "--plan", plan, "--all"],
        ["export", ".", "--plan", plan, "--out", out],
        ["impact", ".", "--plan", plan],
    ):
        done = subprocess.run(
            [reorg, *arguments],
            cwd=root,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert sorted(path.name for path in marks.iterdir()) == [], arguments
    assert "Traceback" not in done.stderr and "topic" in done.stdout
