"""The export: script, certificate, plan and hazards, made and proved, then written.

Nothing is written by halves: all files are made and proved first, and put into the output folder
together at the end.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reorg_lib.errors import HazardError, PlanError, ProofError
from reorg_lib.export.certificate_text import certificate_json, certificate_markdown
from reorg_lib.export.plan_text import hazards_json, plan_markdown
from reorg_lib.export.pull_request import pull_request_markdown
from reorg_lib.git import Repository, blob_id
from reorg_lib.guardrails.file_changes import with_guardrails
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import Certificate, ChangeSet, DetectedRename, Plan, ProofPoint, Survey
from reorg_lib.plan.companions import companions_by_step
from reorg_lib.plan.layout_metrics import comparison
from reorg_lib.proof.detected_renames import detected_renames
from reorg_lib.proof.points import PredictedPoints, prove
from reorg_lib.proof.reading.background_reading import read_in_background
from reorg_lib.proof.rehearsal import predict_result, rehearse, scratch_copy
from reorg_lib.proof.tools.documentation_build import build_documentation
from reorg_lib.proof.tools.pydeps_graph import PydepsGraph, run_pydeps_on_both_sides
from reorg_lib.proof.tools.test_runs import on_both_sides, run_tests
from reorg_lib.proof.tools.type_check import find_type_checker
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.script.render import render_script
from reorg_lib.script.update_branch import render_update

_SCRIPTS = ("reorganize.sh", "update-branch.sh")

Progress = Callable[[str], None]
"""A function that is called with a few words at the start of each step."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The results of an export, whose files are in `folder`; `pydeps_graphs` are both sides."""

    folder: Path
    changeset: ChangeSet
    script: str
    certificate: Certificate
    pydeps_graphs: tuple[PydepsGraph, PydepsGraph] | None = None


def deliver(
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
    progress: Progress | None = None,
    shown: Callable[[ProofPoint], None] | None = None,
) -> Delivery:
    """Build, rehearse and prove the script for the approved steps, and write it to `out`.

    `witness` switches the comparison of pydeps' graphs on. `test_commands` and `docs_command`,
    which builds the documentation, run in scratch copies before and after: no other code of the
    repository ever runs. With `python`, the project's own interpreter, pyrefly or mypy checks the
    types on both sides. `progress` is called at the start of each step, `shown` with each point of
    the proof.

    The files are `hazards.json`, `plan.md`, `reorganize.sh`, `certificate.json`, `certificate.md`
    and `pull-request.md`, and `update-branch.sh` if there are open branches or `branches` is set.
    If a blocking hazard is not settled, only the first two are written. If the proof fails, the
    certificate says where, and there is no script, not even an older one.

    Raises:
        PlanError, HazardError, RewriteError: the plan cannot be carried out.
        ProofError: a point of the proof fails.
    """
    step = progress or (lambda _: None)
    metrics = comparison(survey, plan)
    along = companions_by_step(survey, plan)
    with scratch_copy(repository) as copy, read_in_background(repository) as ahead:
        step("rewriting in memory")
        try:
            changeset = planned_changes(repository, survey, plan)
        except HazardError:
            contents = repository.contents_by_path(survey.files)
            hazards = find_hazards(survey, plan, contents)
            texts = {
                "hazards.json": hazards_json(hazards),
                "plan.md": plan_markdown(plan, hazards, metrics, along),
            }
            _write(out, texts)
            _withdraw(out)
            raise
        if not changeset.changes:
            raise PlanError(
                "no step of the plan is approved, so there is nothing to export;"
                " approve some, in the review notebook or with `reorg approve`"
            )
        step("writing the script")
        script = render_script(changeset)
        step("rehearsing it on a scratch copy")
        with ThreadPoolExecutor(max_workers=1) as beside:
            running = beside.submit(rehearse, repository, script, copy)
            judgement = PredictedPoints(changeset, predict_result(repository, changeset), ahead)
            tuple(judgement.points())  # while the script runs, its predicted result is judged
            rehearsal = running.result()
    graphs = tests = types = warnings = None
    if witness:
        step("letting pydeps look at both sides")
        graphs = run_pydeps_on_both_sides(rehearsal, changeset)
    if test_commands:
        step("running the tests before and after")
        tests = run_tests(repository, script, test_commands, plan.scope.source_root)
    if python is not None:
        step("checking the types before and after")
        checker = find_type_checker(python)
        types = on_both_sides(
            repository, script, lambda copy: checker.check(copy, plan.scope.source_root)
        )
    if docs_command:
        step("building the documentation before and after")
        warnings = on_both_sides(
            repository,
            script,
            lambda copy: build_documentation(docs_command, copy, plan.scope.source_root),
        )
    step("proving the result")
    evidence = (graphs, tests, types, warnings)
    points = prove(changeset, rehearsal, plan, *evidence, shown, judgement)
    renames = detected_renames(changeset, rehearsal.renames)
    certificate = _certificate(changeset, script, points, renames)
    texts = {
        "hazards.json": hazards_json(changeset.hazards),
        "plan.md": plan_markdown(plan, changeset.hazards, metrics, along, changeset.named_texts()),
        "certificate.json": certificate_json(certificate),
        "certificate.md": certificate_markdown(certificate),
        "pull-request.md": pull_request_markdown(survey, plan, changeset, certificate),
    }
    if not certificate.holds:
        _withdraw(out)
        _write(out, {name: text for name, text in texts.items() if name != "pull-request.md"})
        failed = tuple(point.title for point in certificate.points if point.blocks)
        first = next(p.failures[0] for p in certificate.points if p.blocks)
        raise ProofError(
            f"the proof fails ({'; '.join(failed)}), first at {first};"
            f" {out / 'certificate.md'} lists every place, and no script was written",
            failed,
        )
    texts["reorganize.sh"] = script
    if branches or repository.branches():
        texts["update-branch.sh"] = render_update(changeset)
    _write(out, texts)
    return Delivery(out, changeset, script, certificate, graphs)


def planned_changes(repository: Repository, survey: Survey, plan: Plan) -> ChangeSet:
    """Return all changes of the approved steps, guardrails included.

    Raises:
        PlanError, HazardError, RewriteError: the plan cannot be carried out.
    """
    changeset = build_changeset(repository, survey, plan)
    return with_guardrails(changeset, survey, plan, repository.contents_by_path(survey.files))


def _certificate(
    changeset: ChangeSet,
    script: str,
    points: tuple[ProofPoint, ...],
    renames: tuple[DetectedRename, ...],
) -> Certificate:
    changes = changeset.changes
    return Certificate(
        commit=changeset.commit,
        script=blob_id(_bytes(script)),
        moves=len(changeset.moves()),
        rewritten=sum(
            c.source is not None and c.target is not None and bool(c.edits) for c in changes
        ),
        created=sum(c.source is None for c in changes)
        + sum(len(split.parts) for split in changeset.splits),
        deleted=sum(c.target is None for c in changes),
        points=points,
        renames=renames,
    )


def _write(out: Path, texts: Mapping[str, str]) -> None:
    """Write every file under a temporary name, then rename them all, the scripts last.

    Older scripts are deleted first: even if the process is killed, there is never a script beside
    the certificate of another one. Exports into the same folder wait for each other here.
    """
    out.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[str, Path]] = []
    try:
        for name, text in sorted(texts.items()):
            handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=out)
            waiting.append((temporary, out / name))
            with os.fdopen(handle, "wb") as file:
                file.write(_bytes(text))
            Path(temporary).chmod(0o755 if name.endswith(".sh") else 0o644)
        with _alone(out):
            for name in _SCRIPTS:
                (out / name).unlink(missing_ok=True)
            for temporary, place in waiting:
                Path(temporary).replace(place)
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; the system releases it if the process is killed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _withdraw(out: Path) -> None:
    """Delete the scripts of an earlier export: they belong to another plan or commit."""
    for name in (*_SCRIPTS, "certificate.json", "certificate.md", "pull-request.md"):
        (out / name).unlink(missing_ok=True)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
