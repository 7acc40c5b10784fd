"""The table in which people approve, reject and retarget each step.

Owns the conversation with the browser: it sends what somebody wants, Python judges it, writes the
plan file at once and answers with the rows as they now are. The file is read anew before every
decision, so what was edited meanwhile, by hand or in another notebook, is never overwritten.
Must not know how a plan is carried out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from reorg_lib.errors import PlanError, ReorgError
from reorg_lib.model import Decision, Plan, Survey
from reorg_lib.plan.planfile import decide, load_plan, save_plan
from reorg_lib.plan.validate import validate
from reorg_lib.views.steps import Step, package_folder, relative, steps_of

_STATIC = Path(__file__).with_name("static")


class Board(anywidget.AnyWidget):
    """One row per step of the plan; `counts` (decision → number of steps) is the public result."""

    _esm = _STATIC / "board.js"
    _css = _STATIC / "board.css"
    _folder = traitlets.Unicode().tag(sync=True)
    _rows: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    _open_problem = traitlets.Unicode().tag(sync=True)
    counts: traitlets.Dict[str, int] = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, survey: Survey, plan_path: Path) -> None:
        super().__init__()
        self._survey = survey
        self._path = plan_path
        self._folder = package_folder(survey)
        self._before: list[Plan] = []
        self._handlers: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "decide": self._decide,
            "retarget": self._retarget,
            "undo": lambda _: self.undo(),
            "reload": lambda _: self.refresh(),
        }
        self.on_msg(self._receive)
        self.refresh()

    @property
    def plan(self) -> Plan:
        """The plan as its file says now."""
        return load_plan(self._path)

    def approve_pending(self, concern: str = "") -> int:
        """Approve the pending steps of a concern, or (with "") all; return how many they are."""
        plan = self.plan
        chosen = [
            step.source
            for step in steps_of(plan)
            if step.decision is Decision.PENDING and concern in ("", step.concern(self._folder))
        ]
        decided = plan
        for source in chosen:
            decided = decide(decided, source, decision=Decision.APPROVED)
        self._write(plan, decided)
        return len(chosen)

    def undo(self) -> None:
        """Take back the last decision made here, as far as its steps are still in the file.

        What was decided elsewhere in the meantime stays.
        """
        if not self._before:
            return
        plan = self.plan
        now = {step.source: step for step in steps_of(plan)}
        for step in steps_of(self._before.pop()):
            if step.source in now:
                plan = _put_back(plan, step)
        save_plan(self._path, plan)
        self.refresh()

    def refresh(self, refused: Mapping[str, str] | None = None) -> None:
        """Show the plan file as it is now; `refused` says, by source, what could not be done."""
        plan = self.plan
        counts = Counter(str(step.decision) for step in steps_of(plan))
        with self.hold_sync():
            self._rows = self._rows_of(plan, refused or {})
            self._open_problem = _problem(plan, self._survey)
            self.set_trait("counts", {decision.value: counts[decision] for decision in Decision})

    def _receive(self, _: object, content: object, __: object) -> None:
        """Judge a message of the browser; whatever is no intent of ours is dropped."""
        if not isinstance(content, dict):
            return
        intent = {k: v for k, v in content.items() if isinstance(k, str) and isinstance(v, str)}
        handler = self._handlers.get(intent.get("kind", ""))
        if handler is None:
            return
        try:
            handler(intent)
        except ReorgError as error:
            self._refuse(intent.get("source", ""), str(error))

    def _refuse(self, source: str, message: str) -> None:
        try:
            self.refresh({source: message})
        except ReorgError as error:
            self._open_problem = str(error)

    def _decide(self, intent: Mapping[str, str]) -> None:
        plan, step = self._seen(intent)
        try:
            decision = Decision(intent.get("decision", ""))
        except ValueError:
            raise PlanError("a decision is pending, approved or rejected") from None
        self._write(plan, decide(plan, step.source, decision=decision))

    def _retarget(self, intent: Mapping[str, str]) -> None:
        plan, step = self._seen(intent)
        wanted = intent.get("target", "").strip()
        if not wanted:
            raise PlanError(f"a target is a path below {self._folder}/, and none was given")
        target = f"{self._folder}/{wanted}"
        if target.endswith("/"):
            target += step.source.rpartition("/")[2]
        decided = decide(plan, step.source, target=target)
        _check_target(decided, step.source, self._survey)
        self._write(plan, decided)

    def _seen(self, intent: Mapping[str, str]) -> tuple[Plan, Step]:
        """Return the plan and the step that the browser speaks of, if it saw what is there."""
        plan = self.plan
        source = intent.get("source", "")
        step = next((step for step in steps_of(plan) if step.source == source), None)
        if step is None:
            raise PlanError(f"{source} is no longer in the plan file")
        if intent.get("seen") != step.target:
            raise PlanError("the plan file was changed meanwhile; look at this row again")
        return plan, step

    def _write(self, plan: Plan, decided: Plan) -> None:
        if decided != plan:
            save_plan(self._path, decided)
            self._before.append(_changed(plan, decided))
        self.refresh()

    def _rows_of(self, plan: Plan, refused: Mapping[str, str]) -> list[dict[str, Any]]:
        paths = {module.name: module.path for module in self._survey.package_modules()}
        about = {paths[c.module]: c for c in self._survey.classifications if c.module in paths}
        rows = []
        for step in steps_of(plan):
            found = about.get(step.source)
            rows.append(
                {
                    "source": step.source,
                    "seen": step.target,
                    "kind": step.kind,
                    "from": relative(self._survey, step.source),
                    "to": relative(self._survey, step.target),
                    "concern": step.concern(self._folder),
                    "serves": " · ".join(
                        filter(None, (found.technology, found.domain) if found else ())
                    ),
                    "candidates": [relative(self._survey, path) for path in step.candidates],
                    "decision": str(step.decision),
                    "reason": step.reason,
                    "note": step.note,
                    "refused": refused.get(step.source, ""),
                }
            )
        return sorted(rows, key=lambda row: (row["concern"], row["to"], row["from"]))


def _changed(plan: Plan, decided: Plan) -> Plan:
    """Return the steps of `plan` that `decided` changes."""
    return replace(
        plan,
        moves=_without(plan.moves, decided.moves),
        splits=_without(plan.splits, decided.splits),
        deletions=_without(plan.deletions, decided.deletions),
        guardrails=_without(plan.guardrails, decided.guardrails),
    )


def _without(steps: Iterable[Any], others: Iterable[Any]) -> tuple[Any, ...]:
    there = frozenset(others)
    return tuple(step for step in steps if step not in there)


def _put_back(plan: Plan, step: Step) -> Plan:
    target = step.target or None
    return decide(plan, step.source, decision=step.decision, target=target)


def _check_target(plan: Plan, source: str, survey: Survey) -> None:
    """Refuse the new target of `source` if it is what keeps the plan from being carried out.

    Steps that are still open are taken as approved, for they may make room for each other.

    Raises:
        PlanError: the target is malformed, or collides with what will be there.
    """
    others = _as_if_approved(plan, lambda step: step != source)
    if not _problem(others, survey):
        validate(_as_if_approved(plan, lambda _: True), survey)
    else:
        validate(_only(plan, source), survey)


def _as_if_approved(plan: Plan, wanted: Callable[[str], bool]) -> Plan:
    decided = plan
    for step in steps_of(plan):
        if step.decision is not Decision.REJECTED:
            decision = Decision.APPROVED if wanted(step.source) else Decision.PENDING
            decided = decide(decided, step.source, decision=decision)
    return decided


def _only(plan: Plan, source: str) -> Plan:
    return replace(
        plan,
        moves=tuple(move for move in plan.moves if move.source == source),
        splits=tuple(split for split in plan.splits if split.source == source),
        deletions=(),
        guardrails=(),
    )


def _problem(plan: Plan, survey: Survey) -> str:
    """Return why the approved steps cannot be carried out yet, "" if they can."""
    try:
        validate(plan, survey)
    except PlanError as error:
        return str(error)
    return ""
