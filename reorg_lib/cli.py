"""The command line: one command for each step of the workflow.

Owns the arguments, the exit statuses and what each command prints. Must not know a rule of the
domain. A command imports other packages only inside its function: `reorg --help` stays quick, and
no command ever loads pandas or Jupyter. The module is longer than 300 lines because each command is
here with its options.

Exit status: 0 done, 1 the plan or the proof fails, 2 usage, 130 interrupted.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from reorg_lib.errors import ReorgError
from reorg_lib.model import Decision, Survey
from reorg_lib.terminal import progress, say, show_table

if TYPE_CHECKING:
    from reorg_lib.model import Step

_REPO = click.argument("repo", type=click.Path(path_type=Path))
_PACKAGE = click.option(
    "--package",
    metavar="P",
    help="The dotted package name; optional where only one fits.",
)
_NEW_PLAN = click.option(
    "--plan",
    "plan_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("plan.toml"),
    show_default=True,
    help="The plan file to write; decisions already in it are kept.",
)
_PLAN = click.option(
    "--plan",
    "plan_path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The plan file.",
)


def main() -> NoReturn:
    """Run the command line and exit with its status.

    The garbage collector is off: the process ends with the command, and a search for reference
    cycles among many records would take longer than the memory is worth.
    """
    gc.disable()
    try:
        status = commands.main(prog_name="reorg", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        say("interrupted; no result was written, so run it again", err=True)
        sys.exit(130)
    except ReorgError as error:
        say(f"reorg: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(
            f"reorg: {where}{error.strerror}; correct that place and run again",
            err=True,
        )
        sys.exit(1)
    finally:
        gc.enable()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="reorg-lib", message="%(package)s %(version)s")
def commands() -> None:
    """Show where the modules of a Python package are, decide each move, export one script.

    The order: survey, propose, approve (or decide in the notebooks: make lab), export.
    """


@commands.command()
@_REPO
@_PACKAGE
@click.option(
    "--json",
    "json_path",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Write all records of the survey as JSON; - is the standard output.",
)
def survey(repo: Path, package: str | None, json_path: Path | None) -> None:
    """Show which technologies REPO adapts, and in which folders their modules are."""
    with progress(1) as step:
        step("reading the commit")
        found = _survey(repo, package)
    if json_path == Path("-"):
        click.echo(_records(found), nl=False)
        return
    if json_path:
        json_path.write_text(_records(found), encoding="utf-8")
    say(f"{found.package} at commit {found.commit[:12]}, source root {found.source_root}")
    show_table(("technology", ">modules", "filed under", "serves"), _technologies(found))
    if found.findings:
        findings = ((f"{f.weight:.2f}", f.kind, f.sentence) for f in found.findings)
        show_table((">weight", "finding", "problem of the layout"), findings)
    for note in found.notes:
        say(note)
    if found.problems:
        rows = ((f"{p.path}:{p.line}" if p.line else p.path, p.message) for p in found.problems)
        show_table(("not read", "why"), rows)
    files = sum(1 for module in found.modules if module.blob)
    say(
        f"{_count(files, 'Python file')} read under the source root,"
        f" {_count(len(found.edges), 'import')} between them,"
        f" {_count(len(found.problems), 'problem')}"
    )


@commands.command()
@_REPO
@_PACKAGE
@_NEW_PLAN
def propose(repo: Path, package: str | None, plan_path: Path) -> None:
    """Propose a move, with its reason, for each module in the wrong folder."""
    from reorg_lib.git import open_repository
    from reorg_lib.pipeline import write_proposal
    from reorg_lib.plan.layout_metrics import comparison
    from reorg_lib.plan.plan_file import load_plan
    from reorg_lib.plan.proposal.propose import UNSURE
    from reorg_lib.survey import take_survey

    with progress(2) as step:
        if package is None and plan_path.exists():
            package = load_plan(plan_path).scope.package
        step("reading the commit")
        repository = open_repository(repo)
        found = take_survey(repository, package)
        step("proposing")
        plan = write_proposal(repository, found, plan_path)
    steps = plan.steps
    rows = (
        (
            found.scope.below_package(s.source),
            found.scope.below_package(s.target) or f"({s.kind})",
            s.decision,
            s.reason,
        )
        for s in steps
    )
    title = f"below {found.scope.package_folder}/"
    show_table(("from", "to", "decision", "reason"), rows, title=title)
    show_table(("the layout", ">before", ">after"), comparison(found, plan))
    unsure = [move for move in plan.moves if move.confidence < UNSURE]
    for move in unsure:
        say(f"ambiguous ({move.confidence:g}): {move.source}")
        offered = zip(move.candidates, move.arguments, strict=False)
        for target, why in [(move.target, move.reason), *offered]:
            say(f"  {target}: {why}")
    say(f"{plan_path}: {_count(len(steps), 'step')}, {_decisions(steps)}")
    say(f"next: read it, then reorg approve --plan {plan_path} --all, or select some by PATTERN")


@commands.command()
@_PLAN
@click.option("--all", "everything", is_flag=True, help="Approve all pending steps.")
@click.argument("patterns", nargs=-1, metavar="[PATTERN]...")
def approve(plan_path: Path, everything: bool, patterns: tuple[str, ...]) -> None:
    """Approve the steps whose paths match a PATTERN, such as '*/s3/*'."""
    if everything == bool(patterns):
        raise click.UsageError("give either --all, or at least one PATTERN")
    from reorg_lib.plan.plan_file import approve as approve_steps
    from reorg_lib.plan.plan_file import load_plan, save_plan

    plan, changed = approve_steps(load_plan(plan_path), "all" if everything else patterns)
    save_plan(plan_path, plan)
    say(f"{plan_path}: {changed} newly approved; {_decisions(plan.steps)}")


@commands.command()
@_REPO
@_PLAN
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="The folder for the results.",
)
@click.option(
    "--test-command",
    "test_commands",
    metavar="CMD",
    multiple=True,
    help="Run CMD in scratch copies before and after the moves, and compare; may be repeated. If"
    " CMD runs pytest, the outcome of each test is compared.",
)
@click.option(
    "--python",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="The project's own Python, or its virtual environment: pyrefly or mypy checks the types"
    " before and after the moves; there may be no new error.",
)
@click.option(
    "--docs-command",
    metavar="CMD",
    help="Build the documentation with CMD (Sphinx or MkDocs) in scratch copies before and after"
    " the moves; there may be no new warning.",
)
@click.option(
    "--witness/--no-witness",
    default=True,
    show_default=True,
    help="Compare the import graphs of pydeps, too. A difference is reported and blocks nothing.",
)
@click.option(
    "--branches", is_flag=True, help="Write update-branch.sh even if REPO has no open branch."
)
def export(
    repo: Path,
    plan_path: Path,
    out: Path,
    test_commands: tuple[str, ...],
    python: Path | None,
    docs_command: str | None,
    witness: bool,
    branches: bool,
) -> None:
    """Write, rehearse and prove the script of the approved steps.

    The rehearsal runs on a scratch copy, and nothing in REPO is written. No code of REPO runs,
    except for the commands that you give, and mypy plugins with --python.
    """
    from reorg_lib.export.plan_text import noted
    from reorg_lib.git import open_repository
    from reorg_lib.pipeline import export as export_plan
    from reorg_lib.plan.plan_file import load_plan
    from reorg_lib.survey import take_survey

    plan = load_plan(plan_path)
    steps = 6 + witness + bool(test_commands) + bool(python) + bool(docs_command)
    with progress(steps) as step:
        step("reading the commit")
        repository = open_repository(repo, plan.scope.commit)
        found = take_survey(repository, plan.scope.package)
        done = export_plan(
            repository,
            found,
            plan,
            out,
            witness=witness,
            test_commands=test_commands,
            python=python,
            docs_command=docs_command,
            branches=branches,
            progress=step,
        )
    certificate = done.certificate
    for point in certificate.points:
        verdict = "not checked" if point.not_checked else "holds" if point.holds else "differs"
        say(f"  {verdict}: {point.title} ({point.not_checked or point.checked})")
        for failure in point.failures:
            say(f"    {failure}")
    for hazard in noted(plan, done.changeset.hazards):
        say(f"  note: {hazard.path}:{hazard.line}: {hazard.why}")
    say(
        f"{_count(certificate.moves, 'move')}, {_count(certificate.rewritten, 'file')} rewritten,"
        f" {certificate.created} created, {certificate.deleted} deleted"
    )
    say(f"next: read {out / 'reorganize.sh'}, then in a clean checkout: bash reorganize.sh --check")


@commands.command("update-branch")
@_REPO
@_PLAN
@click.argument("branch")
def update_branch_command(repo: Path, plan_path: Path, branch: str) -> None:
    """Merge BRANCH, which was created before the moves, with the commits of reorganize.sh.

    The plan is carried out on the content of the branch itself, so that its own lines are
    rewritten as exactly as all others. The result is a new branch, BRANCH-updated; no checkout
    changes.
    """
    from reorg_lib.export.branch_merge import update_branch
    from reorg_lib.git import open_repository
    from reorg_lib.plan.plan_file import load_plan

    plan = load_plan(plan_path)
    with progress(3) as step:
        done = update_branch(open_repository(repo), plan, branch, step)
    for path in done.left_behind:
        say(f"  check this file: {path} is new on the branch, in a folder that other files left")
    say(f"next: on {branch}, type: git merge --ff-only {done.branch}")


@commands.command()
@_REPO
@_PLAN
@click.argument("branches", nargs=-1, metavar="[BRANCH]...")
@click.option(
    "--json",
    "json_path",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Write all conflicts and old names as JSON; - is the standard output.",
)
def impact(repo: Path, plan_path: Path, branches: tuple[str, ...], json_path: Path | None) -> None:
    """Show what the approved steps mean for open branches, and when to merge them.

    Each local and remote branch that is not merged into the surveyed commit (or each named BRANCH)
    is merged in memory twice: with the repository as it is, and as the script would leave it.
    Nothing in REPO changes, and no branch is checked out.
    """
    from reorg_lib.export.branch_impact import advise
    from reorg_lib.git import open_repository
    from reorg_lib.pipeline import impact as assess
    from reorg_lib.plan.plan_file import load_plan
    from reorg_lib.survey import take_survey
    from reorg_lib.views.tables.impact import IMPACT_COLUMNS, impact_details, impact_rows

    plan = load_plan(plan_path)
    with progress(2) as step:
        step("reading the commit")
        repository = open_repository(repo, plan.scope.commit)
        found = take_survey(repository, plan.scope.package)
        step("rewriting in memory")
        impacts = assess(repository, found, plan, branches, progress=step)
    if json_path == Path("-"):
        click.echo(_records(impacts), nl=False)
        return
    if json_path:
        json_path.write_text(_records(impacts), encoding="utf-8")
    show_table(IMPACT_COLUMNS, impact_rows(impacts))
    for line in impact_details(impacts if branches else (), most=40):
        say(line)
    if not branches:
        say("To see each place of a branch, name the branch; --json FILE has all places.")
    say("These are git's default merges (merge.directoryRenames=conflict, no own merge driver).")
    say(advise(impacts, repository.default_branch()))


@commands.command()
@_REPO
@_PLAN
@click.option(
    "--staged", is_flag=True, help="Check the staged files instead of the last commit (for hooks)."
)
def check(repo: Path, plan_path: Path, staged: bool) -> None:
    """Check whether REPO still follows the layout rule of the plan; exit 1 if it does not."""
    from reorg_lib.git import open_repository
    from reorg_lib.guardrails.check import check as find_violations
    from reorg_lib.plan.plan_file import load_plan
    from reorg_lib.survey import take_survey

    plan = load_plan(plan_path)
    with progress(1) as step:
        step("reading the commit")
        repository = open_repository(repo)
        found = take_survey(repository.staged() if staged else repository, plan.scope.package)
    violations = find_violations(found, plan)
    for violation in violations:
        say(str(violation))
    if violations:
        raise ReorgError(
            f"{_count(len(violations), 'violation')} of the layout rule; move the modules, or"
            " choose another place for them in the plan"
        )
    say(f"{found.package} follows its layout rule")


# --------------------------------------------------------------------------------------- tables


def _technologies(survey: Survey) -> Iterator[tuple[str, str, str, str]]:
    """Yield one row per technology: its modules, their folders, the contexts that they serve."""
    filed: dict[str, list[tuple[str, str | None]]] = {}
    for found in survey.classifications:
        inside = found.module.removeprefix(survey.package).lstrip(".")
        folder = inside.partition(".")[0] if "." in inside else "(top)"
        filed.setdefault(found.technology or "", []).append((folder, found.domain))
    for technology, modules in sorted(filed.items(), key=lambda row: (not row[0], row[0])):
        folders = _tally(folder for folder, _ in modules)
        domains = _tally(domain for _, domain in modules if domain)
        yield technology or "(none)", str(len(modules)), folders, domains


def _tally(names: Iterable[str]) -> str:
    counts = Counter(names)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count}" for name, count in ordered)


def _decisions(steps: Iterable[Step]) -> str:
    counts = Counter(step.decision for step in steps)
    return ", ".join(f"{counts[decision]} {decision}" for decision in Decision)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# -------------------------------------------------------------------------------------- records


def _survey(repo: Path, package: str | None) -> Survey:
    from reorg_lib.git import open_repository
    from reorg_lib.survey import take_survey

    return take_survey(open_repository(repo), package)


def _records(found: object) -> str:
    return json.dumps(_plain(found), indent=1) + "\n"


def _plain(value: object) -> object:
    """Convert a record and its fields to the types of JSON; sets are sorted."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
