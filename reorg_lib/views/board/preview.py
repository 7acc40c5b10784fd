"""What the plan would do if its open steps were approved: hazards, the tree, one step's diff.

The answers come from the packages that do the work later: `hazards` finds the hazards, `plan` the
tree, and `rewrite` makes the new bytes. The contents of the commit and the last answers are kept,
because people often return to the same step.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from reorg_lib.errors import HazardError, PlanError, ReorgError, RewriteError
from reorg_lib.git import Repository
from reorg_lib.guardrails.file_changes import with_guardrails
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import (
    ChangeSet,
    FileChange,
    Hazard,
    HazardSettlement,
    NamedText,
    Plan,
    Settlement,
    Survey,
)
from reorg_lib.plan.companions import with_companions
from reorg_lib.plan.outcome import outcome_of
from reorg_lib.plan.validation import validate
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.views.steps import as_if_approved, only_step

_PREVIEW = "taken as accepted, to show the step"
_MOST_LINES = 4000


@dataclass(frozen=True, slots=True)
class FileDiff:
    """One file that a step changes: both paths ("" on a missing side) and a unified diff."""

    before: str
    after: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepDiff:
    """What one step does to every file; `remark` gives the conditions, or why there is nothing.

    `texts` are the names in texts that it renames, or keeps because they only could be modules.
    """

    files: tuple[FileDiff, ...]
    remark: str
    texts: tuple[NamedText, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class PreviewLine:
    """A folder (`name` ends with "/") or file of the tree, `depth` levels below the package."""

    path: str
    depth: int
    name: str
    is_new: bool


class Preview:
    """Answers about one survey under a given plan."""

    def __init__(self, repository: Repository, survey: Survey) -> None:
        self._repository = repository
        self._survey = survey
        self._hazards: tuple[Plan, tuple[Hazard, ...]] | None = None
        self._diffs: dict[tuple[Plan, str], StepDiff] = {}

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """Path → bytes of the commit's files."""
        return self._repository.contents_by_path(self._survey.files)

    def hazards(self, plan: Plan) -> tuple[Hazard, ...]:
        """Return the hazards of the plan with its open steps approved.

        If those contradict each other: of the approved steps alone; none if these do, too.
        """
        for considered in (as_if_approved(plan), plan):
            bare = replace(considered, hazards=())
            if self._hazards and self._hazards[0] == bare:
                return self._hazards[1]
            try:
                validate(bare, self._survey)
            except PlanError:
                continue
            self._hazards = (bare, find_hazards(self._survey, bare, self.contents))
            return self._hazards[1]
        return ()

    def diff(self, plan: Plan, source: str) -> StepDiff:
        """Return what the step about `source` does to each file, alone and on today's tree.

        A step that cannot be carried out alone is shown together with the others, its own file
        only.
        """
        alone = as_if_approved(only_step(plan, source))
        key = (alone, source)
        if key not in self._diffs:
            if len(self._diffs) > 500:
                self._diffs.clear()
            self._diffs[key] = self._diff(plan, alone, source)
        return self._diffs[key]

    def _diff(self, plan: Plan, alone: Plan, source: str) -> StepDiff:
        if not alone.steps:
            return StepDiff((), "the step is no longer in the plan file")
        if not any(step.decision == "approved" for step in alone.steps):
            return StepDiff((), "a rejected step changes nothing")
        try:
            made = self._changeset(alone)
            return _step_diff(made.changes, "this step alone, on today's tree", made.named_texts())
        except (PlanError, RewriteError) as error:
            why = str(error).strip().splitlines()[-1].strip()
        try:
            together = self._changeset(as_if_approved(plan))
        except ReorgError as error:
            return StepDiff((), f"cannot be carried out yet: {error}")
        own = tuple(change for change in together.changes if change.source == source)
        paths = {path for change in own for path in (change.source, change.target)}
        return _step_diff(
            own,
            f"its own file, with the other steps; alone it cannot be: {why}",
            tuple(text for text in together.named_texts() if text.path in paths),
        )

    def _changeset(self, plan: Plan) -> ChangeSet:
        """Build it with every open hazard fixed if there is a fix, and accepted otherwise."""
        try:
            return self._all_changes(plan)
        except HazardError:
            found = find_hazards(self._survey, plan, self.contents)
            said = {settlement.id for settlement in plan.hazards}
            preview = tuple(
                HazardSettlement(
                    h.id, Settlement.FIX if h.fix is not None else Settlement.ACCEPT, _PREVIEW
                )
                for h in found
                if h.id not in said
            )
            plan = replace(plan, hazards=(*plan.hazards, *preview))
            return self._all_changes(plan)

    def _all_changes(self, plan: Plan) -> ChangeSet:
        changeset = build_changeset(self._repository, self._survey, plan)
        return with_guardrails(changeset, self._survey, plan, self.contents)


def tree_after(survey: Survey, plan: Plan) -> tuple[PreviewLine, ...]:
    """Return the package's folders and files as the open and approved steps leave them, sorted."""
    top = survey.scope.package_folder + "/"
    there = {file.path for file in survey.files}
    whole = with_companions(survey, as_if_approved(plan))
    after = sorted(
        (path for path in outcome_of(survey, whole).files if path.startswith(top)),
        key=lambda path: [(part != path.rpartition("/")[2], part) for part in path.split("/")],
    )
    folders_before = {path.rpartition("/")[0] for path in there}
    lines: list[PreviewLine] = []
    seen: set[str] = set()
    for path in after:
        parts = path.removeprefix(top).split("/")
        for depth, part in enumerate(parts[:-1]):
            folder = top + "/".join(parts[: depth + 1])
            if folder not in seen:
                seen.add(folder)
                is_new = not any(f == folder or f.startswith(folder + "/") for f in folders_before)
                lines.append(PreviewLine(folder, depth, f"{part}/", is_new))
        lines.append(PreviewLine(path, len(parts) - 1, parts[-1], path not in there))
    return tuple(lines)


def _step_diff(
    changes: tuple[FileChange, ...], remark: str, texts: tuple[NamedText, ...]
) -> StepDiff:
    files = []
    room = _MOST_LINES
    for change in changes:
        lines = _unified(change)
        shown = lines[: max(room, 0)]
        if len(shown) < len(lines):
            shown = (*shown, f"… {len(lines) - len(shown)} more lines; the script has them all")
        room -= len(lines)
        files.append(FileDiff(change.source or "", change.target or "", shown))
    files.sort(key=lambda file: (file.before == file.after, file.before, file.after))
    return StepDiff(tuple(files), remark if files else "changes no file", texts)


def _unified(change: FileChange) -> tuple[str, ...]:
    before, after = _lines(change.before), _lines(change.after)
    if change.target is None:
        return (f"deleted, with {len(before)} lines",)
    if change.before == change.after:
        return ("moved as it is",)
    if change.source is None and not after:
        return ("new and empty: the folder becomes a package",)
    diff = difflib.unified_diff(before, after, n=1, lineterm="")
    return tuple(line for line in diff if not line.startswith(("--- ", "+++ ")))


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").splitlines()
