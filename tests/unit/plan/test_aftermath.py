"""Which packages appear and go by rule."""

from __future__ import annotations

import pytest

from reorg_lib.plan.aftermath import emptied_packages, files_after, new_packages
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
    survey, plan = survey_of(_FILES), plan_of(*map(_expand, steps))
    assert new_packages(survey, plan) == tuple(f"{_P}{folder}/__init__.py" for folder in new)
    assert emptied_packages(survey, plan) == tuple(f"{_P}{folder}/__init__.py" for folder in gone)
    after = files_after(survey, plan)
    assert after.issuperset(new_packages(survey, plan))
    assert after.isdisjoint(emptied_packages(survey, plan))


def test_a_new_top_level_package_is_what_the_surveyed_one_is() -> None:
    plan = plan_of("shop/infra/loose.py > other/loose.py")
    assert new_packages(survey_of(_FILES), plan) == ("other/__init__.py",)
    bare = {path: text for path, text in _FILES.items() if path != "shop/__init__.py"}
    assert new_packages(survey_of(bare), plan) == ()


def _expand(step: str) -> str:
    mark, words = (step[:2], step[2:]) if step[0] in "?!-" else ("", step)
    return mark + " ".join(w if w in (">", ">>") else _P + w for w in words.split(" "))
