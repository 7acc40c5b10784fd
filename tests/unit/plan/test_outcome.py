"""Where files, folders and modules are after the steps, and which packages appear and go."""

from __future__ import annotations

import pytest

from reorg_lib.model import Renaming
from reorg_lib.plan.outcome import MEANT, outcome_of
from reorg_lib.survey.import_roots import ImportRoots
from tests.unit.plan.surveys import plan_of, survey_of

_P = "shop/infra/"
_FILES = {
    "shop/__init__.py": "",
    "shop/infra/__init__.py": "",
    "shop/infra/loose.py": "",
    "shop/infra/data/__init__.py": '"""Docs only."""\n__all__ = []\n',
    "shop/infra/data/a.py": "",
    "shop/infra/data/b.py": "",
    "shop/infra/deep/__init__.py": "",
    "shop/infra/deep/er/__init__.py": "",
    "shop/infra/deep/er/a.py": "",
    "shop/infra/busy/__init__.py": "X = 1\n",
    "shop/infra/busy/a.py": "",
    "shop/infra/bare/a.py": "",
    "shop/infra/hollow/__init__.py": "",
    "shop/infra/table/__init__.py": "",
    "shop/infra/table/a.py": "",
    "shop/infra/table/rows.json": "",
    "tools/a.py": "",
}

CASES = [
    ("nothing", [], [], []),
    ("new package", ["loose.py > pg/loose.py"], ["pg"], []),
    ("nested", ["loose.py > pg/x/y/loose.py"], ["pg", "pg/x", "pg/x/y"], []),
    ("into one that is there", ["loose.py > data/loose.py"], [], []),
    ("into a folder that never had one", ["loose.py > bare/loose.py"], [], []),
    ("below a folder that never had one", ["loose.py > bare/x/loose.py"], [], []),
    ("from a folder that never had one", ["bare/a.py > pg/a.py"], ["pg"], []),
    ("as the package itself", ["loose.py > pg/__init__.py"], [], []),
    ("half emptied", ["data/a.py > pg/a.py"], ["pg"], []),
    ("emptied", ["data/a.py > pg/a.py", "data/b.py > pg/b.py"], ["pg"], ["data"]),
    ("emptied by deletions", ["- data/a.py", "- data/b.py"], [], ["data"]),
    ("not approved", ["? data/a.py > pg/a.py", "! data/b.py > pg/b.py"], [], []),
    ("emptied with its parent", ["deep/er/a.py > pg/a.py"], ["pg"], ["deep", "deep/er"]),
    ("emptied, but moved", ["deep/er/a.py > deep/a.py"], [], ["deep/er"]),
    ("emptied with code", ["busy/a.py > pg/a.py"], ["pg"], []),
    ("empty all along", ["loose.py > pg/loose.py"], ["pg"], []),
    ("data stays", ["table/a.py > pg/a.py"], ["pg"], []),
    ("data goes, too", ["table/a.py > pg/a.py", "table/rows.json > pg/r.json"], ["pg"], ["table"]),
    ("only data goes there", ["table/rows.json > doc/rows.json"], [], []),
    ("moved as a whole", ["busy/__init__.py > pg/__init__.py", "busy/a.py > pg/a.py"], [], []),
    ("its init leaves alone", ["busy/__init__.py > pg/__init__.py"], ["busy"], []),
    ("replaced", ["data/a.py > pg/a.py", "data/b.py > data/c.py"], ["pg"], []),
    ("split", ["loose.py >> pg"], [], []),
]


@pytest.mark.parametrize(
    ("steps", "new", "gone"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_packages_follow_the_steps(steps: list[str], new: list[str], gone: list[str]) -> None:
    outcome = outcome_of(survey_of(_FILES), plan_of(*map(_expand, steps)))
    assert outcome.created == tuple(f"{_P}{folder}/__init__.py" for folder in new)
    assert outcome.emptied == tuple(f"{_P}{folder}/__init__.py" for folder in gone)
    assert outcome.files.issuperset(outcome.created)
    assert outcome.files.isdisjoint(outcome.removed)


def test_a_new_top_level_package_is_what_the_surveyed_one_is() -> None:
    plan = plan_of("shop/infra/loose.py > other/loose.py")
    assert outcome_of(survey_of(_FILES), plan).created == ("other/__init__.py",)
    bare = {path: text for path, text in _FILES.items() if path != "shop/__init__.py"}
    assert outcome_of(survey_of(bare), plan).created == ()


def test_each_file_has_a_new_path_or_none() -> None:
    steps = map(_expand, ["data/a.py > pg/a.py", "- data/b.py", "loose.py >> late"])
    outcome = outcome_of(survey_of(_FILES), plan_of(*steps, "? tools/a.py > tools/b.py"))
    changed = {old: new for old, new in outcome.new_paths.items() if old != new}
    assert changed == {
        _P + "data/__init__.py": None,
        _P + "data/a.py": _P + "pg/a.py",
        _P + "data/b.py": None,
        _P + "loose.py": _P + "late/__init__.py",
    }
    assert outcome.new_paths.keys() == _FILES.keys()
    assert {_P + "late/one.py", "tools/a.py"} <= outcome.files


def test_pending_steps_count_where_they_are_asked_for() -> None:
    survey, plan = survey_of(_FILES), plan_of(_expand("? loose.py > pg/loose.py"))
    assert outcome_of(survey, plan).module_paths["shop.infra.loose"] == _P + "loose.py"
    assert outcome_of(survey, plan, MEANT).module_paths["shop.infra.loose"] == _P + "pg/loose.py"
    assert outcome_of(survey, None, MEANT).module_paths["shop.infra.loose"] == _P + "loose.py"


def test_folders_move_as_a_whole_stay_or_dissolve() -> None:
    whole = ["busy/__init__.py > pg/__init__.py", "busy/a.py > pg/a.py"]
    apart = ["data/a.py > pg/x.py", "data/b.py > deep/b.py"]
    outcome = outcome_of(survey_of(_FILES), plan_of(*map(_expand, whole + apart)))
    assert Renaming(_P + "busy", _P + "pg") in outcome.renamed_paths
    assert outcome.dissolved_folders == (_P + "data",)


def test_a_package_goes_where_all_its_modules_go() -> None:
    steps = ["data/a.py > pg/data/a.py", "data/b.py > pg/data/b.py", "deep/er/a.py > x/y.py"]
    survey = survey_of(_FILES)
    names = outcome_of(survey, plan_of(*map(_expand, steps))).names(survey, ImportRoots(".", ()))
    assert names["shop.infra.data"] == "shop.infra.pg.data"
    assert names["shop.infra.data.b"] == "shop.infra.pg.data.b"
    assert names["shop.infra.deep.er"] is None
    assert names["shop.infra.busy"] == "shop.infra.busy"


def test_the_same_question_is_answered_once() -> None:
    survey, steps = survey_of(_FILES), _expand("loose.py > pg/loose.py")
    assert outcome_of(survey, plan_of(steps)) is outcome_of(survey, plan_of(steps))
    assert outcome_of(survey, plan_of(steps)) is not outcome_of(survey, plan_of(steps), MEANT)


def _expand(step: str) -> str:
    mark, words = (step[:2], step[2:]) if step[0] in "?!-" else ("", step)
    return mark + " ".join(w if w in (">", ">>") else _P + w for w in words.split(" "))
