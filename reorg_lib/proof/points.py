"""The points of the certificate: each counts what it checked and lists every place that fails.

The input is the repository before and after, as bytes, and the plan as pairs of paths. Imports are
read with the proof's own reader, so that the rewriter does not check itself. Nothing is changed or
run here. The numbers of the points are those of the certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from reorg_lib.model import ChangeSet, Plan, ProofPoint, Settlement, Severity, TrackedFile
from reorg_lib.proof.expected_names import ExpectedNames
from reorg_lib.proof.import_points import (
    imports_resolve,
    no_new_cycle,
    pydeps_agrees,
    same_graph,
)
from reorg_lib.proof.logic_point import same_logic
from reorg_lib.proof.name_point import no_old_name
from reorg_lib.proof.reading.source_tree import Ahead, SourceTree
from reorg_lib.proof.rehearsal import Rehearsal, predicted_files
from reorg_lib.proof.tools.diagnostics import ToolReport, no_new_type_error, no_new_warning
from reorg_lib.proof.tools.pydeps_graph import PydepsGraph
from reorg_lib.proof.tools.test_outcomes import TestOutcomes, differences, summary


def prove(
    changeset: ChangeSet,
    rehearsal: Rehearsal,
    plan: Plan,
    witness: tuple[PydepsGraph, PydepsGraph] | None = None,
    tests: Sequence[TestOutcomes] | None = None,
    types: tuple[ToolReport, ToolReport] | None = None,
    warnings: tuple[ToolReport, ToolReport] | None = None,
    shown: Callable[[ProofPoint], None] | None = None,
    judgement: PredictedPoints | None = None,
) -> tuple[ProofPoint, ...]:
    """Return the points of the certificate for one rehearsal, in order.

    `witness` are the pydeps graphs before and after, `tests` the outcomes before and after each
    commit, `types` and `warnings` the complaints of a type checker and of the documentation build.
    A point without evidence is left out. `shown` is called with each point as soon as it is judged.
    Points that were predicted are used if the rehearsal gave exactly the predicted files; if not,
    they are judged again.
    """
    if judgement is None or not judgement.is_about(rehearsal):
        judgement = PredictedPoints(changeset, rehearsal)
    points = []
    evidence = (witness, tests, types, warnings)
    for point in judgement.with_evidence(changeset, rehearsal, plan, *evidence):
        points.append(point)
        if shown is not None:
            shown(point)
    return tuple(points)


class PredictedPoints:
    """Points 2 to 6, which need only the files of both sides; judged once.

    They can be judged while the rehearsal runs, from its predicted result (`predict_result`).
    """

    def __init__(
        self, changeset: ChangeSet, rehearsal: Rehearsal, ahead: Ahead | None = None
    ) -> None:
        root = changeset.scope.source_root
        self._rehearsal = rehearsal
        old = _python_files(rehearsal.before, rehearsal.contents)
        new = _python_files(rehearsal.after, rehearsal.contents)
        steady = frozenset(old.keys() & new.keys())
        before = SourceTree(old, root, ahead=ahead, steady=steady)
        after = SourceTree(new, root, before, steady=steady)
        self._expected = expected = ExpectedNames(before, after, changeset)
        self._checks: list[Callable[[], ProofPoint]] = [
            lambda: imports_resolve(before, after, expected),
            lambda: same_graph(before, after, expected, changeset),
            lambda: same_logic(before, after, changeset),
            lambda: no_new_cycle(before, after, expected),
            lambda: no_old_name(changeset, rehearsal, (before, after), expected),
        ]
        self._points: list[ProofPoint] = []

    def points(self) -> Iterator[ProofPoint]:
        """Yield points 2 to 6."""
        yield from self._points
        while self._checks:
            self._points.append(self._checks.pop(0)())
            yield self._points[-1]

    def is_about(self, rehearsal: Rehearsal) -> bool:
        """Return whether the script made the files that were judged, by git's blob ids."""
        return (rehearsal.before, rehearsal.after) == (
            self._rehearsal.before,
            self._rehearsal.after,
        )

    def with_evidence(
        self,
        changeset: ChangeSet,
        rehearsal: Rehearsal,
        plan: Plan,
        witness: tuple[PydepsGraph, PydepsGraph] | None,
        tests: Sequence[TestOutcomes] | None,
        types: tuple[ToolReport, ToolReport] | None,
        warnings: tuple[ToolReport, ToolReport] | None,
    ) -> Iterator[ProofPoint]:
        """Yield every point for which there is evidence."""
        yield _same_bytes(changeset, rehearsal)
        yield from self.points()
        yield _hazards_settled(changeset, plan)
        if witness is not None:
            yield pydeps_agrees(*witness, self._expected)
        if tests is not None:
            yield _same_outcomes(changeset, *tests)
        if types is not None:
            yield no_new_type_error(*types, self._expected, changeset)
        if warnings is not None:
            yield no_new_warning(*warnings, self._expected, changeset)


def _same_bytes(changeset: ChangeSet, rehearsal: Rehearsal) -> ProofPoint:
    foreseen = predicted_files(changeset, rehearsal.before)
    predicted = {file.path: (file.mode, file.blob) for file in foreseen}
    actual = {file.path: (file.mode, file.blob) for file in rehearsal.after}
    failures = list(rehearsal.complaints)
    for path in sorted(predicted.keys() | actual.keys()):
        if path not in actual:
            failures.append(f"{path}: predicted, but missing after the script")
        elif path not in predicted:
            failures.append(f"{path}: not predicted, but there after the script")
        elif predicted[path] != actual[path]:
            failures.append(f"{path}: the script's bytes or mode differ from the predicted ones")
    return ProofPoint(
        1,
        "The script does exactly what was predicted, and undoes it",
        len(predicted),
        "tracked files compared byte for byte after --apply, and again after --undo",
        tuple(failures),
    )


def _hazards_settled(changeset: ChangeSet, plan: Plan) -> ProofPoint:
    settled = {settlement.id: settlement for settlement in plan.hazards}
    typed = {(c.source, e.start, e.end, e.new) for c in changeset.changes for e in c.edits}
    failures: list[str] = []
    notes: list[str] = []
    for hazard in changeset.hazards:
        said = settled.get(hazard.id)
        place = f"{hazard.path}:{hazard.line}"
        fix = (hazard.path, hazard.start, hazard.end, (hazard.fix or "").encode())
        if said is None and hazard.severity is Severity.BLOCK:
            failures.append(f"{place}: {hazard.why}")
        elif said is not None and said.resolution is Settlement.FIX and fix not in typed:
            failures.append(f"{place}: no edit applies the fix")
        elif said is not None:
            remark = f", {said.note}" if said.note else ""
            notes.append(f"{place}: {said.resolution}{remark}")
    return ProofPoint(
        7,
        "Every hazard is settled",
        len(changeset.hazards),
        "hazards: each is fixed, accepted, or does not block",
        tuple(failures),
        tuple(notes),
    )


def _same_outcomes(changeset: ChangeSet, before: TestOutcomes, *series: TestOutcomes) -> ProofPoint:
    """Point 9: each test has the same outcome; a test that the script adds must pass."""
    stems = {
        PurePosixPath(change.target or "").stem for change in changeset.changes if not change.source
    }

    def added_in(after: TestOutcomes) -> set[str]:
        return {
            test
            for test, outcome in after.items()
            if test not in before
            and outcome == "passed"
            and stems & set(test.split("::")[0].split("."))
        }

    failures: list[str] = []
    for number, after in enumerate(series, 1):
        kept = {test: outcome for test, outcome in after.items() if test not in added_in(after)}
        where = f" (commit {number} of {len(series)})" if len(series) > 1 else ""
        failures += [said + where for said in differences(before, kept)]
    added = added_in(series[-1])
    each = f", after each of {len(series)} commits" if len(series) > 1 else ""
    return ProofPoint(
        9,
        "Every test has the same outcome before and after",
        len(kept),
        f"tests ({summary(kept)}){each}",
        tuple(failures),
        tuple(f"{test}: added by the script, and passes" for test in sorted(added)),
    )


def _python_files(
    files: Iterable[TrackedFile], contents: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    return {
        file.path: contents[file.blob]
        for file in files
        if file.is_regular and file.path.endswith(".py") and file.blob in contents
    }
