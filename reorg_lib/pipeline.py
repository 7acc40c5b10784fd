"""The workflow for the command line and the notebooks: propose, export, impact.

Owns the order in which the other packages work. Its callers differ only in how they show the
results. Must not hold a rule of the domain. It does not load pandas, and imports other packages
only inside the function that needs them, as the command line does.
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
    from reorg_lib.export.branch_impact import BranchImpact
    from reorg_lib.export.deliver import Delivery, Progress


def write_proposal(repository: Repository, survey: Survey, plan_path: Path) -> Plan:
    """Write a proposal, guardrails included, to the plan file and return it.

    Decisions in an existing plan file are kept.

    Raises:
        PlanError: the existing plan file cannot be read.
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
    """Write the script and all other results; `deliver` explains the arguments.

    Adds the views to the results: `before.svg`, `after.svg`, `modules.csv`, `review.html`.

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
    found, texts = done.changeset.hazards, done.changeset.named_texts()
    write_review_page(survey, plan, found, done.certificate, out, texts)
    return done


def impact(
    repository: Repository,
    survey: Survey,
    plan: Plan,
    branches: Iterable[str] = (),
    progress: Progress | None = None,
) -> tuple[BranchImpact, ...]:
    """Return the effect of the approved steps on open branches, or on the named ones.

    Raises:
        ReorgError: the plan cannot be carried out, or a branch does not exist.
    """
    from reorg_lib.export.branch_impact import assess_branches
    from reorg_lib.export.deliver import planned_changes

    changeset = planned_changes(repository, survey, plan)
    return assess_branches(repository, changeset, branches, progress=progress)
