"""The example's target comes out of the rules; what people renamed by taste does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from reorg_lib.git import open_repository
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import Decision
from reorg_lib.plan.decisions import approve, merge
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.plan.proposal.propose import propose
from reorg_lib.plan.validation import validate
from reorg_lib.survey import take_survey

MakeRepository = Callable[[Mapping[str, str | bytes]], Path]

_EXAMPLE = Path(__file__).parents[4] / "examples"
_I = "archive/infrastructure/"
_BY_TASTE = {
    f"{_I}storage/keys.py",
    f"{_I}storage/paths.py",
    f"{_I}http/client.py",
    f"{_I}http/transport.py",
}


def test_the_rules_give_the_target_of_the_example(make_repository: MakeRepository) -> None:
    root = _EXAMPLE / "archive"
    files = {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    repository = open_repository(make_repository(files))
    survey = take_survey(repository, "archive.infrastructure")
    team = load_plan(_EXAMPLE / "plan.toml")
    team = replace(team, scope=replace(team.scope, commit=survey.commit))
    plan = propose(survey)

    wanted = {m.source: m.target for m in team.approved().moves if m.source not in _BY_TASTE}
    assert {move.source: move.target for move in plan.moves} == wanted
    assert {d.source for d in plan.deletions} == {d.source for d in team.approved().deletions}
    (wiring,) = [move for move in plan.moves if move.source == f"{_I}ingest/di.py"]
    assert f"{_I}runner/di.py" in wiring.candidates

    everything = approve(plan, "all")[0]
    validate(everything, survey)
    found = find_hazards(survey, everything, repository.contents_by_path(survey.files))
    fixed = {hazard.path: hazard.fix for hazard in found if hazard.fix}
    assert {path.removeprefix(_I) for path in fixed} == {
        "oci/runner.py",
        "persistence/adapter/spreadsheet.py",
        "persistence/migrate.py",
    }

    validate(team, survey)
    merged = merge(team, plan)
    assert merged.approved().moves != () and len(merged.moves) == len(team.moves)
    assert [(m.source, m.target, m.decision, m.note) for m in merged.moves] == [
        (m.source, m.target, m.decision, m.note) for m in team.moves
    ]
    assert not [m for m in merged.moves if m.decision is Decision.PENDING]
