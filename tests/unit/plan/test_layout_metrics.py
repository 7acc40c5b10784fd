"""The six counts, each moved by the one change that is about it."""

from __future__ import annotations

from dataclasses import replace

from reorg_lib.model import Survey
from reorg_lib.plan.layout_metrics import comparison, measure
from tests.unit.plan.surveys import plan_of, survey_of

_P = "shop/infra/"
_FILES = {
    "shop/__init__.py": "",
    "shop/domain/orders/__init__.py": "",
    _P + "__init__.py": "",
    _P + "orders/db.py": "class A(Reader): ...\n",
    _P + "orders/disk.py": "class B(FileStorage): ...\n",
    _P + "s3/store.py": "class C(FileStorage): ...\n",
    _P + "pg/db.py": "",
}


def _survey() -> Survey:
    survey = survey_of(
        _FILES,
        technologies={
            "orders.db": "postgres",
            "orders.disk": "filesystem",
            "s3.store": "s3",
            "pg.db": "postgres",
        },
        ports={
            "orders.disk": ["shop.domain.FileStorage"],
            "s3.store": ["shop.domain.FileStorage"],
        },
        edges=[
            "shop.infra.orders.db > shop.infra.pg.db",
            "shop.infra.pg.db > shop.infra.orders.disk",
            "shop.infra.s3.store > shop.infra.orders.disk",
        ],
    )
    served = tuple(
        replace(entry, domains=(("orders", 1),)) if entry.module.endswith(".db") else entry
        for entry in survey.classifications
    )
    return replace(survey, classifications=served)


def test_what_is_there_is_counted() -> None:
    found = measure(_survey())
    assert found.technologies_per_package == 1.33  # orders has two, s3 and pg one each
    assert found.packages_per_technology == 1.33  # postgres lies in two
    assert found.backends_apart == 1
    assert found.context_named == 1
    assert found.cross_concern_imports == 3
    assert found.cycles == 1  # orders and pg


def test_a_plan_changes_what_it_is_about_and_a_rejected_step_changes_nothing() -> None:
    survey = _survey()
    here = measure(survey)
    gathered = plan_of(f"? {_P}orders/db.py > {_P}pg/orders.py")
    assert measure(survey, gathered) == replace(
        here,
        technologies_per_package=1.0,
        packages_per_technology=1.0,
        cross_concern_imports=2,
        cycles=0,
    )
    beside = plan_of(
        f"{_P}orders/disk.py > {_P}storage/fs/a.py", f"{_P}s3/store.py > {_P}storage/s3/b.py"
    )
    assert measure(survey, beside).backends_apart == 0
    named = plan_of(
        f"{_P}orders/db.py > {_P}x/db.py", f"{_P}orders/disk.py > {_P}deep/orders/disk.py"
    )
    assert measure(survey, named).context_named == 1
    assert measure(survey, plan_of(f"! {_P}orders/db.py > {_P}pg/orders.py")) == here


def test_the_comparison_says_before_and_after() -> None:
    rows = comparison(_survey(), plan_of(f"{_P}orders/db.py > {_P}pg/orders.py"))
    assert ("packages per technology", "1.33", "1") in rows
    assert [name for name, _, _ in rows][-1] == "cycles"
