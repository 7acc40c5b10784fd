"""Faults around an export: killed, interrupted, no room or right to write, two at once, old git."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from reorg_lib.export.deliver import deliver
from reorg_lib.git import blob_id, open_repository
from reorg_lib.model import Decision, Move, Plan, Scope
from reorg_lib.plan.plan_file import save_plan
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository, git
from tests.scripts import shim

FILES = {
    "shop/__init__.py": "",
    "shop/app.py": "from shop.infra.data.store import Store\n",
    "shop/infra/__init__.py": "",
    "shop/infra/data/__init__.py": "",
    "shop/infra/data/store.py": "class Store:\n    pass\n",
    "shop/infra/data/orders.py": "from .store import Store\n",
}
STORE = Move("shop/infra/data/store.py", "shop/infra/postgres/store.py", Decision.APPROVED, "SQL")
ORDERS = Move("shop/infra/data/orders.py", "shop/infra/postgres/orders.py", Decision.APPROVED)
DRIVER = """
import os, signal, sys
from pathlib import Path
from reorg_lib import cli
from reorg_lib.export import deliver as handover
steps, signal_number = int(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
def count(*_):
    global steps
    steps -= 1
    if steps == 0:
        os.kill(os.getpid(), signal_number)
real = handover.deliver
def watched(*a, **k):
    return real(*a, **{**k, "progress": count})
handover.deliver = watched
replace, unlink = Path.replace, Path.unlink
def counted(self, *a):
    count()
    return replace(self, *a)
Path.replace = counted
def gone(self, missing_ok=False):
    if self.name == "reorganize.sh":
        count()
    return unlink(self, missing_ok)
Path.unlink = gone
sys.argv = ["reorg", *sys.argv[3:]]
cli.main()
"""


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of whatever the test starts."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def plan_file(root: Path, *moves: Move, name: str = "plan.toml") -> Path:
    path = root.parent / name
    path.unlink(missing_ok=True)
    save_plan(path, Plan(Scope("shop.infra", ".", open_repository(root).commit), moves))
    return path


def export(root: Path, plan: Path, out: Path, *before: str) -> subprocess.CompletedProcess[str]:
    start = [*before] if before else [sys.executable, "-m", "reorg_lib"]
    return subprocess.run(
        [*start, "export", str(root), "--plan", str(plan), "--out", str(out), "--no-witness"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def named(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Without what a killed process left beside the results, under hidden names."""
    return {name: text for name, text in found.items() if not name.startswith(".")}


def interrupted(
    make_repository: MakeRepository, tmp_path: Path, with_signal: int
) -> Iterator[tuple[int, dict[str, bytes], dict[str, bytes], dict[str, bytes], str]]:
    """Yield step, old results, what is there now, new results and what was said, for each step."""
    root = make_repository(FILES)
    assert export(root, plan_file(root, STORE), tmp_path / "old").returncode == 0
    plan = plan_file(root, STORE, ORDERS)
    assert export(root, plan, tmp_path / "new").returncode == 0
    old, new = contents(tmp_path / "old"), contents(tmp_path / "new")
    assert old["reorganize.sh"] != new["reorganize.sh"]
    for step in range(1, 40):
        shutil.copytree(tmp_path / "old", tmp_path / "out")
        driver = (sys.executable, "-c", DRIVER, str(step), str(with_signal))
        done = export(root, plan, tmp_path / "out", *driver)
        if done.returncode == 0:
            assert step > 10
            return
        yield step, old, contents(tmp_path / "out"), new, done.stderr
        again = export(root, plan, tmp_path / "out")
        assert again.returncode == 0, again.stderr
        assert named(contents(tmp_path / "out")) == new
        shutil.rmtree(tmp_path / "out")
    pytest.fail("the export has more steps than were counted")


@pytest.mark.nightly
def test_killed_at_each_step_no_script_lies_beside_the_certificate_of_another(
    make_repository: MakeRepository, tmp_path: Path, scratch: Path
) -> None:
    results = interrupted(make_repository, tmp_path, signal.SIGKILL)
    for step, old, now, new, _ in results:
        for name, text in named(now).items():
            assert text in (old[name], new[name]), (step, name)
        if "reorganize.sh" in now:
            script = blob_id(now["reorganize.sh"]).encode()
            assert script in now["certificate.json"], step


@pytest.mark.nightly
def test_interrupted_at_each_step_the_old_results_stay_and_nothing_is_left_over(
    make_repository: MakeRepository, tmp_path: Path, scratch: Path
) -> None:
    results = interrupted(make_repository, tmp_path, signal.SIGINT)
    for step, old, now, _, said in results:
        assert "interrupted" in said and "Traceback" not in said
        assert not [name for name in now if name.startswith(".")], step
        assert not [*scratch.glob("reorg-*")], step
        if "reorganize.sh" in now and now["reorganize.sh"] == old["reorganize.sh"]:
            assert now == old, step


def test_killed_or_interrupted_while_rehearsing(
    make_repository: MakeRepository, tmp_path: Path, scratch: Path
) -> None:
    root = make_repository(FILES)
    assert export(root, plan_file(root, STORE), tmp_path / "out").returncode == 0
    old = contents(tmp_path / "out")
    plan = plan_file(root, STORE, ORDERS)
    for number, status in ((signal.SIGKILL, -9), (signal.SIGINT, 130)):
        driver = (sys.executable, "-c", DRIVER, "3", str(int(number)))
        assert export(root, plan, tmp_path / "out", *driver).returncode == status
        assert contents(tmp_path / "out") == old


@pytest.mark.parametrize("at", range(1, 7))
def test_a_disk_that_is_full_leaves_the_old_results(
    at: int, make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = open_repository(make_repository(FILES))
    survey = take_survey(repository, "shop.infra")
    plan = Plan(Scope("shop.infra", ".", repository.commit), (STORE,))
    deliver(repository, survey, plan, tmp_path / "out", witness=False)
    old = contents(tmp_path / "out")
    real, left = os.fdopen, at

    def full(handle: int, *arguments: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            os.close(handle)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "out"))
        return real(handle, *arguments)  # type: ignore[call-overload]

    # from the point where the rehearsal is done and the results are written
    def start_counting(words: str) -> None:
        if words == "proving the result":
            monkeypatch.setattr("reorg_lib.export.deliver.os.fdopen", full)

    with pytest.raises(OSError, match="No space left"):
        deliver(repository, survey, plan, tmp_path / "out", witness=False, progress=start_counting)
    assert contents(tmp_path / "out") == old


def test_no_room_for_the_rehearsal_is_said_without_a_traceback(
    make_repository: MakeRepository, tmp_path: Path, scratch: Path
) -> None:
    root = make_repository(FILES)
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (6000, 6000)); "
    call = "from reorg_lib.cli import main; main()"
    done = export(
        root, plan_file(root, STORE), tmp_path / "out", sys.executable, "-c", limit + call
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr, done.stderr
    assert "File too large; correct that place and run again" in done.stderr
    assert contents(tmp_path / "out") == {} and not [*scratch.glob("reorg-*")]


def test_an_output_folder_that_cannot_be_one(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(FILES)
    (tmp_path / "file").write_text("in the way\n")
    done = export(root, plan_file(root, STORE), tmp_path / "file" / "out")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr, done.stderr and "correct that place" in done.stderr


def test_a_checkout_is_only_read(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository(FILES)
    plan = plan_file(root, STORE)
    for path in [root, *root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    start = written(root)
    done = export(root, plan, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    impact = [sys.executable, "-m", "reorg_lib", "impact", str(root), "--plan", str(plan)]
    assert subprocess.run(impact, capture_output=True, check=False).returncode == 0
    assert written(root) == start
    for path in [root, *root.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)


def written(root: Path) -> dict[Path, tuple[bytes, int]]:
    """Every file with its bytes and time; git marks objects that are needed again with the time."""
    return {
        path: (path.read_bytes(), 0 if "objects" in path.parts else path.lstat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


def test_a_checkout_of_another_user_is_read(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(FILES)
    plan = plan_file(root, STORE)
    if os.geteuid():
        pytest.skip("only root can give a folder away")
    for path in [root, *root.rglob("*")]:
        os.chown(path, 65534, 65534)
    assert export(root, plan, tmp_path / "out").returncode == 0


def test_a_folder_in_which_the_script_may_not_write(make_repository: MakeRepository) -> None:
    root = make_repository(FILES)
    repository = open_repository(root)
    plan = Plan(Scope("shop.infra", ".", repository.commit), (STORE,))
    with tempfile.TemporaryDirectory(prefix="reorg-rights-", dir="/tmp") as name:
        folder = Path(name)
        done = deliver(
            repository, take_survey(repository, "shop.infra"), plan, folder / "out", witness=False
        )
        git(folder, "clone", "-q", str(root), "clone")
        shutil.copy(done.folder / "reorganize.sh", folder)
        command = ["bash", str(folder / "reorganize.sh"), "--apply"]
        if os.geteuid() == 0:
            if not shutil.which("setpriv"):
                pytest.skip("root may write everywhere, and setpriv is not here to become another")
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, 65534, 65534)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        locked = folder / "clone" / "shop" / "infra" / "data"
        locked.chmod(0o555)
        ran = subprocess.run(
            command,
            cwd=folder / "clone",
            env={**os.environ, "TMPDIR": str(folder), "HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        locked.chmod(0o755)
        assert ran.returncode != 0
        assert "everything is put back" in ran.stderr, ran.stderr
        status = git(folder / "clone", "-c", "safe.directory=*", "status", "--porcelain")
        assert status == ""


def test_two_exports_at_once_leave_the_results_of_one(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(FILES)
    out = tmp_path / "out"
    plans = [plan_file(root, STORE), plan_file(root, STORE, ORDERS, name="other.toml")]
    command = [sys.executable, "-m", "reorg_lib", "export", str(root), "--no-witness", "--plan"]
    running = [
        subprocess.Popen([*command, str(plan), "--out", str(out)], stdout=subprocess.DEVNULL)
        for plan in plans
    ]
    assert [process.wait(120) for process in running] == [0, 0]
    found = contents(out)
    assert blob_id(found["reorganize.sh"]).encode() in found["certificate.json"]
    assert not [name for name in found if name.startswith(".")]
    both = b" postgres/orders.py" in found["reorganize.sh"]
    assert (b"`orders.py`" in found["pull-request.md"].partition(b"What moved")[2]) == both


def test_an_export_waits_for_another_one_at_the_same_folder(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root, out = make_repository(FILES), tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "reorg_lib", "export", str(root), "--no-witness"]
    command += ["--out", str(out)]
    handle = os.open(out, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    command += ["--plan", str(plan_file(root, STORE))]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
        end = time.monotonic() + 60
        while not [*out.glob(".reorganize.sh.*")] and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.5)
        assert run.poll() is None and named(contents(out)) == {}
        os.close(handle)
        assert run.wait(60) == 0
    assert "reorganize.sh" in contents(out)


def test_a_git_that_is_too_old_is_told(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository(FILES)
    plan = plan_file(root, STORE)
    assert export(root, plan, tmp_path / "out").returncode == 0
    body = 'case "$*" in *version*) echo "git version 2.25.1" ;; *) exec "$REAL" "$@" ;; esac'
    shims = shim(tmp_path / "shims", "git", body)
    monkeypatch.setenv("PATH", f"{shims}{os.pathsep}{os.environ['PATH']}")
    done = export(root, plan, tmp_path / "other")
    assert done.returncode == 1 and "git 2.25.1 is too old: git 2.30 or newer" in done.stderr
    script = ["bash", str(tmp_path / "out" / "reorganize.sh"), "--apply"]
    ran = subprocess.run(script, cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "git version 2.25.1 is too old; put 2.30 or newer first on the PATH" in ran.stderr
    assert git(root, "status", "--porcelain") == ""


def test_a_shallow_clone(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository(FILES)
    git(root, "commit", "-q", "--allow-empty", "-m", "another")
    git(root, "clone", "-q", "--depth", "1", root.as_uri(), str(tmp_path / "clone"))
    clone = tmp_path / "clone"
    done = export(clone, plan_file(clone, STORE), tmp_path / "out")
    assert done.returncode == 0, done.stderr
    script = ["bash", str(tmp_path / "out" / "reorganize.sh"), "--apply"]
    assert subprocess.run(script, cwd=clone, capture_output=True, check=False).returncode == 0
    assert (clone / STORE.target).is_file()


def test_a_sparse_checkout_is_exported_and_reorganized(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository({**FILES, "docs/readme.md": "x\n"})
    git(root, "sparse-checkout", "set", "--no-cone", "/docs/")
    assert not (root / "shop").exists()
    done = export(root, plan_file(root, STORE), tmp_path / "out")
    assert done.returncode == 0, done.stderr
    script = ["bash", str(tmp_path / "out" / "reorganize.sh"), "--apply"]
    assert subprocess.run(script, cwd=root, capture_output=True, check=False).returncode == 0
    assert not (root / "shop").exists()
    git(root, "sparse-checkout", "disable")
    assert (root / STORE.target).is_file() and not (root / STORE.source).exists()
    assert git(root, "diff", "--name-only") == ""


def test_lfs_files_move_as_pointers_and_stay_whole_on_disk(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a" * 64 + "\nsize 7\n"
    picture = "shop/infra/data/picture.bin"
    root = make_repository(
        {**FILES, ".gitattributes": "*.bin filter=lfs -text\n", picture: pointer}
    )
    git(root, "config", "filter.lfs.clean", f"printf '%s' '{pointer[:-1]}'; echo")
    git(root, "config", "filter.lfs.smudge", "printf 'content'")
    (root / ".git" / "info" / "attributes").unlink()
    (root / picture).unlink()
    git(root, "checkout", "-q", "--", picture)
    assert (root / picture).read_text() == "content"
    moved = Move(picture, "shop/infra/postgres/picture.bin", Decision.APPROVED)
    done = export(root, plan_file(root, STORE, moved), tmp_path / "out")
    assert done.returncode == 0, done.stderr
    script = ["bash", str(tmp_path / "out" / "reorganize.sh"), "--apply"]
    ran = subprocess.run(script, cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (root / moved.target).read_text() == "content"
    assert git(root, "show", f":{moved.target}") == pointer
