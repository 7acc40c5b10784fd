"""The example's traps: quiet under the team's plan, found as soon as a step of it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from reorg_lib.git import open_repository
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import Decision, Hazard, Plan, Severity, Survey
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.survey import take_survey
from scripts.demo import prepare_example

_I = "archive/infrastructure/"


@pytest.fixture(scope="module")
def example(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Survey, Plan, Mapping[str, bytes]]:
    made = prepare_example(tmp_path_factory.mktemp("example") / "work")
    repository = open_repository(made.repository)
    survey = take_survey(repository, "archive.infrastructure")
    return survey, load_plan(made.plan), repository.contents_by_path(survey.files)


def _found(
    example: tuple[Survey, Plan, Mapping[str, bytes]],
    *without: str,
    more: Mapping[str, str] | None = None,
) -> dict[str, Hazard]:
    """The hazards by id when some moves are not approved and some files say something else."""
    survey, plan, contents = example
    moves = tuple(
        replace(m, decision=Decision.REJECTED) if m.source.removeprefix(_I) in without else m
        for m in plan.moves
    )
    changed = {path: text.encode() for path, text in (more or {}).items()}
    found = find_hazards(
        survey,
        replace(plan, steps=(*moves, *plan.splits, *plan.deletions)),
        {**contents, **changed},
    )
    return {hazard.id.replace(_I, ""): hazard for hazard in found}


def test_nothing_is_told_that_a_reader_could_not_explain(
    example: tuple[Survey, Plan, Mapping[str, bytes]],
) -> None:
    found = _found(example)
    assert {id for id, hazard in found.items() if hazard.severity is Severity.BLOCK} == {
        "file-anchor:oci/runner.py:13",
        "file-anchor:persistence/adapter/spreadsheet.py:12",
        "file-anchor:persistence/migrate.py:9",
    }
    assert {id for id, hazard in found.items() if hazard.severity is Severity.NOTE} == {
        "case-rename:http/Headers.py:1",
        "file-anchor:persistence/seed.py:16",
        "identity-by-name:archive/application/jobs.py:16",
        "name-handed-on:http/client.py:1",
        "package-init:auth/__init__.py:3",
        "package-init:persistence/__init__.py:6",
    }


def test_data_beside_the_module_stays_behind(
    example: tuple[Survey, Plan, Mapping[str, bytes]],
) -> None:
    hazard = _found(example, "persistence/fixtures.json")["file-anchor:persistence/seed.py:16"]
    assert hazard.severity is Severity.BLOCK


def test_a_resource_stays_behind(example: tuple[Survey, Plan, Mapping[str, bytes]]) -> None:
    hazard = _found(example, "k8s/job_template.json")["package-data:k8s/runner.py:27"]
    assert hazard.severity is Severity.BLOCK and "job_template.json" in hazard.why


def test_data_that_no_row_ships(example: tuple[Survey, Plan, Mapping[str, bytes]]) -> None:
    _, _, contents = example
    pattern = contents["pyproject.toml"].decode().replace("**/*.json", "*.json")
    found = _found(example, more={"pyproject.toml": pattern})
    assert [h.kind for h in found.values() if h.path == "pyproject.toml"] == ["shipped-data"]


def test_a_relative_module_stays_behind(example: tuple[Survey, Plan, Mapping[str, bytes]]) -> None:
    hazard = _found(example, "k8s/health.py")["dynamic-import:archive/application/backends.py:33"]
    assert (hazard.severity, hazard.fix) == (Severity.BLOCK, "...k8s.health")


def test_a_module_of_a_computed_package_stays_behind(
    example: tuple[Survey, Plan, Mapping[str, bytes]],
) -> None:
    hazard = _found(example, "oci/di.py")["dynamic-import:archive/application/backends.py:26"]
    assert hazard.severity is Severity.BLOCK and "archive.infrastructure.oci" in hazard.why


def test_every_table_is_still_imported(example: tuple[Survey, Plan, Mapping[str, bytes]]) -> None:
    assert not [id for id in _found(example) if id.startswith("target-metadata")]
