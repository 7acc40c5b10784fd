"""The rule as data, and what breaks it: each on the smallest package that shows it."""

from __future__ import annotations

from dataclasses import replace

from reorg_lib.guardrails.check import check
from reorg_lib.guardrails.layout_rule import layout_rule
from reorg_lib.model import Evidence, Survey
from tests.unit.plan.surveys import plan_of, survey_of

_P = "shop/infra/"
_FILES = {
    "shop/__init__.py": "",
    "shop/domain/orders/__init__.py": "",
    "shop/domain/mail/__init__.py": "",
    _P + "__init__.py": "",
    _P + "db/engine.py": "import psycopg\n",
    _P + "db/orders.py": "import psycopg\nimport boto3\n",
    _P + "orders/s3.py": "import boto3\n",
    _P + "storage/s3/a.py": "import boto3\n",
    _P + "storage/fs/b.py": "import pathlib\n",
    _P + "storage/di.py": "import psycopg\nimport boto3\n",
    _P + "storage/types.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    "    import psycopg\n",
}
_FACTS = {
    "db.engine": "postgres",
    "db.orders": "postgres",
    "orders.s3": "s3",
    "storage.s3.a": "s3",
    "storage.fs.b": "filesystem",
    "storage.di": "s3",
}


def _survey(files: dict[str, str] = _FILES, facts: dict[str, str] = _FACTS) -> Survey:
    survey = survey_of(files, technologies=facts, roles={"storage.di": "di"})
    paths = {module.name: module.path for module in survey.modules}
    shown = tuple(
        replace(
            entry,
            evidence=(Evidence(paths[entry.module], 1, "import x", f"imports {entry.technology}"),)
            if entry.technology
            else (),
        )
        for entry in survey.classifications
    )
    return replace(survey, classifications=shown)


def test_each_technology_is_at_home_where_it_was_put_or_is_most() -> None:
    plan = plan_of(f"{_P}orders/s3.py > {_P}storage/s3/orders.py")
    rule = layout_rule(_survey(), plan)
    assert {home.folder: home.technologies for home in rule.homes} == {
        "db": ("postgres",),
        "storage/fs": ("filesystem",),
        "storage/s3": ("s3",),
    }
    assert "psycopg" in rule.homes[0].libraries and "sqlalchemy" in rule.homes[0].libraries
    assert rule.homes_of("s3") == ("storage/s3",)
    assert rule.contexts == ("mail", "orders")
    assert rule.wiring == ("di",)
    assert rule.accepted == (("db/orders.py", "boto3"),)


def test_what_stays_is_accepted_by_name() -> None:
    rule = layout_rule(_survey(), plan_of())
    assert rule.accepted == (
        ("db/orders.py", "boto3"),
        ("orders", "orders"),
        ("orders/s3.py", "boto3"),
    )
    assert rule.homes_of("s3") == ("storage/s3",)


def test_a_context_that_names_a_technology_may_name_a_folder() -> None:
    files = _FILES | {_P + "mail/send.py": "import aiosmtplib\n"}
    rule = layout_rule(_survey(files, _FACTS | {"mail.send": "mail"}), plan_of())
    assert "mail" in {home.folder for home in rule.homes}
    assert rule.contexts == ("orders",)


def test_a_violation_has_its_line() -> None:
    plan = plan_of(f"{_P}orders/s3.py > {_P}storage/s3/orders.py")
    clean = {k: v for k, v in _FILES.items() if k != f"{_P}orders/s3.py"}
    clean[f"{_P}storage/s3/orders.py"] = "import boto3\n"
    facts = {k: v for k, v in _FACTS.items() if k != "orders.s3"} | {"storage.s3.orders": "s3"}
    assert check(_survey(clean, facts), plan) == ()

    drifted = clean | {
        _P + "db/bucket.py": "import boto3\n",
        _P + "db/queue.py": "import redis\n",
        _P + "orders/new.py": "",
        _P + "orders/s3.py": "import boto3\n",
    }
    facts |= {"db.bucket": "s3", "db.queue": "redis", "orders.s3": "s3"}
    assert [str(found) for found in check(_survey(drifted, facts), plan)] == [
        f"{_P}db/bucket.py:1: adapts s3 (`import x`); it is in db/, but s3 is adapted in"
        " storage/s3/; move it there",
        f"{_P}db/queue.py:1: adapts redis (`import x`); it is in db/, but redis has no package"
        " yet; create one, such as redis/",
        f"{_P}orders/new.py:1: the folder orders/ is named after the bounded context orders; put"
        " its modules into the concern that they adapt, and keep the context's name for a file",
        f"{_P}orders/s3.py:1: is at its old place again; the plan moves it to"
        f" {_P}storage/s3/orders.py",
    ]


def test_before_anything_moved_nothing_lies_anywhere_again() -> None:
    plan = plan_of(f"{_P}orders/s3.py > {_P}storage/s3/orders.py")
    told = [str(found) for found in check(_survey(), plan)]
    still = "is still at its old place; the plan moves it to"
    assert f"{_P}orders/s3.py:1: {still} {_P}storage/s3/orders.py" in told


def test_what_the_team_chose_is_no_violation() -> None:
    refused = plan_of(f"! {_P}orders/s3.py > {_P}storage/s3/orders.py")
    assert check(_survey(), refused) == ()
    pending = plan_of(f"? {_P}orders/s3.py > {_P}storage/s3/orders.py")
    assert [found.path for found in check(_survey(), pending)] == [f"{_P}orders/s3.py"] * 2
    put = plan_of(f"{_P}elsewhere.py > {_P}orders/s3.py")
    assert check(_survey(), put) == ()
