"""Technology from evidence: what counts, how much, and what is believed of neighbours."""

from __future__ import annotations

import pytest

from reorg_lib.files.cache import Cache
from reorg_lib.git import open_repository
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository
from tests.unit.survey.drawn import files, found_in, surveyed

_EMPTY = """
    app/
      infra/
        x.py  SOURCE
"""


@pytest.mark.parametrize(
    ("source", "weights", "shows"),
    [
        ("import httpx", (("http", 2.0),), "imports a library for http"),
        (
            "if TYPE_CHECKING:;;····import httpx",
            (("http", 1.0),),
            "imports a library for http for types only",
        ),
        (
            "def f():;;····import httpx",
            (("http", 2.0),),
            "imports a library for http inside a function",
        ),
        ("import smtplib", (("smtp", 2.0),), "imports a library for smtp"),
        ("import sqlite3", (("sqlite", 2.0),), "imports a library for sqlite"),
        ("class PgOrders: ...", (("postgres", 1.0),), "its class is named after postgres"),
        ("class OrdersInK8s: ...", (("k8s", 1.0),), "its class is named after k8s"),
        (
            "import httpx, redis;;class RedisCache: ...",
            (("redis", 3.0), ("http", 2.0)),
            "imports a library for redis",
        ),
        (
            "import subprocess;;subprocess.run(['docker', 'build'])",
            (("oci", 2.0),),
            "starts the program docker",
        ),
        (
            "import os;;os.system('pg_dump shop')",
            (("postgres", 2.0),),
            "starts the program pg_dump",
        ),
        (
            "import shutil;;class LocalFileStorage: ...",
            (("filesystem", 3.0),),
            "imports a library for filesystem in a class named LocalFileStorage",
        ),
        (
            "import pathlib;;class DiskStorage: ...",
            (("filesystem", 3.0),),
            "imports a library for filesystem in a class named DiskStorage",
        ),
        ("import boto3;;c = boto3.client('sqs')", (("sqs", 2.0),), "imports a library for aws"),
        ("import boto3;;class SqsQueue: ...", (("sqs", 3.0),), "imports a library for aws"),
    ],
)
def test_evidence_is_weighed(
    make_repository: MakeRepository,
    source: str,
    weights: tuple[tuple[str, float], ...],
    shows: str,
) -> None:
    found = found_in(surveyed(make_repository, _EMPTY.replace("SOURCE", source)))["x"]
    assert found.technologies == weights
    assert found.technology == weights[0][0]
    assert found.evidence[0].shows == shows
    assert found.evidence[0].line >= 1
    assert found.evidence[0].path == "app/infra/x.py"


@pytest.mark.parametrize(
    "source",
    [
        "class PgOrdersError(Exception): ...",
        "class Pgp: ...;;class Stripes: ...",
        "import subprocess;;subprocess.run(args);;# docker build",
        "names = ['docker', 'psql']",
        "import shutil;;class Orders: ...",
        "import logging;;import click",
    ],
)
def test_what_is_no_evidence(make_repository: MakeRepository, source: str) -> None:
    found = found_in(surveyed(make_repository, _EMPTY.replace("SOURCE", source)))["x"]
    assert (found.technology, found.technologies) == (None, ())


def test_a_package_of_the_repository_is_no_library(make_repository: MakeRepository) -> None:
    tree = files(_EMPTY.replace("SOURCE", "import docker;;import alembic"))
    tree |= {"docker/__init__.py": "", "alembic/env.py": ""}
    survey = take_survey(open_repository(make_repository(tree)), None, Cache(None))
    assert found_in(survey)["x"].technologies == (("sql", 2.0),)


def test_each_module_may_speak_to_another_service_of_a_cloud(
    make_repository: MakeRepository,
) -> None:
    found = found_in(
        surveyed(
            make_repository,
            """
            app/
              infra/
                errors.py  from botocore.exceptions import ClientError
                files.py  import boto3;;s3 = boto3.client('s3')
                more.py  import boto3;;s3 = boto3.resource('s3')
                queue.py  import boto3;;q = boto3.client('sqs')
            """,
        )
    )
    technologies = {name: c.technology for name, c in found.items() if c.technology}
    assert technologies == {"errors": "s3", "files": "s3", "more": "s3", "queue": "sqs"}


_NEIGHBOURS = """
    app/
      infra/
        db/
          engine.py  import asyncpg
          first.py  from app.infra.db import engine
          second.py  from app.infra.db import first
          rows.py  x = 1
          orders.py  import asyncpg;;from app.infra.db import rows
          errors.py  class DbError(Exception): ...
          users.py  import asyncpg;;from app.infra.db import errors
        mixed.py  from app.infra.db import engine;;from app.infra import clock, dates, texts
        clock.py  x = 1
        dates.py  x = 1
        texts.py  x = 1
        web/
          client.py  import httpx
          errors.py  class WebError(Exception): ...
          one.py  import redis;;from app.infra.web import errors
        application/
          handler.py  from app.infra.db import engine
        auth/
          handlers/
            sign_up.py  from app.infra.db import engine
"""


def test_only_the_own_evidence_of_neighbours_counts(
    make_repository: MakeRepository,
) -> None:
    found = found_in(surveyed(make_repository, _NEIGHBOURS))
    assert found["db.first"].technologies == (("postgres", 0.5),)
    assert found["db.first"].evidence[0].shows.startswith("uses app.infra.db.engine")
    assert found["db.rows"].evidence[0].shows == "is used by adapters of postgres alone"
    assert found["db.errors"].technology == "postgres"
    for name in (
        "db.second",
        "mixed",
        "web.errors",
        "application.handler",
        "auth.handlers.sign_up",
    ):
        assert found[name].technology is None, name


def test_what_half_a_program_imports_counts_in_its_own_folder(
    make_repository: MakeRepository,
) -> None:
    found = found_in(
        surveyed(
            make_repository,
            """
            app/
              infra/
                telemetry/
                  hook.py  from opentelemetry import metrics
                  di.py  from dishka import Provider;;from app.infra.telemetry import hook
                  sampler.py  from opentelemetry import metrics;;import sqlalchemy;;import asyncpg
                orders.py  from opentelemetry import metrics
                responses.py  from rest_framework.response import Response
                flask_app.py  from flask import Flask
                log_in.py  import logging
                request_logging.py  import logging
            """,
        )
    )
    technologies = {name: c.technology for name, c in found.items() if c.technology}
    assert technologies == {
        "telemetry.hook": "telemetry",
        "telemetry.di": "telemetry",
        "telemetry.sampler": "telemetry",
        "responses": "web",
        "flask_app": "web",
        "request_logging": "logging",
    }
