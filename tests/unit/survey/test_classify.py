"""Technology, contexts, ports and roles, with the evidence that was kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from reorg_lib.git import open_repository
from reorg_lib.model import Classification
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository

Classify = Callable[[Mapping[str, str]], Mapping[str, Classification]]

_PORTS = """
from typing import Protocol
class Port(Protocol): ...
class FileStorage(Port, Protocol):
    def put(self): ...
    def get(self): ...
class OrderRepository(Port, Protocol):
    def save(self): ...
    def get(self): ...
class Clock(Protocol):
    def now(self): ...
class AuditLog(Protocol):
    def get(self): ...
class StorageError(Exception):
    def put(self): ...
"""


@pytest.fixture
def classified(make_repository: MakeRepository) -> Classify:
    """Classify the modules of `shop.infra`, given by their path in it; others with a slash."""

    def run(files: Mapping[str, str]) -> Mapping[str, Classification]:
        tree = {
            "shop/__init__.py": "",
            "shop/infra/__init__.py": "",
            "shop/domain/orders/port.py": _PORTS,
            "shop/domain/orders/__init__.py": "from .port import FileStorage as Storage",
            "shop/domain/billing/model.py": "",
            "shop/domain/shared/ids.py": "",
        }
        for path, text in files.items():
            tree[path.removeprefix("/") if path[0] == "/" else f"shop/infra/{path}"] = text
        survey = take_survey(open_repository(make_repository(tree)), "shop.infra")
        return {c.module.removeprefix("shop.infra."): c for c in survey.classifications}

    return run


@pytest.mark.parametrize(
    ("source", "technology"),
    [
        ("import boto3", "aws"),
        ("import boto3\nqueue = boto3.client('sqs')", "sqs"),
        ("import boto3\nclass S3Client: ...", "s3"),
        ("def f():\n    import aioboto3", "aws"),
        ("if TYPE_CHECKING:\n    from kubernetes_asyncio.client import ApiClient", "k8s"),
        ("from google.cloud import storage", "gcs"),
        ("import google.cloud.bigquery as bq", "bigquery"),
        ("from urllib.request import urlopen", "http"),
        ("from urllib.parse import quote", None),
        ("import sqlalchemy.dialects.mysql", "mysql"),
        ("import os, json, logging, structlog", None),
        ("from .boto3 import x", None),
        ("import boto3x", None),
        ("import httpx\nimport boto3\nfrom botocore.config import Config", "aws"),
        ("if TYPE_CHECKING:\n    import boto3\nimport httpx", "http"),
    ],
)
def test_technology_by_import(classified: Classify, source: str, technology: str | None) -> None:
    found = classified({"thing.py": source})["thing"]
    assert found.technology == technology
    if technology:
        assert "import" in found.evidence[0].text
        assert found.evidence[0].path == "shop/infra/thing.py"


def test_logging_counts_only_where_it_is_the_main_subject(classified: Classify) -> None:
    found = classified({"logging.py": "import structlog", "a/thing.py": "from ..logging import x"})
    assert (found["logging"].technology, found["a.thing"].technology) == ("logging", None)


@pytest.mark.parametrize(
    ("others", "technology", "shown_in"),
    [
        ({}, "sql", None),
        ({"a.py": "from sqlalchemy.dialects.postgresql import JSONB"}, "postgres", "a.py"),
        ({"a.py": "import asyncpg"}, "postgres", "a.py"),
        ({"a.py": "URL = 'mysql+pymysql://x'"}, "mysql", "a.py"),
        ({"/deploy/compose.yml": "URL: postgresql+asyncpg://db/x"}, "postgres", "compose.yml"),
        ({"/pyproject.toml": "d = ['psycopg[binary]>=3']"}, "postgres", "pyproject.toml"),
        ({"/settings.py": "E = 'django.db.backends.sqlite3'"}, "sqlite", "settings.py"),
        (
            {"/settings.py": "E = 'django.db.backends.mysql'", "a.py": "# postgres"},
            "mysql",
            "settings.py",
        ),
        ({"/tests/conftest.py": "URL = 'sqlite://'"}, "sql", None),
        ({"a.py": "'postgres'", "b.py": "# Postgres", "c.py": "'mysql'"}, "postgres", "a.py"),
        (
            {"a.py": "import asyncpg", "/pyproject.toml": "['aiosqlite']", "b.py": "'sqlite'"},
            "postgres",
            "a.py",
        ),
    ],
)  # fmt: skip
def test_the_dialect_names_every_module_of_a_general_library(
    classified: Classify, others: Mapping[str, str], technology: str, shown_in: str | None
) -> None:
    found = classified({"db.py": "from sqlalchemy import select", **others})["db"]
    assert found.technology == technology
    shown = [e.path.rpartition("/")[2] for e in found.evidence if e.path != "shop/infra/db.py"]
    assert shown == ([shown_in] if shown_in else [])


def test_files_behind_a_storage_port_are_a_technology(classified: Classify) -> None:
    adapter = (
        "from shop.domain.orders.port import FileStorage\nimport shutil\nclass A(FileStorage): ..."
    )
    found = classified({"fs.py": adapter, "paths.py": "import os, shutil"})
    assert (found["fs"].technology, found["paths"].technology) == ("filesystem", None)
    assert "shutil" in found["fs"].evidence[0].text


def test_neighbours_decide_for_a_module_without_evidence(classified: Classify) -> None:
    found = classified(
        {
            "s3/client.py": "import s3fs",
            "s3/store.py": "from .client import x\nimport pathlib",
            "s3/keys.py": "",
            "s3/other.py": "from .keys import y\nimport s3fs",
            "web/a.py": "import httpx\nfrom ..loose import z",
            "loose.py": "",
            "typed.py": "if TYPE_CHECKING:\n    from .s3.client import x",
        }
    )
    technologies = {name: c.technology for name, c in found.items() if c.technology}
    assert technologies == {
        "s3.client": "s3",
        "s3.keys": "s3",
        "s3.other": "s3",
        "s3.store": "s3",
        "web.a": "http",
    }
    assert found["s3.store"].evidence[0].shows == "uses shop.infra.s3.client, which adapts s3"
    assert found["s3.keys"].evidence[0].path == "shop/infra/s3/other.py"


def test_wiring_adapts_what_it_wires_most_or_nothing(classified: Classify) -> None:
    found = classified(
        {
            "s3/client.py": "import s3fs",
            "web/client.py": "import httpx",
            "s3/di.py": "from .client import a",
            "both/di.py": "from ..s3.client import a\nfrom ..web.client import b",
        }
    )
    assert (found["s3.di"].technology, found["both.di"].technology) == ("s3", None)
    assert found["s3.di"].role == found["both.di"].role == "di"


def test_contexts_are_counted_without_the_shared_kernel(classified: Classify) -> None:
    source = (
        "from shop.domain.orders.port import Clock\n"
        "from shop.domain.billing import model\n"
        "from shop.domain.orders import port\n"
        "import shop.domain.shared.ids\n"
    )
    found = classified({"thing.py": source})["thing"]
    assert found.domains == (("orders", 2), ("billing", 1))
    assert found.domain == "orders"


@pytest.mark.parametrize(
    ("source", "ports"),
    [
        ("from shop.domain.orders.port import Clock\nclass A(Clock): ...", "Clock"),
        ("import shop.domain.orders.port as p\nclass A(p.Clock): ...", "Clock"),
        ("import shop.domain.orders.port\nclass A(shop.domain.orders.port.Clock): ...", "Clock"),
        ("from shop.domain.orders import Storage\nclass A(Storage): ...", "FileStorage"),
        ("from ..domain.orders.port import Clock\nclass A(Clock): ...\nclass B(A): ...", "Clock"),
        ("from .base import Base\nclass A(Base): ...", "Clock"),
        ("from shop.domain.orders.port import StorageError\nclass A(StorageError): ...", ""),
        ("class DiskStorage:\n    def put(self): ...\n    def get(self): ...", "FileStorage"),
        ("class Disk:\n    def put(self): ...\n    def get(self): ...", ""),
        ("class DiskStorage:\n    def put(self): ...", ""),
        ("class MemoryAuditLog:\n    def get(self): ...", ""),
        ("class Clock: ...", ""),
    ],
)
def test_ports(classified: Classify, source: str, ports: str) -> None:
    base = "from shop.domain.orders.port import Clock\nclass Base(Clock): ..."
    found = classified({"thing.py": source, "base.py": base})["thing"]
    assert found.ports == tuple(f"shop.domain.orders.port.{p}" for p in ports.split())


def test_matching_methods_do_not_count_where_a_class_declares_the_port(
    classified: Classify,
) -> None:
    shape = "class TapeStorage:\n    def put(self): ...\n    def get(self): ..."
    says = "from shop.domain.orders.port import FileStorage\nclass Disk(FileStorage): ..."
    assert classified({"tape.py": shape})["tape"].ports
    both = classified({"tape.py": shape, "disk.py": says})
    assert (both["tape"].ports, len(both["disk"].ports)) == ((), 1)


@pytest.mark.parametrize(
    ("path", "source", "role"),
    [
        ("x.py", "from sqlalchemy.ext.asyncio import create_async_engine as c\nc(url)", "setup"),
        ("x.py", "import sqlalchemy as sa\nt = sa.Table('a', sa.MetaData())", "tables"),
        ("x.py", "from sqlmodel import SQLModel\nclass B(SQLModel): ...", "tables"),
        ("x.py", "from sqlalchemy.schema import CreateTable\nCreateTable(t)\nt.insert()", "store"),
        ("x.py", "from sqlalchemy import select, insert\nselect(a); insert(a)", "repository"),
        ("x.py", "from sqlalchemy import select\nselect(a)", "query"),
        ("x.py", "class PgOrderRepository: ...", "repository"),
        ("x.py", "class PgOrderReadStore: ...", "query"),
        ("x.py", "class FeatureStore: ...", "store"),
        ("x.py", "def row_to_order(row): ...\ndef order_to_row(o): ...", "mapper"),
        ("x.py", "from dishka import Provider\nclass P(Provider): ...", "di"),
        ("x.py", "class P(Provider): ...", None),
        ("x.py", "rows.insert(0, a); names.update(b)", None),
        ("x.py", "import sqlalchemy\nclass A:\n    def f(s): s._session.add(1)", "repository"),
        ("x.py", "seen.add(1); session.add(2)", None),
        ("x.py", "c.execute('INSERT INTO a VALUES (1)')", "repository"),
        ("x.py", "c.execute('select a from b')", "query"),
        ("application/x.py", "c.execute('select a from b')", None),
        ("x.py", "from sqlalchemy.orm import Session\nself.session.query(A)", "query"),
        ("x.py", "c.execute('select this or that')", None),
        ("x.py", "c.execute('CREATE TABLE a (b int)')", "store"),
        ("x.py", "from docker import c\nc.create_or_replace()", "runner"),
        ("x.py", "from sqlalchemy.orm import x\nclass SqlUnitOfWork: ...", "setup"),
        ("x.py", "class _RowReader: ...", None),
        ("x.py", "revision = 1\ndown_revision = 0\ndef upgrade(): ...", "migration"),
        ("x.py", "from fastapi import APIRouter\nr = APIRouter()\nselect(1)", "route"),
        ("seed.py", "", "setup"),
        ("bootstrap.py", "", "di"),
        ("repository/__init__.py", "class PgOrderRepository: ...", None),
    ],
)  # fmt: skip
def test_role_by_what_the_code_does(
    classified: Classify, path: str, source: str, role: str | None
) -> None:
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    found = classified({path: source})[name]
    assert found.role == role
    if role:
        assert found.evidence[-1].shows.endswith(f": {role}")
        assert found.evidence[-1].line >= 1


def test_a_role_has_a_line_as_evidence(classified: Classify) -> None:
    source = "import sqlalchemy as sa\n\nROWS = 1\ntable = sa.Table(\n    'a',\n)\n"
    assert classified({"x.py": source})["x"].evidence[-1].line == 4
    told = 'import asyncpg\n\nQUERY = """\n  DELETE FROM a\n"""\n'
    assert classified({"x.py": told})["x"].evidence[-1].line == 4
