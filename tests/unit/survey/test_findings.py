"""The nine findings: each is found where it is, and not found where it is not."""

from __future__ import annotations

import re

from reorg_lib.model import Finding, FindingKind, Survey
from tests.conftest import MakeRepository
from tests.unit.survey.drawn import surveyed

_SERVER = """
    server/  (bare)
      osa/
        domain/
          auth/
            port.py  from typing import Protocol;;class IdentityProvider(Protocol):;;····def who(self): ...
            user.py  class User: ...
          data/
            read.py  class Row: ...
          ingest/
            run.py  class Run: ...
          record/
            record.py  class Record: ...
          shared/
            port.py  from typing import Protocol;;class FileStorage(Protocol):;;····def put(self): ...;;class Sheet(Protocol):;;····def fill(self): ...
        infrastructure/
          logging.py  import structlog
          auth/
            orcid.py  import httpx;;from osa.domain.auth.port import IdentityProvider;;class Orcid(IdentityProvider): ...
            role_repository.py  from sqlalchemy import insert;;from osa.domain.auth.user import User;;insert(User)
          data/
            read_store.py  from sqlalchemy import select;;from osa.domain.data.read import Row;;class RowReadStore: ...
          http/
            fetcher.py  import httpx
          ingest/
            di.py  from osa.infrastructure.persistence.adapter.storage import FsStorage;;from osa.infrastructure.s3.storage import S3Storage
          messaging/
          persistence/
            database.py  from sqlalchemy.ext.asyncio import create_async_engine;;engine = create_async_engine('postgresql://x')
            feature_store.py  import sqlalchemy;;class FeatureStore: ...
            keyset.py  import sqlalchemy
            seed.py  from sqlalchemy import insert;;insert(1)
            tables.py  from sqlalchemy import Table, MetaData;;t = Table('t', MetaData())
            adapter/
              readers.py  from sqlalchemy import select;;class RecordReader: ...
              sheet.py  import openpyxl;;from osa.domain.shared.port import Sheet;;class ExcelSheet(Sheet): ...
              storage.py  import shutil;;from osa.domain.shared.port import FileStorage;;class FsStorage(FileStorage): ...
            repository/
              record.py  from sqlalchemy import insert;;from osa.domain.record.record import Record;;class RecordRepository: ...
          s3/
            storage.py  import aioboto3;;from osa.domain.shared.port import FileStorage;;class S3Storage(FileStorage): ...
"""  # noqa: E501


def _of(survey: Survey, kind: FindingKind) -> list[Finding]:
    return [finding for finding in survey.findings if finding.kind is kind]


def test_the_six_problems_of_a_layout_by_two_taxonomies(make_repository: MakeRepository) -> None:
    survey = surveyed(make_repository, _SERVER)
    (scattered,) = _of(survey, FindingKind.TECHNOLOGY_SCATTERED)
    assert scattered.sentence.startswith(
        "postgres is adapted in 3 places, persistence/ (7 modules) and auth/ (1), data/ (1)"
    )
    assert "osa.infrastructure.data.read_store" in scattered.modules
    (apart,) = _of(survey, FindingKind.BACKENDS_APART)
    assert "filesystem in persistence/adapter/ and s3 in s3/ (2 modules)" in apart.sentence
    assert {e.path.rpartition("/")[2] for e in apart.evidence} == {"storage.py"}
    assert all("FileStorage" in e.shows and e.line for e in apart.evidence)
    strangers = [f.modules for f in _of(survey, FindingKind.STRANGER)]
    assert ("osa.infrastructure.persistence.adapter.sheet",) in strangers
    (empty,) = _of(survey, FindingKind.EMPTY_PACKAGE)
    assert empty.sentence.startswith("messaging/ contains no code")
    (bag,) = _of(survey, FindingKind.GRAB_BAG)
    assert bag.sentence.startswith(
        "persistence/ has no single purpose: its 5 modules do 3 different things"
    )
    named = [f.sentence.partition(" ")[0] for f in _of(survey, FindingKind.CONTEXT_NAMED)]
    assert named == ["auth/", "data/", "ingest/"]
    weights = [f.weight for f in survey.findings]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)


def test_every_finding_is_one_sentence_with_modules(make_repository: MakeRepository) -> None:
    survey = surveyed(make_repository, _SERVER)
    known = {module.name for module in survey.modules}
    for finding in survey.findings:
        assert re.fullmatch(r"[^\n]+[a-z)]\.", finding.sentence), finding.sentence
        assert finding.modules and set(finding.modules) <= known
        assert list(finding.modules) == sorted(finding.modules)


def test_a_good_layout_has_no_finding(make_repository: MakeRepository) -> None:
    survey = surveyed(
        make_repository,
        """
        osa/
          domain/
            auth/
              port.py  from typing import Protocol;;class Files(Protocol):;;····def put(self): ...
          infrastructure/
            http/
              fetcher.py  import httpx
            postgres/
              setup/
                database.py  from sqlalchemy import create_engine;;e = create_engine('postgresql://')
              tables/
                auth.py  from sqlalchemy import Table;;t = Table('t')
              query/
                readers.py  from sqlalchemy import select;;class UserReader: ...
            storage/
              fs/
                storage.py  import os;;from osa.domain.auth import port;;class Disk(port.Files): ...
              s3/
                storage.py  import s3fs;;from osa.domain.auth import port;;class S3(port.Files): ...
        """,
    )
    assert survey.findings == ()


def test_a_port_that_names_its_concern_is_not_scattered(make_repository: MakeRepository) -> None:
    survey = surveyed(make_repository, _SERVER)
    assert not [f for f in survey.findings if f.sentence.startswith("http lives")]


def test_a_module_in_a_folder_of_its_own_is_no_stranger(make_repository: MakeRepository) -> None:
    drawing = """
        app/
          infra/
            db/
              a.py  import asyncpg
              b.py  import asyncpg
              c.py  import asyncpg
              sheets/
                d.py  import openpyxl
    """
    assert not _of(surveyed(make_repository, drawing), FindingKind.STRANGER)
    beside = drawing.replace("sheets/\n                d.py", "d.py")
    (stranger,) = _of(surveyed(make_repository, beside), FindingKind.STRANGER)
    assert stranger.sentence.startswith("db/d.py adapts openpyxl, although 3 of the 4 adapters")


def test_cycles_are_those_that_run_at_import(make_repository: MakeRepository) -> None:
    survey = surveyed(
        make_repository,
        """
        app/
          infra/
            a.py  from app.infra import b
            b.py  from app.infra import c
            c.py  from app.infra.a import x
            d.py  from app.infra import e
            e.py  def late():;;····from app.infra import d
            sub/
              __init__.py  from app.infra.sub.one import x
              one.py  import app.infra.sub
        """,
    )
    (cycle,) = _of(survey, FindingKind.CYCLE)
    assert cycle.modules == ("app.infra.a", "app.infra.b", "app.infra.c")
    assert [(e.path, e.line) for e in cycle.evidence] == [
        (f"app/infra/{name}.py", 1) for name in "abc"
    ]


def test_a_module_for_many_contexts_and_duplicate_names(
    make_repository: MakeRepository,
) -> None:
    drawing = """
        app/
          domain/
            one/
              a.py  x = 1
            two/
              a.py  x = 1
            three/
              a.py  x = 1
          infra/
            alike/
              store.py  from app.domain.one import a;;from app.domain.two import a
            other/
              store.py  from app.domain.one.a import x;;from app.domain.two.a import x;;from app.domain.three.a import x
              di.py  from app.domain.one.a import x;;from app.domain.two.a import x;;from app.domain.three.a import x
    """  # noqa: E501
    survey = surveyed(make_repository, drawing)
    (many,) = _of(survey, FindingKind.SEVERAL_CONTEXTS)
    assert many.modules == ("app.infra.other.store",)
    assert "serves 3 contexts (one, three, two)" in many.sentence
    assert {e.line for e in many.evidence} == {1, 2, 3}
    (twice,) = _of(survey, FindingKind.DUPLICATE_NAMES)
    assert "store.py (alike/, other/)" in twice.sentence
    assert twice.modules == ("app.infra.alike.store", "app.infra.other.store")


def test_tests_inside_the_package_have_no_findings(make_repository: MakeRepository) -> None:
    survey = surveyed(
        make_repository,
        """
        app/
          infra/
            db/
              a.py  import asyncpg
              tests/
                test_a.py  import asyncpg
            web/
              test_b.py  import asyncpg
        """,
    )
    assert not _of(survey, FindingKind.TECHNOLOGY_SCATTERED)


def test_backends_of_one_technology_are_not_interchangeable(
    make_repository: MakeRepository,
) -> None:
    survey = surveyed(
        make_repository,
        """
        app/
          domain/
            port/
              files.py  from typing import Protocol;;class Files(Protocol):;;····def put(self): ...
          infra/
            one/
              a.py  import s3fs;;from app.domain.port.files import Files;;class A(Files): ...
            two/
              b.py  import s3fs;;from app.domain.port.files import Files;;class B(Files): ...
        """,
    )
    assert not _of(survey, FindingKind.BACKENDS_APART)
    assert _of(survey, FindingKind.TECHNOLOGY_SCATTERED)
