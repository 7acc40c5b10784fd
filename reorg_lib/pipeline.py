"""From a repository to a plan, from a plan to a script: each once, for whoever asks.

Owns the order in which the rooms work for a proposal, an export and the look at open branches; the
command line and the notebooks differ only in how they show what comes back. Must not hold a rule of
the domain, loads no pandas, and imports a room only where it enters it, as the command line does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reorg_lib.git import Repository
from reorg_lib.model import Plan, ProofPoint, Survey

if TYPE_CHECKING:
    from reorg_lib.export.deliver import Delivery, Progress
    from reorg_lib.export.impact import BranchImpact


def write_proposal(repository: Repository, survey: Survey, plan_path: Path) -> Plan:
    """Write a proposal, guardrails included, to the plan file and return it.

    What was decided in a plan file that is there already is kept.

    Raises:
        PlanError: the plan file that is there cannot be read.
    """
    from reorg_lib.guardrails.proposal import propose_guardrails
    from reorg_lib.plan.plan_file import load_plan, merge, save_plan
    from reorg_lib.plan.proposal.propose import propose

    plan = propose(survey)
    contents = repository.contents_by_path(survey.files)
    plan = replace(plan, steps=(*plan.steps, *propose_guardrails(survey, plan, contents)))
    if plan_path.exists():
        plan = merge(load_plan(plan_path), plan, tracked=(file.path for file in survey.files))
    save_plan(plan_path, plan)
    return plan


def export(
    repository: Repository,
    survey: Survey,
    plan: Plan,
    out: Path,
    *,
    witness: bool = True,
    test_commands: Sequence[str] = (),
    python: Path | None = None,
    docs_command: str | None = None,
    branches: bool = False,
    progress: Progress,
    shown: Callable[[ProofPoint], None] | None = None,
) -> Delivery:
    """Hand the script over (`deliver` explains the arguments), with what people look at.

    Beside the script and its certificate: `before.svg`, `after.svg`, `modules.csv`, `review.html`.

    Raises:
        ReorgError: the plan cannot be carried out, or the proof fails; the text says where.
    """
    from reorg_lib.export.deliver import deliver
    from reorg_lib.views.graph.picture import draw_pictures, write_pictures
    from reorg_lib.views.notebook.review_page import write_review_page
    from reorg_lib.views.tables.module_rows import write_modules

    with ThreadPoolExecutor(max_workers=1) as beside:
        drawing = beside.submit(draw_pictures, survey, plan)
        done = deliver(
            repository,
            survey,
            plan,
            out,
            witness=witness,
            test_commands=test_commands,
            python=python,
            docs_command=docs_command,
            branches=branches,
            progress=progress,
            shown=shown,
        )
        progress("drawing before and after")
        write_pictures(drawing.result(), out)
    write_modules(survey, out)
    write_review_page(survey, plan, done.changeset.hazards, done.certificate, out)
    return done


def impact(
    repository: Repository,
    survey: Survey,
    plan: Plan,
    branches: Iterable[str] = (),
    progress: Progress | None = None,
) -> tuple[BranchImpact, ...]:
    """Return what the approved steps mean for open branches, or for those that are named.

    Raises:
        ReorgError: the plan cannot be carried out, or a branch is not there.
    """
    from reorg_lib.export.deliver import planned_changes
    from reorg_lib.export.impact import assess_branches

    changeset = planned_changes(repository, survey, plan)
    return assess_branches(repository, changeset, branches, progress=progress)
