"""`reorganize.sh`, really run: what it does, what it refuses, and that it comes back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from reorg_lib.errors import RewriteError
from reorg_lib.script.render import render_script
from tests.changesets import make_changeset
from tests.conftest import MakeRepository, git
from tests.scripts import AFTER, BEFORE, MOVES, SEDS, Case, disk, make_case, shim, snapshot

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "reorganize.sh"


@pytest.fixture
def case(make_repository: MakeRepository) -> Case:
    return make_case(make_repository)


def assert_round_trip(case: Case, shims: Path | None = None) -> None:
    """Check, apply, apply again, undo: each does what it says."""
    start, expected = snapshot(case.root), case.expected()
    checked = case.run(shims=shims)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "nothing was changed" in checked.stdout
    assert snapshot(case.root) == start
    applied = case.run("--apply", shims=shims)
    assert (applied.returncode, applied.stderr) == (0, "")
    assert disk(case.root) == expected
    assert git(case.root, "diff", "--name-only") == ""
    assert git(case.root, "ls-files", "--others", "--exclude-standard") == ""
    staged = snapshot(case.root)
    again = case.run("--apply", shims=shims)
    assert (again.returncode, again.stderr) == (0, "")
    assert "done already" in again.stdout
    assert snapshot(case.root) == staged
    undone = case.run("--undo", shims=shims)
    assert (undone.returncode, undone.stderr) == (0, "")
    assert snapshot(case.root) == start
    assert git(case.root, "status", "--porcelain") == ""


def commit(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    git(root, "add", "-f", "--", path)
    git(root, "commit", "-q", "-m", "later")


# ---------------------------------------------------------------------------------- what it does


def test_round_trip(case: Case) -> None:
    assert_round_trip(case)


@pytest.mark.parametrize("name", SEDS)
def test_round_trip_with_each_sed(
    name: str, make_repository: MakeRepository, tmp_path: Path
) -> None:
    program, *arguments = SEDS[name]
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    before: dict[str, str | bytes] = {
        **BEFORE,
        "open.py": "import pkg.old.http\nimport pkg.old.store",
        "added.py": "import pkg.old.http",
        "crlf.py": "import os\r\nfrom pkg.old.store import Store\r\nimport pkg.old.http\r\n",
        "bom.py": b"\xef\xbb\xbfimport pkg.old.store\nimport pkg.old.http as h\n",
        "latin.py": b"# -*- coding: latin-1 -*-\nx = 'caf\xe9' + pkg.old.http.y\nz = '\xe9'\n",
        "feed.py": "\f\nimport pkg.old.store\n\tpkg.old.http.x\n\n\n",
        "both.py": "import pkg.old.store\nimport pkg.old.http\n# pkg.old.http stays\n"
        "from . import a\n",
        "stays.py": "import pkg.old.storehouse\n",
        "two\nlines.py": "import pkg.old.store\nfrom . import a\n",
        "twice.py": "import pkg.old.store\nfrom . import a",
    }
    after: dict[str, str | bytes] = {
        **AFTER,
        "open.py": "import pkg.http.http\nimport pkg.postgres.store",
        "added.py": "import pkg.http.http\n",
        "crlf.py": "import os\r\nfrom pkg.postgres.store import Store\r\nfrom pkg import x\r\n"
        "import pkg.http.http\r\n",
        "bom.py": b"\xef\xbb\xbfimport pkg.postgres.store\nimport pkg.http.http as h\n",
        "latin.py": b"# -*- coding: latin-1 -*-\nx = 'caf\xe9' + pkg.http.http.y\nz = '\xe8'\n",
        "feed.py": "\f\nimport pkg.postgres.store\n\tpkg.http.http.x\n\n\n",
        "both.py": "import pkg.postgres.store\nimport pkg.http.http\n# pkg.old.http stays\n"
        "from .. import a, b\n",
        "stays.py": "import pkg.old.storehouse\n",
        "two\nlines.py": "import pkg.postgres.store\nfrom .. import a, b\n",
        "twice.py": "import pkg.postgres.store\nfrom .. import a, b",
    }
    case = make_case(make_repository, before, after)
    text = case.script.read_bytes().decode()
    assert all(way in text for way in ("\n  edit ", '"$rules"', "sed -i.before", "printf '%s"))
    body = " ".join(["exec", str(shutil.which(program)), *arguments, '"$@"'])
    shims = shim(tmp_path / "shims", "sed", body)
    assert_round_trip(case, shims)


def test_files_change_places(make_repository: MakeRepository) -> None:
    before = {
        "pkg/a.py": "a = 1  # pkg.a\n",
        "pkg/b.py": "b = 2  # pkg.b\n",
        "pkg/c.py": "c\n",
        "pkg/d.py": "d\n",
        "pkg/e.py": "e\n",
        "pkg/gone.py": "gone\n",
        "pkg/f.py": "f\n",
        "pkg/__init__.py": "x = 1\n",
        "use.py": "import pkg.a\nimport pkg.b\nimport pkg.c\nimport pkg.d\nimport pkg.e\n",
    }
    after = {
        "pkg/b.py": "a = 1  # pkg.b\n",
        "pkg/a.py": "b = 2  # pkg.a\n",
        "pkg/d.py": "c\n",
        "pkg/e.py": "d\n",
        "new/e.py": "e\n",
        "pkg/gone.py": "f\n",
        "pkg/core.py": "x = 1\n",
        "pkg/__init__.py": "",
        "use.py": "import pkg.b\nimport pkg.a\nimport pkg.d\nimport pkg.e\nimport new.e\n",
    }
    moves = {
        "pkg/a.py": "pkg/b.py",
        "pkg/b.py": "pkg/a.py",
        "pkg/c.py": "pkg/d.py",
        "pkg/d.py": "pkg/e.py",
        "pkg/e.py": "new/e.py",
        "pkg/f.py": "pkg/gone.py",
        "pkg/__init__.py": "pkg/core.py",
    }
    modules = {old[:-3].replace("/", "."): new[:-3].replace("/", ".") for old, new in moves.items()}
    del modules["pkg.__init__"]
    assert_round_trip(make_case(make_repository, before, after, moves, modules=modules, left=()))


def test_renames_by_letter_case_alone(make_repository: MakeRepository) -> None:
    before = {"pkg/Store.py": "x = 1\n", "use.py": "import pkg.Store\n"}
    after = {"pkg/store.py": "x = 1\n", "use.py": "import pkg.store\n"}
    case = make_case(
        make_repository,
        before,
        after,
        {"pkg/Store.py": "pkg/store.py"},
        modules={"pkg.Store": "pkg.store"},
        left=(),
    )
    assert "Store.py.moving-1 " in case.script.read_text()
    assert_round_trip(case)


HOSTILE = [
    "with space.py",
    "quote'd.py",
    'double"d.py',
    "$(touch owned).py",
    "`touch owned`.py",
    "new\nline; touch owned.py",
    "-rf.py",
    "--force",
    "*.py",
    "[a-z]?.py",
    ":(top)magic.py",
    "tab\there.py",
    "back\\slash.py",
    "größe.py",
    "'; touch owned; '.py",
    "\x1b[31mred.py",
    "not-utf8-\udce9.py",
    "SED",
    "FILES",
    "# comment.py",
    "a&b|c.py",
    "rtl-\u202eyp.py",
]


def test_a_file_name_can_never_be_a_command(make_repository: MakeRepository) -> None:
    folders = {f"pkg/{name}": f"pkg/new/{name}" for name in HOSTILE}
    roots = {name: f"other/{name}" for name in HOSTILE}
    moves = {**folders, **roots}
    before = {path: f"# {n}\nimport pkg.x.y\n" for n, path in enumerate(moves)}
    after = {moves[path]: text.replace("pkg.x.y", "pkg.new.y") for path, text in before.items()}
    before |= {f"in place {name}": "import pkg.x.y\n" for name in HOSTILE}
    after |= {f"in place {name}": "import pkg.new.y\n" for name in HOSTILE}
    before |= {f"deleted {name}": "x\n" for name in HOSTILE}
    after |= {f"created {name}": "x $(touch owned) `touch owned` 'x'\n" for name in HOSTILE}
    case = make_case(
        make_repository, before, after, moves, modules={"pkg.x.y": "pkg.new.y"}, left=()
    )
    assert_round_trip(case)
    assert not list(case.root.rglob("*owned")), "a file name was run"


def test_a_reason_can_never_leave_its_comment(make_repository: MakeRepository) -> None:
    before, after, moves = {"a.py": "a\n", "d.py": "d\n"}, {"b.py": "a\n"}, {"a.py": "b.py"}
    root = make_repository(before)
    reason = "one\ntouch owned\r\ntouch owned\u2028touch owned\x0btouch owned $(touch owned)"
    changeset = make_changeset(
        before, after, moves, commit=git(root, "rev-parse", "HEAD").strip(), reason=reason
    )
    script = root.parent / "reorganize.sh"
    script.write_text(render_script(changeset), encoding="utf-8")
    case = Case(root, script, changeset)
    assert_round_trip(case)
    assert not (root / "owned").exists()


def test_it_runs_from_any_folder_of_the_checkout(case: Case) -> None:
    assert case.run("--apply", cwd=case.root / "pkg" / "old").returncode == 0
    assert (case.root / "pkg/http/http.py").is_file()


def test_executable_files_stay_so(case: Case) -> None:
    case.run("--apply")
    assert (case.root / "run.sh").stat().st_mode & 0o111 == 0o111
    assert not (case.root / "app.py").stat().st_mode & 0o111


def test_git_sees_renames(case: Case) -> None:
    case.run("--apply")
    names = git(case.root, "diff", "--cached", "-M50%", "--name-status").splitlines()
    assert "R100\tpkg/old/store.py\tpkg/postgres/store.py" in names


def test_emptied_folders_go_and_untracked_files_stay(case: Case) -> None:
    cache = case.root / "pkg" / "old" / "__pycache__" / "store.pyc"
    cache.parent.mkdir()
    cache.write_bytes(b"cache")
    start = snapshot(case.root)
    assert case.run("--apply").returncode == 0
    assert cache.read_bytes() == b"cache"
    shutil.rmtree(cache.parent)
    case.run("--undo")
    assert case.run("--apply").returncode == 0
    assert not (case.root / "pkg" / "old").exists()
    case.run("--undo")
    cache.parent.mkdir()
    cache.write_bytes(b"cache")
    assert snapshot(case.root) == start


def test_no_hook_runs(case: Case, tmp_path: Path) -> None:
    for hook in ("post-checkout", "post-index-change", "pre-commit", "fsmonitor-watchman"):
        file = case.root / ".git" / "hooks" / hook
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\ntouch '{tmp_path}/hook-{hook}'\n")
        file.chmod(0o755)
    git(case.root, "config", "core.fsmonitor", ".git/hooks/fsmonitor-watchman")
    for mode in ("--check", "--apply", "--undo"):
        assert case.run(mode).returncode == 0
    assert not list(tmp_path.glob("hook-*"))


@pytest.mark.parametrize("said_by", ["config", "attributes"])
def test_a_checkout_with_converted_line_ends(said_by: str, case: Case) -> None:
    attributes = case.root / ".git/info/attributes"
    attributes.unlink()
    if said_by == "config":
        git(case.root, "config", "core.autocrlf", "true")
    else:
        attributes.write_text("*.py text eol=crlf\n*.md text eol=crlf\n")
    for path in ("app.py", "pkg/old/http.py", "README.md"):
        (case.root / path).unlink()
    git(case.root, "checkout", "--", ".")
    assert b"\r\n" in (case.root / "app.py").read_bytes()
    git(case.root, "status")
    start = git(case.root, "ls-files", "-s")
    applied = case.run("--apply")
    assert (applied.returncode, applied.stderr) == (0, "")
    assert git(case.root, "diff", "--name-only") == ""
    assert (case.root / "app.py").read_bytes() == AFTER["app.py"].replace("\n", "\r\n").encode()
    assert git(case.root, "show", ":app.py") == AFTER["app.py"]
    assert case.run("--undo").returncode == 0
    assert git(case.root, "ls-files", "-s") == start
    assert git(case.root, "status", "--porcelain") == ""
    assert b"\r\n" in (case.root / "app.py").read_bytes()


def test_what_a_hook_sets_does_not_lead_astray(case: Case, make_repository: MakeRepository) -> None:
    other = make_repository({"a.py": "a\n"})
    before = snapshot(other)
    env = {"GIT_DIR": str(other / ".git"), "GIT_INDEX_FILE": str(other / ".git/index")}
    applied = case.run("--apply", env=env)
    assert (applied.returncode, applied.stderr) == (0, "")
    assert snapshot(other) == before
    assert (case.root / "pkg/http/http.py").is_file()


def test_a_linked_worktree(case: Case) -> None:
    other = case.root.parent / "other"
    git(case.root, "worktree", "add", "-q", str(other))
    before = snapshot(case.root)
    assert case.run("--apply", cwd=other).returncode == 0
    assert (other / "pkg/http/http.py").is_file()
    assert case.run("--undo", cwd=other).returncode == 0
    assert git(other, "status", "--porcelain") == ""
    assert snapshot(case.root) == before


# --------------------------------------------------------------------------- what is no obstacle


def test_an_unrelated_commit_is_no_obstacle(case: Case) -> None:
    commit(case.root, "unrelated.py", "print('changed since')\n")
    commit(case.root, "pkg/other.py", "import os\n")
    assert_round_trip(case)


def test_untracked_files_and_stashes_are_no_obstacle(case: Case) -> None:
    (case.root / "unrelated.py").write_text("stashed\n")
    git(case.root, "stash", "-q")
    (case.root / "mine.txt").write_text("import pkg.old.store\n")
    (case.root / "pkg/old/mine.py").write_text("import pkg.old.store\n")
    start = snapshot(case.root)
    assert case.run("--apply").returncode == 0
    assert (case.root / "pkg/old/mine.py").is_file()
    assert case.run("--undo").returncode == 0
    assert snapshot(case.root) == start


def test_a_clone_without_the_reviewed_commit_is_told_what_to_fetch(case: Case) -> None:
    shutil.rmtree(case.root / ".git")
    git(case.root, "init", "-q", "-b", "main", "--template=")
    git(case.root, "add", "-A", "-f")
    git(case.root, "commit", "-q", "-m", "another history")
    refused = case.run("--apply")
    assert refused.returncode == 1
    assert f"git fetch origin {case.changeset.commit}" in refused.stderr


# ------------------------------------------------------------------------------- what it refuses


def _stage(root: Path) -> None:
    (root / "unrelated.py").write_text("staged\n")
    git(root, "add", "unrelated.py")


def _merge(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "side", "HEAD")
    commit(root, "unrelated.py", "side\n")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "--no-commit", "side")


def _write(path: str, text: str = "x\n") -> Callable[[Path], None]:
    def write(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return write


def _link(path: str, to: str) -> Callable[[Path], None]:
    def link(root: Path) -> None:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).symlink_to(to)

    return link


def _commit(path: str, text: str) -> Callable[[Path], None]:
    return lambda root: commit(root, path, text)


def _assume_unchanged(root: Path) -> None:
    git(root, "update-index", "--assume-unchanged", "app.py")
    (root / "app.py").write_text("precious\n")


REFUSED: list[tuple[str, Callable[[Path], object], list[str]]] = [
    ("unstaged", _write("unrelated.py"), ["commit or stash", "unrelated.py"]),
    ("staged", _stage, ["commit or stash", "unrelated.py"]),
    ("merging", _merge, ["still merging"]),
    ("drifted", _commit("app.py", "import pkg.old.http\n"), ["after the review", "app.py"]),
    ("drifted source", _commit("pkg/old/store.py", "y = 1\n"), ["after the review", "store.py"]),
    (
        "gone",
        lambda root: (git(root, "rm", "-q", "app.py"), git(root, "commit", "-q", "-m", "x")),
        ["app.py", "nothing was changed"],
    ),
    (
        "target tracked",
        _commit("pkg/http/http.py", "x\n"),
        ["destination exists", "pkg/http/http.py"],
    ),
    (
        "new file tracked",
        _commit("pkg/http/__init__.py", ""),
        ["after the review", "http/__init__.py"],
    ),
    ("target untracked", _write("pkg/http/http.py"), ["in the way", "pkg/http/http.py"]),
    ("target ignored", _write("pkg/http/__init__.py/x.log"), ["in the way", "__init__.py"]),
    (
        "dangling link",
        _link("pkg/postgres/store.py", "nowhere"),
        ["in the way", "store.py"],
    ),
    ("parent is a file", _write("pkg/http"), ["pkg/http", "in the way"]),
    (
        "parent is a link",
        _link("pkg/http", "/tmp"),
        ["pkg/http", "nothing was changed"],
    ),
    ("new user", _commit("late.py", "import pkg.old.store\n"), ["old name", "late.py"]),
    ("new path", _commit("late.yml", "run: pkg/old/store.py\n"), ["old name", "late.yml"]),
    ("new import", _commit("late.py", "from pkg.old import (a, store)\n"), ["old name", "late.py"]),
    (
        "new import in brackets",
        _commit("late.py", "from pkg.old import (\n    a,\n    store,\n)\n"),
        ["old name", "late.py"],
    ),
    ("new relative import", _commit("pkg/n/late.py", "from ..old.store import S\n"), ["late.py"]),
    ("new relative module", _commit("pkg/n/late.py", "from ..old import store\n"), ["late.py"]),
    (
        "new sibling",
        _commit("pkg/old/late.py", "from .store import S\n"),
        ["old name", "late.py:1"],
    ),
    (
        "new sibling of one that moves",
        _commit("pkg/old/n/late.py", "x = 1\nfrom .. import (  # a\n  a, b,\n  http as h)\n"),
        ["old name", "late.py:2"],
    ),
    ("new parent", _commit("pkg/late.py", "import x; from .old import http\n"), ["late.py:1"]),
    ("gone module", _commit("late.py", "import os, pkg.old.unused as u\n"), ["late.py:1"]),
    ("gone package", _commit("late.py", "try:\n    from pkg import old\n"), ["late.py:2"]),
    ("continued", _commit("late.py", "from pkg.old \\\n  import store\n"), ["late.py"]),
    ("new path in text", _commit("docs/a.md", "x\n[s](../pkg/old/store.py)\n"), ["a.md:2"]),
    ("new folder", _commit("late.toml", "x = 'pkg/old/http.py:3'\n"), ["late.toml:1"]),
    ("left file changed", _commit("notes.txt", "# pkg.old.store\n"), ["old name", "notes.txt"]),
    ("newcomer", _commit("pkg/old/late.py", "import os\n"), ["old name", "late.py"]),
    ("assume-unchanged", _assume_unchanged, ["not uptodate", "app.py"]),
    ("locked", _write(".git/index.lock"), ["Another git process", "index.lock"]),
]


@pytest.mark.parametrize(("spoil", "words"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_refusals_name_the_file_and_change_nothing(
    case: Case, spoil: Callable[[Path], object], words: list[str]
) -> None:
    spoil(case.root)
    start = snapshot(case.root)
    for mode in ("--check", "--apply"):
        refused = case.run(mode)
        assert refused.returncode == 1
        assert all(word in refused.stderr for word in words), refused.stderr
        assert refused.stdout == ""
        assert snapshot(case.root) == start


def test_names_like_an_old_one_are_no_obstacle(case: Case) -> None:
    text = "import pkg.older.store\nfrom pkg.olds import http\nfrom x.store import http\n"
    commit(case.root, "late.py", text + "import xpkg.old.http, http, store\n")
    commit(case.root, "pkg/old2/late.py", "from ..old3 import store\n")
    commit(case.root, "unrelated.py", BEFORE["unrelated.py"] + "# older\n")
    assert case.run().returncode == 0


def test_a_file_that_is_not_checked_out_stays_so(case: Case) -> None:
    git(case.root, "update-index", "--skip-worktree", "app.py")
    (case.root / "app.py").unlink()
    assert case.run("--apply").returncode == 0
    assert git(case.root, "show", ":app.py").encode() == case.expected()["app.py"]
    assert case.run("--undo").returncode == 0
    assert git(case.root, "status", "--porcelain") == ""


def test_a_sed_that_types_something_else_is_found_before_anything_changes(
    case: Case, tmp_path: Path
) -> None:
    start = snapshot(case.root)
    spoil = 'for file; do case $file in app.py) echo oops >> "$file" ;; esac; done'
    body = f'$REAL "$@" || exit\n{spoil}'
    refused = case.run("--apply", shims=shim(tmp_path / "shims", "sed", body))
    assert refused.returncode == 1
    assert "may behave differently" in refused.stderr
    assert snapshot(case.root) == start


def test_a_result_that_differs_is_refused(case: Case, tmp_path: Path) -> None:
    start = snapshot(case.root)
    meddle = "$REAL rm -q --cached ../unrelated.py"
    body = f'$REAL "$@" || exit\ncase " $* " in *" mv "*store.py*) {meddle} ;; esac'
    refused = case.run("--apply", shims=shim(tmp_path / "shims", "git", body))
    assert refused.returncode == 1
    assert "the result is not the tested one" in refused.stderr
    assert snapshot(case.root) == start


def test_a_step_that_fails_changes_nothing(case: Case, tmp_path: Path) -> None:
    start = snapshot(case.root)
    body = (
        'case " $* " in *" mv "*store.py*) echo "fatal: no" >&2; exit 128 ;; esac\nexec $REAL "$@"'
    )
    refused = case.run("--apply", shims=shim(tmp_path / "shims", "git", body))
    assert refused.returncode == 1
    assert "fatal: no" in refused.stderr
    assert "nothing was changed" in refused.stderr
    assert snapshot(case.root) == start


def test_a_result_that_cannot_be_put_in_place_is_put_back(case: Case, tmp_path: Path) -> None:
    start = snapshot(case.root)
    half = "rm -f app.py; mkdir -p pkg/postgres; echo half > pkg/postgres/store.py; exit 128"
    body = f'case " $* " in *" -u HEAD "*) {half} ;; esac\nexec $REAL "$@"'
    refused = case.run("--apply", shims=shim(tmp_path / "shims", "git", body))
    assert refused.returncode == 1
    assert "everything is put back" in refused.stderr
    assert snapshot(case.root) == start


def test_no_repository(case: Case, tmp_path: Path) -> None:
    refused = case.run(cwd=tmp_path)
    assert refused.returncode == 1
    assert "cd into the checkout" in refused.stderr


def test_no_commit(case: Case, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "-q")
    refused = case.run(cwd=empty)
    assert refused.returncode == 1
    assert "no commit" in refused.stderr


def test_another_repository(case: Case, make_repository: MakeRepository) -> None:
    refused = case.run(cwd=make_repository({"a.py": "a\n"}))
    assert refused.returncode == 1
    assert "the reviewed commit is not here; type: git fetch origin" in refused.stderr


def test_arguments(case: Case) -> None:
    assert case.run("--help").stdout.count("bash reorganize.sh") == 4
    for wrong in (["--amend"], ["apply"], ["--apply", "x"], [""]):
        refused = case.run(*wrong)
        assert refused.returncode == 2
        assert "--apply" in refused.stderr
        assert refused.stdout == ""


# ----------------------------------------------------------------------------------------- undo


def test_undo_with_nothing_to_undo(case: Case) -> None:
    start = snapshot(case.root)
    done = case.run("--undo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing to undo" in done.stdout
    assert snapshot(case.root) == start


@pytest.mark.parametrize("path", ["app.py", "pkg/http/http.py", "pkg/old/store.py"])
def test_undo_never_destroys_what_was_changed_afterwards(case: Case, path: str) -> None:
    start = snapshot(case.root)
    case.run("--apply")
    content = (case.root / path).read_bytes() if (case.root / path).exists() else None
    _write(path, "precious\n")(case.root)
    git(case.root, "add", "-f", path)
    changed = snapshot(case.root)
    refused = case.run("--undo")
    assert refused.returncode == 1
    assert path in refused.stderr
    assert snapshot(case.root) == changed
    if content is None:
        (case.root / path).unlink()
    else:
        (case.root / path).write_bytes(content)
    git(case.root, "add", "-A", "--", path)
    assert case.run("--undo").returncode == 0
    assert snapshot(case.root) == start


def test_undo_leaves_everything_else_alone(case: Case) -> None:
    case.run("--apply")
    (case.root / "unrelated.py").write_text("edited since\n")
    _write("pkg/http/mine.py", "mine\n")(case.root)
    _write("staged.py", "staged\n")(case.root)
    git(case.root, "add", "staged.py")
    assert case.run("--undo").returncode == 0
    status = git(case.root, "status", "--porcelain")
    assert status == "A  staged.py\n M unrelated.py\n?? pkg/http/\n"
    assert (case.root / "pkg/http/mine.py").read_text() == "mine\n"


def test_what_git_ignores_is_not_overwritten(case: Case) -> None:
    (case.root / ".git" / "info" / "exclude").write_text("http\nstore.py\n")
    (case.root / "pkg" / "http").write_text("precious\n")
    for mode in ("--check", "--apply"):
        refused = case.run(mode)
        assert refused.returncode == 1 and "pkg/http" in refused.stderr
    assert (case.root / "pkg" / "http").read_text() == "precious\n"
    (case.root / "pkg" / "http").unlink()
    assert case.run("--apply").returncode == 0
    _write("pkg/old/store.py", "precious\n")(case.root)
    refused = case.run("--undo")
    assert refused.returncode == 1 and "pkg/old/store.py" in refused.stderr
    assert (case.root / "pkg" / "old" / "store.py").read_text() == "precious\n"


def test_undo_of_a_run_that_was_cut_off_stays_on_its_branch(case: Case) -> None:
    git(case.root, "branch", "older")
    commit(case.root, "more.py", "x = 1\n")
    assert case.run("--apply").returncode == 0
    (case.root / ".git" / "reorganize" / "done").unlink()
    git(case.root, "reset", "-q", "--hard")
    git(case.root, "checkout", "-q", "older")
    start = snapshot(case.root)
    refused = case.run("--undo")
    assert refused.returncode == 1 and "refs/heads/main" in refused.stderr
    assert snapshot(case.root) == start


def test_what_lies_there_half_way_is_kept_and_can_be_restored(case: Case) -> None:
    start = snapshot(case.root)
    assert case.run("--apply").returncode == 0
    (case.root / ".git" / "reorganize" / "done").unlink()
    (case.root / "unrelated.py").write_text("precious\n")
    undone = case.run("--undo")
    assert undone.returncode == 0 and snapshot(case.root) == start
    kept = undone.stdout.partition("git checkout ")[2].split()[0]
    assert git(case.root, "show", f"{kept}:unrelated.py") == "precious\n"


def test_undo_refuses_when_it_is_committed(case: Case) -> None:
    case.run("--apply")
    git(case.root, "commit", "-q", "-m", "reorganised")
    start = snapshot(case.root)
    refused = case.run("--undo")
    assert refused.returncode == 1
    assert "git revert" in refused.stderr
    assert snapshot(case.root) == start
    assert "done already" in case.run("--apply").stdout


def test_apply_works_again_after_git_reset(case: Case) -> None:
    case.run("--apply")
    git(case.root, "reset", "-q", "--hard")
    start = {**snapshot(case.root), "journal": False}
    applied = case.run("--apply")
    assert (applied.returncode, applied.stderr) == (0, "")
    case.run("--undo")
    assert snapshot(case.root) == start


# ------------------------------------------------------------------------------------- the text


def test_the_script_is_repeatable_and_clean(case: Case) -> None:
    assert render_script(case.changeset).encode() == case.script.read_bytes()
    assert subprocess.run(["bash", "-n", str(case.script)], check=False).returncode == 0
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed")
    found = subprocess.run(
        ["shellcheck", str(case.script)], capture_output=True, text=True, check=False
    )
    assert found.stdout == ""


def test_the_script_stays_within_what_is_read_in_five_minutes(case: Case) -> None:
    frame = resources.files("reorg_lib.script").joinpath("frame.sh").read_text("utf-8")
    assert len(frame.splitlines()) <= 120
    for text in (case.script.read_text(), EXAMPLE.read_text()):
        assert text.endswith(frame)
        assert text.index("\n\n") < len(text) and text.partition("\n\n")[0].count("\n") < 25
    assert len(EXAMPLE.read_text().splitlines()) <= 680


def test_the_frame_is_clean_by_itself(tmp_path: Path) -> None:
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed")
    frame = resources.files("reorg_lib.script").joinpath("frame.sh").read_text("utf-8")
    given = "set -euo pipefail\nREVIEWED=x RESULT=x MESSAGE=x SPLIT_MESSAGE=x DONE=x\n"
    steps = "reorganize() { :; }\nsplit() { :; }\n"
    alone = tmp_path / "frame.sh"
    alone.write_text(f"#!/usr/bin/env bash\n{given}{steps}{frame}")
    found = subprocess.run(["shellcheck", alone], capture_output=True, text=True, check=False)
    assert found.stdout == ""


def test_a_script_without_moves_is_whole() -> None:
    text = render_script(make_changeset({}, {}))
    checked = subprocess.run(["bash", "-n"], input=text.encode(), capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_a_file_cannot_become_a_folder() -> None:
    changeset = make_changeset({"a": "x\n"}, {"a/b": "x\n"}, {"a": "a/b"})
    with pytest.raises(RewriteError, match="a is a file now"):
        render_script(changeset)


def test_moves_stand_in_the_script_as_git_mv(case: Case) -> None:
    lines = [" ".join(line.split()) for line in case.script.read_text().splitlines()]
    for old, new in MOVES.items():
        short = (old.removeprefix("pkg/"), new.removeprefix("pkg/"))
        assert f"git mv {short[0]} {short[1]} # it adapts this technology" in lines
