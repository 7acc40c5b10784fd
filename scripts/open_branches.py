"""Whether `reorg impact` is right: every branch really merged, before and after the move.

This is the comparison in docs/reliability.md, "Open branches". It works in a clone of its own; the
given repository is only read.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from reorg_lib.export.branch_impact import BranchImpact, advise, assess_branches
from reorg_lib.export.deliver import deliver, planned_changes
from reorg_lib.git import Merge, isolated_environment, open_repository
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.survey import take_survey

_WHO = {
    f"GIT_{who}_{what}": said
    for who in ("AUTHOR", "COMMITTER")
    for what, said in (("NAME", "M. Aintainer"), ("EMAIL", "m@example.org"))
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One branch: the final result, and each wrong prediction."""

    branch: str
    aid: str
    wrong: tuple[str, ...]


@click.command()
@click.option("--repo", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--plan", "plan_path", required=True, type=click.Path(path_type=Path, exists=True))
@click.argument("names", nargs=-1, metavar="[BRANCH]...")
def main(repo: Path, plan_path: Path, names: tuple[str, ...]) -> None:
    """Predict the merge of each open branch, then really merge it, and compare."""
    plan = load_plan(plan_path)
    started = time.perf_counter()
    repository = open_repository(repo, plan.scope.commit)
    survey = take_survey(repository, plan.scope.package)
    impacts = assess_branches(repository, planned_changes(repository, survey, plan), names)
    click.echo(f"{len(impacts)} branches foretold in {time.perf_counter() - started:.1f} s")
    with tempfile.TemporaryDirectory(prefix="reorg-branches-") as name:
        folder = Path(name)
        deliver(repository, survey, plan, folder / "out", witness=False, branches=True)
        clone = folder / "clone"
        git(folder, "clone", "-q", "--no-checkout", str(repository.root), str(clone))
        verdicts = list(
            really_merge(clone, folder / "out" / "reorganize.sh", plan.scope.commit, impacts)
        )
    for verdict in verdicts:
        click.echo(f"{verdict.branch}: {'; '.join(verdict.wrong) or 'as foretold'}; {verdict.aid}")
    wrong = sum(1 for verdict in verdicts if verdict.wrong)
    click.echo(f"{len(verdicts)} branches really merged, {wrong} otherwise than foretold")
    click.echo(advise(impacts, repository.default_branch()))
    raise SystemExit(bool(wrong))


def really_merge(
    clone: Path, script: Path, commit: str, impacts: tuple[BranchImpact, ...]
) -> Iterator[Verdict]:
    """Merge each branch with the commit and with the script's commit, and compare.

    `clone` is a checkout that may be changed; `update-branch.sh` is beside `script`.
    """
    git(clone, "checkout", "-q", "--detach", commit)
    run(clone, "bash", str(script), "--commit")
    tip = git(clone, "rev-parse", "HEAD").strip()
    for one in impacts:
        if one.merged is None:
            status, said = _merge(clone, commit, one.commit)
            refused = status and "unrelated histories" in said
            yield Verdict(one.names[0], one.remedy, () if refused else ("it can be merged",))
            continue
        sides = (("today", commit, one.merged[0]), ("after", tip, one.merged[1]))
        wrong = [
            f"{when}: {difference}"
            for when, start, foretold in sides
            for difference in _differences(clone, start, one.commit, foretold)
        ]
        aid, surprises = _update_branch(clone, script, commit, tip, one)
        yield Verdict(one.names[0], aid, (*wrong, *surprises))


def _differences(clone: Path, start: str, branch: str, foretold: Merge) -> Iterator[str]:
    status, _ = _merge(clone, start, branch)
    if (status == 0) != foretold.clean:
        yield f"merging ends with exit {status}"
    unmerged = {*_unmerged(clone)}
    if unmerged != {*foretold.unmerged}:
        yield f"other files are unmerged: {sorted(unmerged ^ {*foretold.unmerged})}"
    if status == 0 and git(clone, "rev-parse", "HEAD^{tree}").strip() != foretold.tree:
        yield "the merged files are others"


def _update_branch(
    clone: Path, script: Path, commit: str, tip: str, one: BranchImpact
) -> tuple[str, list[str]]:
    """Follow the instructions for open branches, and check the result against the prediction.

    That is: merge the commit before the moves, then the moves with `-X ours`, then run
    update-branch.sh.
    """
    if one.today:
        return "does not merge today either", []
    _merge(clone, one.commit, commit)
    status, _ = _merge(clone, "HEAD", tip, "-X", "ours")
    if one.by_hand:
        surprise = [] if status else ["-X ours resolved what was said to need a hand"]
        git(clone, "add", "-A")
        split = {conflict.path for conflict in one.by_hand if conflict.kind == "split/edit"}
        for path in sorted(split & {*git(clone, "ls-files", "-z").split("\0")}):
            git(clone, "rm", "-q", "-f", "--", path)
        git(clone, "commit", "-q", "--no-edit")
        done = run(clone, "bash", str(script.with_name("update-branch.sh")), check=False)
        count = len(git(clone, "diff", "--cached", "--name-only").splitlines())
        left = sum(line.startswith("  ") for line in done.stderr.splitlines())
        return (
            f"{len(one.by_hand)} conflicts by hand; without them, update-branch.sh"
            f" changes {count} files and lists {left} lines for a person",
            surprise,
        )
    if status:
        return "", [f"-X ours left conflicts: {_unmerged(clone)}"]
    done = run(clone, "bash", str(script.with_name("update-branch.sh")), check=False)
    surprises = []
    if done.returncode > 1 or (one.left and not done.returncode):  # it may list more than that
        surprises.append(
            f"update-branch.sh: exit {done.returncode}, {len(one.left)} places foretold"
        )
    changed = {*filter(None, git(clone, "diff", "--cached", "--name-only", "-z").split("\0"))}
    foretold = {place.path for place in one.places if place.renamed}
    if changed != foretold:
        surprises.append(f"update-branch.sh changes other files: {sorted(changed ^ foretold)}")
    return f"update-branch.sh changed {len(changed)} files, exit {done.returncode}", surprises


def _merge(clone: Path, start: str, other: str, *options: str) -> tuple[int, str]:
    if start != "HEAD":
        git(clone, "reset", "-q", "--hard")
        git(clone, "clean", "-q", "-f", "-d", "-x")
        git(clone, "checkout", "-q", "--detach", start)
    done = run(clone, "git", "merge", "--no-ff", "--no-edit", *options, other, check=False)
    return done.returncode, done.stdout + done.stderr


def _unmerged(clone: Path) -> list[str]:
    listing = git(clone, "diff", "--name-only", "--diff-filter=U", "-z")
    return sorted({*filter(None, listing.split("\0"))})


def git(folder: Path, *arguments: str) -> str:
    """Run git and return its output."""
    return run(folder, "git", *arguments).stdout


def run(folder: Path, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command without the user's own git configuration."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**isolated_environment(), "GIT_ALLOW_PROTOCOL": "file", **_WHO},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=check,
    )


if __name__ == "__main__":
    main()
