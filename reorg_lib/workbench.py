"""The one façade that notebooks call.

Owns the order of the workflow in a notebook: survey, propose, decide, export, and a view of each
result. Stores no decision: decisions are read from the plan file each time. Must not hold a rule
of the domain; each method calls the package that does. It is longer than 300 lines because each
step and view that a notebook can use is one short method here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from reorg_lib import pipeline
from reorg_lib.errors import ReorgError
from reorg_lib.export.deliver import Delivery
from reorg_lib.git import Repository, open_repository
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import Decision, Hazard, Plan, Settlement, Survey
from reorg_lib.plan import plan_file as planfile
from reorg_lib.plan.validation import validate
from reorg_lib.survey import take_survey

if TYPE_CHECKING:
    from reorg_lib.views.board.board import Board
    from reorg_lib.views.board.figures import Figures
    from reorg_lib.views.board.walkthrough import Walkthrough
    from reorg_lib.views.graph.live_graph import LiveGraph
    from reorg_lib.views.graph.pydeps_picture import PydepsPicture
    from reorg_lib.views.notebook.display import Downloads, Picture
    from reorg_lib.views.notebook.script import ScriptView
    from reorg_lib.views.tables.data_frame import Frame
    from reorg_lib.views.tables.survey_tables import SurveyTables

_Word = TypeVar("_Word", Decision, Settlement)

PROJECT = "project.json"
"""The file in which `make lab` keeps the variables of a project, beside its notebooks."""

EXAMPLE = Path("../.work/lab/archive")
"""The folder that `make lab` makes for the example, as seen from `notebooks/`."""


class Workbench:
    """A repository, a package in it, a plan file and an output folder. Make one with `open`."""

    def __init__(
        self, repository: Repository, package: str | None, plan_path: Path, out: Path
    ) -> None:
        self.repository = repository
        self.plan_path = plan_path
        self.out = out
        self._package = package
        self._handover: Delivery | None = None

    @classmethod
    def open(
        cls,
        repo: str | Path,
        package: str | None = None,
        plan: str | Path = "plan.toml",
        out: str | Path = "outputs",
    ) -> Workbench:
        """Open the checkout `repo` at its HEAD.

        `package` is the dotted name of the package to reorganise; by default the one of the plan
        file, or the only one that fits. Nothing is read or written until a method needs it.

        Raises:
            NotARepository: `repo` is no git checkout with a commit.
        """
        from reorg_lib.views.notebook.display import tell_errors_in_one_sentence

        tell_errors_in_one_sentence()
        return cls(open_repository(Path(repo)), package, Path(plan), Path(out))

    @classmethod
    def from_environment(cls) -> Workbench:
        """Open what REORG_REPO, REORG_PACKAGE, REORG_PLAN and REORG_OUT name; `make lab` sets them.

        Without them: what the `project.json` beside the notebook says, else that of the example.
        """
        settings: Mapping[str, str] = os.environ
        kept = [path for path in (Path(PROJECT), EXAMPLE / PROJECT) if path.exists()]
        if not settings.get("REORG_REPO") and kept:
            settings = json.loads(kept[0].read_text(encoding="utf-8"))
        return cls.open(
            settings.get("REORG_REPO") or EXAMPLE,
            settings.get("REORG_PACKAGE") or None,
            settings.get("REORG_PLAN") or "plan.toml",
            settings.get("REORG_OUT") or "../outputs",
        )

    def __repr__(self) -> str:
        commit = self.repository.commit[:12]
        return f"{self.repository.root.name} at commit {commit}, decisions in {self.plan_path.name}"

    # --------------------------------------------------------------------------- the workflow

    @cached_property
    def survey(self) -> Survey:
        """The survey of the commit, read once."""
        package = self._package
        if package is None and self.plan_path.exists():
            package = self.plan.scope.package
        return take_survey(self.repository, package)

    @property
    def plan(self) -> Plan:
        """The plan, as the plan file has it now."""
        return planfile.load_plan(self.plan_path)

    def propose(self) -> Plan:
        """Write a proposal to the plan file; decisions already in it are kept."""
        return pipeline.write_proposal(self.repository, self.survey, self.plan_path)

    def decide(
        self,
        source: str,
        decision: Decision | str | None = None,
        *,
        target: str | None = None,
        note: str | None = None,
    ) -> None:
        """Set decision, target or note of one file's step; paths as in the plan file."""
        judged = None if decision is None else _word(Decision, decision)
        plan = planfile.decide(self.plan, source, decision=judged, target=target, note=note)
        planfile.save_plan(self.plan_path, plan)

    def approve(self, *patterns: str) -> int:
        """Approve the pending steps that match a pattern, or all; return their number."""
        plan, changed = planfile.approve(self.plan, patterns or "all")
        planfile.save_plan(self.plan_path, plan)
        return changed

    def settle(self, hazard: str, resolution: Settlement | str, note: str = "") -> None:
        """Settle a blocking hazard: "fix", or "accept" with a note that says why."""
        plan = planfile.settle(self.plan, hazard, _word(Settlement, resolution), note)
        planfile.save_plan(self.plan_path, plan)

    def export(
        self,
        *,
        witness: bool = True,
        test_commands: Sequence[str] = (),
        python: str | Path | None = None,
        docs_command: str | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> Delivery:
        """Write, rehearse and prove the script of the approved steps, with both pictures.

        `test_commands` run in scratch copies before and after the moves. `witness` switches the
        comparison of pydeps' import graphs on. With `python`, the project's own interpreter, types
        are checked on both sides; `docs_command` builds the documentation there. A notebook shows
        progress bars; `progress` is called at the start of each step, too. The export can be
        interrupted: the files appear in the output folder at the end, all at once.

        Raises:
            ReorgError: the plan cannot be carried out, or the proof fails; the text says where.
        """
        from reorg_lib.views.notebook.progress import Progress

        self._handover = None
        with Progress() as bars:

            def step(words: str) -> None:
                bars.step(words)
                if progress:
                    progress(words)

            try:
                plan = self.plan
                validate(plan, self.survey)
                done = pipeline.export(
                    self.repository,
                    self.survey,
                    plan,
                    self.out,
                    witness=witness,
                    test_commands=test_commands,
                    python=Path(python) if python else None,
                    docs_command=docs_command,
                    progress=step,
                    shown=bars.point,
                )
            except KeyboardInterrupt:
                raise ReorgError(
                    "interrupted: the checkout is unchanged, and no partial result was written; "
                    "run the cell again to export"
                ) from None
        self._handover = done
        return done

    # ------------------------------------------------------------------------------ the views

    @property
    def tables(self) -> SurveyTables:
        """The tables of the survey, by name: modules, imports, matrix, findings, problems."""
        from reorg_lib.views.tables.survey_tables import SurveyTables

        return SurveyTables(self.survey)

    def graph(self, moment: Literal["before", "after"] = "before") -> Picture:
        """The import graph before the moves, or after them (without the rejected steps)."""
        from reorg_lib.views.graph.picture import graph_svg
        from reorg_lib.views.notebook.display import Picture

        if moment not in ("before", "after"):
            raise ReorgError(f'a graph is of "before" or "after", not of {moment!r}')
        plan = self.plan if moment == "after" else None
        title = f"import graph of {self.survey.package}, {moment} the moves"
        return Picture(graph_svg(self.survey, plan), title)

    def witness(self, moment: Literal["before", "after"] = "before") -> Picture | Frame:
        """The picture that pydeps draws of the same package, or a row that says why there is none.

        It is folded: a click opens it. After the moves it is of the copy that the last export was
        rehearsed on.
        """
        from reorg_lib.views.graph.pydeps_picture import pydeps_picture
        from reorg_lib.views.notebook.display import Picture
        from reorg_lib.views.tables.result_tables import witness_table

        seen = self._witness
        if moment == "after":
            graphs = self._exported().pydeps_graphs
            if graphs is None:
                raise ReorgError("the last export ran without pydeps; run `bench.export()`")
            seen = pydeps_picture(graphs[1])
        if seen.error:
            return witness_table(self.survey, seen)
        title = f"import graph of {self.survey.package}, {moment}, by pydeps"
        return Picture(seen.svg, title, folded=True)

    def agreement(self) -> Frame:
        """Each import inside the package, and whether the survey, pydeps or both see it."""
        from reorg_lib.views.tables.result_tables import witness_table

        return witness_table(self.survey, self._witness)

    def metrics(self) -> Frame:
        """The metrics of the layout before and after the plan, without the rejected steps."""
        from reorg_lib.views.tables.result_tables import metrics_table

        return metrics_table(self.survey, self.plan)

    def figures(self) -> Figures:
        """The metrics beside the board: they follow each decision, and open what they count."""
        from reorg_lib.views.board.figures import Figures

        return Figures(self.survey, self._board)

    def decisions(self) -> Frame:
        """One row per step of the plan."""
        from reorg_lib.views.tables.result_tables import plan_table

        return plan_table(self.survey, self.plan)

    def board(self) -> Board:
        """The table to approve, reject and retarget steps in; always the same widget."""
        return self._board

    def graph_today(self) -> LiveGraph:
        """The import graph to walk through, as it is; a plan is not looked at."""
        from reorg_lib.views.graph.live_graph import LiveGraph

        return LiveGraph(self.survey, Plan(self.survey.scope), still="before", today=True)

    def live_graph(self, *, still: Literal["before", "after"] = "after") -> LiveGraph:
        """The interactive import graph, before and after the moves; linked to the board.

        `still` is the side that a saved notebook shows.
        """
        from reorg_lib.views.board.linked_graph import linked_graph

        return linked_graph(self.survey, self._board, still=still)

    def walkthrough(self) -> Walkthrough:
        """The presentation: one concern after another, with a graph zoomed on what moves."""
        from reorg_lib.views.board.linked_graph import linked_graph
        from reorg_lib.views.board.walkthrough import Walkthrough

        graph = linked_graph(self.survey, self._board, at_once=False)
        return Walkthrough(self.survey, self._board, graph)

    def hazards(self) -> Frame:
        """The hazards: what a mechanical move would break, and how each is settled."""
        from reorg_lib.views.tables.result_tables import hazards_table

        return hazards_table(self._hazards(), self.plan)

    def impact(self, *branches: str) -> Frame:
        """The effect of the approved steps on open branches, or on the named ones."""
        from reorg_lib.views.tables.impact import impact_table

        found = pipeline.impact(self.repository, self.survey, self.plan, branches)
        return impact_table(found)

    def certificate(self) -> Frame:
        """The points that the rehearsal of the last export proved."""
        from reorg_lib.views.tables.result_tables import certificate_table

        return certificate_table(self._exported().certificate)

    def script(self) -> ScriptView:
        """The script of the last export, part by part."""
        from reorg_lib.views.notebook.script import ScriptView

        return ScriptView(self._exported().script)

    def downloads(self) -> Downloads:
        """Links to what the last export wrote."""
        from reorg_lib.views.notebook.display import Downloads

        folder = self._exported().folder
        return Downloads(tuple(sorted(path for path in folder.iterdir() if path.is_file())))

    # --------------------------------------------------------------------------------- private

    @cached_property
    def _board(self) -> Board:
        from reorg_lib.views.board.board import Board
        from reorg_lib.views.board.preview import Preview

        foresight = Preview(self.repository, self.survey)
        return Board(self.survey, self.plan_path, foresight)

    @cached_property
    def _witness(self) -> PydepsPicture:
        from reorg_lib.views.graph.pydeps_picture import draw_pydeps

        return draw_pydeps(self.repository, self.survey.source_root, self.survey.package)

    def _hazards(self) -> Sequence[Hazard]:
        plan = self.plan
        validate(plan, self.survey)
        contents = self.repository.contents_by_path(self.survey.files)
        return find_hazards(self.survey, plan, contents)

    def _exported(self) -> Delivery:
        if self._handover is None:
            raise ReorgError("nothing was exported yet; run `bench.export()` first")
        return self._handover


def _word(words: type[_Word], value: _Word | str) -> _Word:
    try:
        return words(value)
    except ValueError:
        raise ReorgError(f"{value!r} is not one of {', '.join(words)}") from None
