"""The table in which people approve, reject and retarget each step.

Owns the messages to and from the browser: the browser sends a request, Python checks it, writes the
plan file at once and answers with the new rows. The file is read again before every decision, so
edits made in the meantime, manually or in another notebook, are never overwritten: changes of
others are kept, and a step that they changed is not decided until its new state was seen. Must not
know how a plan is carried out. It is longer than 300 lines because each thing that a person can do
on the board is one short method of the widget.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from reorg_lib.errors import PlanError, ReorgError
from reorg_lib.files.exclusive_lock import exclusive_lock
from reorg_lib.model import Decision, Hazard, Move, Plan, Settlement, Survey
from reorg_lib.plan.plan_file import decide, load_plan, save_plan, settle
from reorg_lib.views.board.background import BackgroundTasks
from reorg_lib.views.board.edit_checks import check_target, check_unchanged, problem_of
from reorg_lib.views.board.preview import Preview, PreviewLine, StepDiff, tree_after
from reorg_lib.views.board.rows import (
    detail_of,
    folders_of,
    hazard_rows,
    in_words,
    progress_of,
    rows_of,
)
from reorg_lib.views.board.shipped import shipped_beside, taken_over
from reorg_lib.views.board.undo import Change, change_between
from reorg_lib.views.board.undo_file import read_journal, write_journal
from reorg_lib.views.static_files import module_text, static_path
from reorg_lib.views.steps import (
    concern_of,
)
from reorg_lib.views.tables.review_tables import plan_steps

_BY_HAND = "moved by hand in the review"
_SHOWN = ["decision", "from", "to", "technology", "domain", "reason", "candidates", "note"]


class Board(anywidget.AnyWidget):
    """One row per step of the plan.

    `selected` is the source of the selected step, `counts` (decision → number of steps) and
    `progress` (in words) are public results. Without a preview, hazards and diffs are not computed.
    """

    _esm = module_text("board")
    _css = static_path("board.css")
    _folder = traitlets.Unicode().tag(sync=True)
    _folders: traitlets.List[str] = traitlets.List().tag(sync=True)
    _rows: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    _hazards: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    _detail: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    _diff: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    _history: traitlets.Dict[str, str] = traitlets.Dict().tag(sync=True)
    _open_problem = traitlets.Unicode().tag(sync=True)
    _has_shipped = traitlets.Bool().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    progress = traitlets.Unicode(read_only=True).tag(sync=True)
    counts: traitlets.Dict[str, int] = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, survey: Survey, plan_path: Path, foresight: Preview | None = None) -> None:
        super().__init__()
        self._survey = survey
        self._path = plan_path
        self._foresight = foresight
        self._background = BackgroundTasks()
        self._folder = survey.scope.package_folder
        self._made, self._forgotten = read_journal(plan_path)
        self._found: tuple[Hazard, ...] = ()
        self._loaded: tuple[tuple[int, int] | None, Plan] | None = None
        self._read: tuple[int, int] | None = None
        # A kernel may handle messages on another thread than the one that runs cells.
        self._turn = threading.RLock()
        self._shown: Plan | None = None
        self._tree: tuple[PreviewLine, ...] = ()
        self._listeners: list[Callable[[Plan], None]] = []
        self._intents: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "decide": self._want_decision,
            "retarget": lambda want: self.retarget(
                _text(want, "source"), _text(want, "target"), seen=_text(want, "seen")
            ),
            "note": lambda want: self.annotate(
                _text(want, "source"), _text(want, "note"), seen=_text(want, "seen")
            ),
            "settle": lambda want: self.settle(
                _text(want, "id"), _text(want, "resolution"), _text(want, "note")
            ),
            "take-over": lambda _: self.take_over(),
            "undo": lambda _: self.undo(),
            "redo": lambda _: self.redo(),
            "look": lambda _: self.look(),
            "diff": lambda want: self._want_diff(_text(want, "source")),
        }
        self.on_msg(self._receive)
        self.observe(lambda _: self._show_detail(), names="selected")
        self.refresh()
        # Here and not in the browser: nobody chose it, and the graph highlights only chosen rows.
        self.selected = self._rows[0]["source"] if self._rows else ""

    @property
    def plan(self) -> Plan:
        """The plan as it is in the file now."""
        state = _state_of(self._path)
        if self._loaded is None or state is None or self._loaded[0] != state:
            self._loaded = (state, load_plan(self._path))
        return self._loaded[1]

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """What the open and approved steps would break, as far as it is known now."""
        return self._found

    def on_change(self, listener: Callable[[Plan], None]) -> None:
        """Call `listener` with the plan whenever another one is shown, or its hazards are known."""
        self._listeners.append(listener)

    # ---------------------------------------------------------------------------- decisions

    def decide(self, sources: Iterable[str], decision: Decision) -> None:
        """Decide the steps about these files together, so that one undo takes all of it back.

        Raises:
            PlanError: no step is about one of them.
        """
        chosen = tuple(sources)

        def decided(plan: Plan) -> Plan:
            for source in chosen:
                plan = decide(plan, source, decision=decision)
            return plan

        self._edit(decided, f"{len(chosen)} {decision}" if len(chosen) > 1 else str(decision))

    def approve_pending(self, concern: str = "") -> int:
        """Approve the pending steps of a concern, or (with "") all; return how many they are."""
        chosen = [
            step.source
            for step in self.plan.steps
            if step.decision is Decision.PENDING and concern in ("", concern_of(self._survey, step))
        ]
        self.decide(chosen, Decision.APPROVED)
        return len(chosen)

    def retarget(self, source: str, target: str, *, seen: str | None = None) -> None:
        """Change the target of a file; `target` is below the package, and may be a folder with "/".

        A file without a step gets a new move, unless a step was `seen`.

        Raises:
            PlanError: the target is not possible, or the step is not the one that was `seen`.
        """
        wanted = target.strip()
        if not wanted:
            raise PlanError(f"a target is a path below {self._folder}/, and none was given")
        path = f"{self._folder}/{wanted}"
        if path.endswith("/"):
            path += source.rpartition("/")[2]

        def decided(plan: Plan) -> Plan:
            if seen is None and all(step.source != source for step in plan.steps):
                plan = replace(plan, steps=(*plan.steps, Move(source, path, reason=_BY_HAND)))
            check_unchanged(plan, source, seen)
            plan = decide(plan, source, target=path)
            check_target(plan, source, self._survey)
            return plan

        self._edit(decided, f"to {self._survey.scope.below_package(path)}")

    def annotate(self, source: str, note: str, *, seen: str | None = None) -> None:
        """Write a note on a decision; "" takes it away."""

        def decided(plan: Plan) -> Plan:
            check_unchanged(plan, source, seen)
            return decide(plan, source, note=note.strip())

        self._edit(decided, "note")

    def settle(self, hazard: str, resolution: str, note: str = "") -> None:
        """Settle a hazard: `fix`, or `accept` with a note that gives the reason.

        Raises:
            PlanError: there is no such hazard or fix, or the note is missing.
        """
        known = {found.id: found for found in self._found}
        if hazard not in known:
            raise PlanError("this hazard is no longer there; look at the list again")
        if resolution not in set(Settlement):
            raise PlanError("a hazard is settled by `fix` or `accept`")
        if resolution == Settlement.FIX and known[hazard].fix is None:
            raise PlanError("nothing mechanical fixes this; accept it with a note on why")
        how = Settlement(resolution)
        self._edit(lambda plan: settle(plan, hazard, how, note.strip()), resolution)

    def take_over(self) -> None:
        """Apply all decisions that were shipped with the plan; one undo takes them back.

        Raises:
            PlanError: there are none, or they are about another package.
        """
        path = shipped_beside(self._path)
        self._edit(lambda plan: taken_over(plan, path), "the shipped decisions")

    def undo(self) -> None:
        """Undo the last decision made here; later changes of others stay."""
        self._travel(self._made.undo, "undone")

    def redo(self) -> None:
        """Make the decision again that was undone last."""
        self._travel(self._made.redo, "done again")

    def look(self) -> None:
        """Show the plan file again if it was changed on disk."""
        if _state_of(self._path) != self._read:
            self.refresh()

    def refresh(self, refused: Mapping[str, str] | None = None) -> None:
        """Show the plan file as it is now; `refused` has the reason for each refusal, by source."""
        self._read = _state_of(self._path)
        plan = self.plan
        is_new = plan != self._shown
        self._shown = plan
        if is_new:
            # This comes first, because a person who drags a module waits for the graph.
            self._tell(plan)
            self._tree = tree_after(self._survey, plan)
        with self.hold_sync():
            self._show(plan, refused or {})
            if is_new:
                self._folders = folders_of(self._survey, self._tree)
                self._open_problem = problem_of(plan, self._survey)
                self._show_detail()
        if is_new and self._foresight is not None:
            foresight = self._foresight
            self._background.ask(
                "hazards", lambda: foresight.hazards(plan), self._show_hazards, self._complain
            )

    # --------------------------------------------------------------------------- what is shown

    def _show(self, plan: Plan, refused: Mapping[str, str]) -> None:
        counts = Counter(str(step.decision) for step in plan.steps)
        self._rows = rows_of(self._survey, plan, self._found, refused)
        self._hazards = hazard_rows(self._survey, plan, self._found)
        self.set_trait("counts", {decision.value: counts[decision] for decision in Decision})
        self.set_trait("progress", in_words(progress_of(plan, self._found)))
        self._has_shipped = shipped_beside(self._path).exists()
        done, undone = self._made.done, self._made.undone
        self._history = {
            "undo": done[-1].label if done else "",
            "redo": undone[-1].label if undone else "",
            "remark": self._forgotten,
        }

    def _show_hazards(self, found: tuple[Hazard, ...]) -> None:
        with self._turn:
            self._found = found
            if self._shown is None:
                return
            with self.hold_sync():
                self._show(self._shown, {row["source"]: row["refused"] for row in self._rows})
            self._tell(self._shown)

    def _tell(self, plan: Plan) -> None:
        for listener in self._listeners:
            listener(plan)

    def _show_detail(self) -> None:
        if self._shown is not None:
            self._detail = detail_of(self._survey, self._shown, self.selected, self._tree)

    def _want_diff(self, source: str) -> None:
        if self._foresight is None or self._shown is None:
            return
        foresight, plan = self._foresight, self._shown
        self._diff = {"source": source, "state": "computing"}
        self._background.ask(
            "diff",
            lambda: foresight.diff(plan, source),
            lambda diff: self._show_diff(source, diff),
            lambda words: self._show_diff(source, StepDiff((), words)),
        )

    def _show_diff(self, source: str, diff: StepDiff) -> None:
        files = [
            {"before": file.before, "after": file.after, "lines": list(file.lines)}
            for file in diff.files
        ]
        texts = [[f"{t.path}:{t.line}", t.text, t.kind.value, t.why] for t in diff.texts]
        self._diff = {
            "source": source,
            "state": "done",
            "files": files,
            "texts": texts,
            "remark": diff.remark,
        }

    def _complain(self, words: str) -> None:
        self._open_problem = words

    # ---------------------------------------------------------------------------- the browser

    def _receive(self, _: object, content: object, __: object) -> None:
        """Handle a message of the browser; unknown messages are dropped."""
        refused = self.hear(content)
        if refused is not None and isinstance(content, dict):
            self.send({"answered": _text(content, "serial"), "refused": refused})

    def hear(self, content: object) -> str | None:
        """Do what a browser requests; return why it was refused or "", None for no request."""
        if not isinstance(content, dict):
            return None
        handler = self._intents.get(str(content.get("kind")))
        if handler is None:
            return None
        with self._turn:
            try:
                handler(content)
            except ReorgError as error:
                self._refuse(_text(content, "source"), str(error))
                return str(error)
        return ""

    def _refuse(self, source: str, message: str) -> None:
        try:
            self.refresh({source: message})
        except ReorgError as error:
            self._open_problem = str(error)

    def _want_decision(self, want: Mapping[str, Any]) -> None:
        """Decide all steps that are still as they were seen; refuse the others in their rows."""
        try:
            decision = Decision(_text(want, "decision"))
        except ValueError:
            raise PlanError("a decision is pending, approved or rejected") from None
        wanted = want.get("steps")
        chosen, refused = [], {}
        plan = self.plan
        for item in wanted if isinstance(wanted, list) else []:
            if not isinstance(item, dict):
                continue
            source = _text(item, "source")
            try:
                check_unchanged(plan, source, _text(item, "seen"))
                chosen.append(source)
            except PlanError as error:
                refused[source] = str(error)
        self.decide(chosen, decision)
        if refused:
            self.refresh(refused)

    def _edit(self, change: Callable[[Plan], Plan], label: str) -> None:
        with self._turn:
            with exclusive_lock(self._path):
                plan = self.plan
                decided = change(plan)
                if decided != plan:
                    save_plan(self._path, decided)
                    self._made.record(change_between(plan, decided, label))
                    self._remember()
            self.refresh()

    def _remember(self) -> None:
        """Keep the history for after a restart of the kernel."""
        self._forgotten = ""
        write_journal(self._path, self._made)

    def _travel(self, go: Callable[[Plan], tuple[Plan, Change, int] | None], word: str) -> None:
        with self._turn:
            with exclusive_lock(self._path):
                way = go(self.plan)
                if way is None:
                    return
                plan, change, left = way
                save_plan(self._path, plan)
                self._remember()
            sources = [source for _, source in change.records]
            words = f"{word}, but {left} of {len(sources)} were changed elsewhere and stay"
            self.refresh({sources[0]: words} if left else None)
        there = {row["source"] for row in self._rows}
        self.selected = next((source for source in sources if source in there), self.selected)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Add the table as HTML, for readers of the notebook without a running widget."""
        bundle = super()._repr_mimebundle_(**options)
        table = plan_steps(self._survey, self.plan).only(*_SHOWN)
        fallback = {"text/plain": self.progress, "text/html": table.html()}
        if isinstance(bundle, tuple):
            return {**bundle[0], **fallback}, bundle[1]
        return {**(bundle or {}), **fallback}


def _text(want: Mapping[str, Any], key: str) -> str:
    value = want.get(key)
    return value if isinstance(value, str) else ""


def _state_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
