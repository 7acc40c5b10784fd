"""The examples in the docstrings of the kinds of hazards, each carried out."""

from __future__ import annotations

from pkgutil import walk_packages

import pytest

from reorg_lib.git import open_repository
from reorg_lib.hazards import find as hazards
from reorg_lib.hazards import kinds as kind_modules
from reorg_lib.model import Hazard, Plan, Scope
from reorg_lib.survey import take_survey
from scripts.hazards_page import PAGE, Example, Kind, kinds, page
from tests.conftest import MakeRepository, git

KINDS = kinds()
EXAMPLES = [
    pytest.param(example, id=f"{kind.id}-{example.found or 'safe'}-{number}")
    for kind in KINDS
    for number, example in enumerate(kind.examples, 1)
]


def _found(example: Example, make_repository: MakeRepository) -> list[Hazard]:
    root = make_repository(example.files)
    for path, target in example.links.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    if example.links:
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "links")
    repository = open_repository(root)
    survey = take_survey(repository, "shop")
    scope = Scope(survey.package, survey.source_root, survey.commit)
    plan = Plan(scope, example.steps)
    found = hazards.find_hazards(survey, plan, repository.contents_by_path(survey.files))
    return [hazard for hazard in found if hazard.kind == example.kind]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_finds_what_its_section_says(
    example: Example, make_repository: MakeRepository
) -> None:
    found = _found(example, make_repository)
    if example.found is None:
        assert not found
    else:
        assert {hazard.severity for hazard in found} == {example.found}
        assert [hazard.fix for hazard in found] == [example.fix]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_kind_shows_where_it_is_found_and_where_not(kind: Kind) -> None:
    assert {example.found is None for example in kind.examples} == {True, False}


def test_each_id_has_a_module_of_its_name_and_is_looked_for() -> None:
    found = walk_packages(kind_modules.__path__, f"{kind_modules.__name__}.")
    assert sorted(kind.__name__ for kind in hazards.KINDS) == sorted(
        module.name for module in found if not module.ispkg
    )
    for module in hazards.KINDS:
        assert module.__name__.rpartition(".")[2] == module.KIND.replace("-", "_")


def test_the_page_says_what_the_docstrings_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m scripts.hazards_page"
