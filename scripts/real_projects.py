"""Tasks of public benchmarks, carried out with our plans and checked by their tests.

For each task: its repository from a clone, our plan for it, the export, the script, and the
benchmark's own tests; at the end, a table. No part of a benchmark is in this repository; the plans
in `benchmarks/refactor_bench` are ours. Each names its task and settles its hazards; the note of a
false blocking hazard begins with "false alarm".
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from reorg_lib.errors import HazardError, ReorgError, ToolError
from reorg_lib.export.deliver import deliver
from reorg_lib.git import Repository, isolated_environment, open_repository
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import Hazard, Plan, Severity
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.proof.tools.test_outcomes import read_test_outcomes, summary
from reorg_lib.survey import take_survey

ROOT = Path(__file__).resolve().parent.parent
PLANS = ROOT / "benchmarks" / "refactor_bench"
ADDRESS = "https://github.com/microsoft/RefactorBench"
_FALSE_ALARM = "false alarm"
_COMMIT = {
    f"GIT_{who}_{what}": said
    for who in ("AUTHOR", "COMMITTER")
    for what, said in (("NAME", "a"), ("EMAIL", "a@example.org"), ("DATE", "2026-01-01T00:00:00Z"))
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of one task: `said` is the error that stopped it, or ""."""

    task: str
    moves: int
    blocking: int
    false: int
    tests: str
    seconds: float
    said: str = ""

    def __str__(self) -> str:
        blocking = f"{self.blocking} blocking hazards, {self.false} of them false alarms"
        head = f"{self.task}: {self.moves} moves, {blocking}, {self.seconds:.1f} s"
        return f"{head}; {self.said or self.tests}"


@click.command()
@click.option("--clones", type=click.Path(path_type=Path, exists=True), help="Where clones lie.")
@click.option("--work", default=ROOT / ".work" / "projects", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1, metavar="[TASK]...")
def main(clones: Path | None, work: Path, names: Sequence[str]) -> None:
    """Carry out each TASK, or all, and print how many of the benchmark's tests pass."""
    work.mkdir(parents=True, exist_ok=True)
    try:
        clone = _clone(clones, work.resolve())
        plans = sorted(path for path in PLANS.glob("*.toml") if not names or path.stem in names)
        verdicts = []
        for path in plans:
            verdicts.append(_carry_out(path, clone, work.resolve() / path.stem))
            click.echo(str(verdicts[-1]))
    except ReorgError as error:
        click.echo(f"real-projects: {error}", err=True)
        sys.exit(1)
    moves, false = (sum(getattr(v, what) for v in verdicts) for what in ("moves", "false"))
    click.echo(f"{len(verdicts)} tasks, {moves} moves, {false} false blocking hazards")


def _clone(clones: Path | None, work: Path) -> Path:
    """Return a clone of the benchmark: a checkout or a bare repository."""
    if clones is None:
        place = work / "RefactorBench"
        if not place.exists():
            _git(work, "clone", "--quiet", "--no-checkout", ADDRESS, str(place))
        return place
    for place in (clones / "RefactorBench", clones / "microsoft+RefactorBench" / "repo", clones):
        if (place / "HEAD").exists() or (place / ".git").exists():
            return place.resolve()
    raise ToolError(f"{clones} has no clone of RefactorBench; make one there: git clone {ADDRESS}")


def _carry_out(path: Path, clone: Path, folder: Path) -> Verdict:
    started = time.perf_counter()
    name, task = path.stem.split("-", 1)
    root = folder / "repository"
    if not root.exists():
        _check_out(clone, f"repositories/{name}_refactor", root)
    repository = open_repository(root)
    _git(root, "reset", "--quiet", "--hard", repository.commit)
    plan = load_plan(path)
    plan = replace(plan, scope=replace(plan.scope, commit=repository.commit))
    said, tests = "", ""
    survey = take_survey(repository, plan.scope.package)
    contents = repository.contents_by_path(survey.files)
    hazards = find_hazards(survey, plan, contents)
    try:
        deliver(repository, survey, plan, folder / "out")
    except HazardError as error:
        said = f"stopped by hazards: {', '.join(error.ids)}"
    except ReorgError as error:
        said = f"refused: {error}"
    else:
        _run(["bash", str(folder / "out" / "reorganize.sh"), "--apply"], root)
        tests = _tests(clone, f"tests/{name}_refactor/{task}-test.py", root)
    blocking, false = _count(plan, hazards)
    spent = time.perf_counter() - started
    return Verdict(path.stem, len(plan.moves), blocking, false, tests, spent, said)


def _count(plan: Plan, hazards: Sequence[Hazard]) -> tuple[int, int]:
    """Return the number of blocking hazards, and how many the plan calls false."""
    blocking = {hazard.id for hazard in hazards if hazard.severity is Severity.BLOCK}
    none = {said.id for said in plan.hazards if said.note.startswith(_FALSE_ALARM)}
    return len(blocking), len(blocking & none)


def _check_out(clone: Path, folder: str, root: Path) -> None:
    """Make a folder of the clone its own repository; files that the clone lacks are left out."""
    listing = Repository(clone, "HEAD")
    files = [file for file in listing.files() if file.path.startswith(f"{folder}/")]
    root.mkdir(parents=True)
    held = set(_held(clone, [file.blob for file in files]))
    contents = listing.contents(held)
    for file in files:
        if file.blob in held:
            place = root / file.path.removeprefix(f"{folder}/")
            place.parent.mkdir(parents=True, exist_ok=True)
            if file.mode == "120000":
                place.symlink_to(contents[file.blob].decode())
            else:
                place.write_bytes(contents[file.blob])
                place.chmod(int(file.mode[-3:], 8))
    if missing := sum(file.blob not in held for file in files):
        click.echo(f"{folder}: {missing} files are not in the clone and left out")
    _git(root, "init", "--quiet", "--template=")
    _git(root, "config", "core.autocrlf", "false")
    _git(root, "add", "--all", "--force")
    _git(root, "commit", "--quiet", "--no-gpg-sign", "--message", "The task's repository")


def _held(clone: Path, blobs: Sequence[str]) -> Iterator[str]:
    """Yield the blobs that the clone contains; a snapshot may lack large ones."""
    asked = "".join(f"{blob}\n" for blob in blobs)
    for line in _git(clone, "cat-file", "--batch-check", stdin=asked).splitlines():
        if not line.endswith(" missing"):
            yield line.split()[0]


def _tests(clone: Path, path: str, root: Path) -> str:
    """Run the benchmark's tests of the task, which read the files in the folder above."""
    place = root.parent / "tests.py"
    place.write_text(_git(clone, "show", f"HEAD:{path}"), encoding="utf-8")
    folder = root / "tests-of-the-benchmark"
    folder.mkdir(exist_ok=True)
    report = root.parent / "report.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider"]
    command += ["-c", "/dev/null", "--rootdir", str(folder), f"--junitxml={report}", str(place)]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    outcomes = read_test_outcomes(report)
    failed = [test.rpartition("::")[2] for test, outcome in outcomes.items() if outcome != "passed"]
    told = f" ({', '.join(failed)})" if failed else ""
    return f"tests of the benchmark: {summary(outcomes)} of {len(outcomes)}{told}"


def _git(folder: Path, *arguments: str, stdin: str = "") -> str:
    return _run(["git", *arguments], folder, stdin)


def _run(command: Sequence[str], folder: Path, stdin: str = "") -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**isolated_environment(), **_COMMIT},
        input=stdin,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
    )
    if done.returncode:
        raise ToolError(f"{' '.join(command)} ended with exit {done.returncode}:\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
