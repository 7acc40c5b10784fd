"""The layout's rules, each on the smallest package that shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from reorg_lib.model import Decision, Evidence, Plan, Survey
from reorg_lib.plan.decisions import approve
from reorg_lib.plan.proposal.backends import port_word
from reorg_lib.plan.proposal.propose import UNSURE, propose
from reorg_lib.plan.validation import validate
from tests.unit.plan.surveys import survey_of

_BASE = {"shop/__init__.py": "", "shop/infra/__init__.py": ""}
_P = "shop/infra/"
_ENGINE = "engine = create_engine(URL)\n"
_WIRING = "from dishka import Provider\n\nclass P(Provider):\n    pass\n"


def _moves(plan: Plan) -> dict[str, str]:
    assert all(move.decision is Decision.PENDING and move.reason for move in plan.moves)
    return {m.source.removeprefix(_P): m.target.removeprefix(_P) for m in plan.moves}


def _survey(files: dict[str, str], **facts: object) -> Survey:
    drawn = {_P + path: text for path, text in files.items()}
    return survey_of(_BASE | drawn, **facts)  # type: ignore[arg-type]


def test_a_database_is_arranged_by_role() -> None:
    files = {
        "persistence/__init__.py": '"""The database."""\n',
        "persistence/database.py": _ENGINE,
        "persistence/migrate.py": "import alembic.command\n",
        "persistence/seed.py": "def seed(): insert(t)\n",
        "persistence/di.py": _WIRING,
        "persistence/tables.py": 'users = Table("users", MetaData())\n',
        "persistence/order_table.py": "def build(): return Table()\n",
        "persistence/column_mapper.py": "def column(): ...\n",
        "persistence/api_naming.py": "def name(): ...\n",
        "persistence/repository/order.py": "class SqlOrderRepository: ...\n",
        "persistence/repository/user.py": "class SqlUserRepository: ...\n",
        "persistence/mappers/order.py": "def row_to_order(): ...\n",
        "persistence/metric_store.py": "class SqlMetricStore: ...\n",
        "persistence/adapter/__init__.py": "",
        "persistence/adapter/readers.py": "class SqlOrderReader: ...\n",
        "persistence/paging.py": "def page(): ...\n",
        "auth/__init__.py": "",
        "auth/role_repository.py": "class SqlRoleRepository: ...\n",
    }
    technologies = {
        path.removesuffix(".py").replace("/", "."): "postgres"
        for path in files
        if path.endswith(".py") and "__init__" not in path and "mappers" not in path
    }
    del technologies["persistence.api_naming"]
    roles = {
        "database": "setup",
        "migrate": "setup",
        "seed": "setup",
        "di": "di",
        "tables": "tables",
        "order_table": "tables",
        "column_mapper": "tables",
        "repository.order": "query",
        "mappers.order": "mapper",
        "metric_store": "store",
        "adapter.readers": "query",
    }
    survey = _survey(
        files,
        technologies=technologies,
        roles={f"persistence.{name}": role for name, role in roles.items()}
        | {"auth.role_repository": "repository"},
        edges=["shop.infra.persistence.adapter.readers > shop.infra.persistence.paging"],
    )
    plan = propose(survey)
    assert _moves(plan) == {
        "persistence/__init__.py": "postgres/__init__.py",
        "persistence/database.py": "postgres/setup/database.py",
        "persistence/migrate.py": "postgres/setup/migrate.py",
        "persistence/seed.py": "postgres/setup/seed.py",
        "persistence/di.py": "postgres/setup/di.py",
        "persistence/tables.py": "postgres/tables/__init__.py",
        "persistence/order_table.py": "postgres/tables/order_table.py",
        "persistence/column_mapper.py": "postgres/tables/column_mapper.py",
        "persistence/api_naming.py": "postgres/tables/naming.py",
        "persistence/repository/order.py": "postgres/repository/order.py",
        "persistence/repository/user.py": "postgres/repository/user.py",
        "persistence/mappers/order.py": "postgres/repository/mappers/order.py",
        "persistence/metric_store.py": "postgres/store/metric_store.py",
        "persistence/adapter/readers.py": "postgres/query/readers.py",
        "persistence/paging.py": "postgres/query/paging.py",
        "auth/role_repository.py": "postgres/repository/role.py",
    }
    assert [d.source.removeprefix(_P) for d in plan.deletions] == [
        "auth/__init__.py",
        "persistence/adapter/__init__.py",
    ]
    assert plan.deletions[0].reason == "empty once its modules have moved to postgres/repository/"
    renamed = {m.source: m.candidates for m in plan.moves}[f"{_P}persistence/api_naming.py"]
    assert renamed == (f"{_P}postgres/tables/api_naming.py",)


_BACKENDS = {
    "persistence/__init__.py": "",
    "persistence/database.py": _ENGINE,
    "persistence/file_storage.py": "class DiskStorage: ...\n",
    "s3/__init__.py": '"""S3."""\n',
    "s3/client.py": "",
    "s3/storage.py": "class S3(FileStoragePort): ...\n",
    "storage/__init__.py": "",
    "storage/layout.py": "",
    "storage_utils.py": "",
    "logging.py": "",
}
_BACKEND_FACTS: dict[str, object] = {
    "technologies": {
        "persistence.database": "postgres",
        "persistence.file_storage": "filesystem",
        "s3.client": "s3",
        "s3.storage": "s3",
        "storage.layout": "filesystem",
    },
    "roles": {"persistence.database": "setup"},
    "ports": {
        "persistence.file_storage": ["shop.domain.files.port.FileStoragePort"],
        "s3.storage": ["shop.domain.files.port.FileStoragePort"],
    },
    "edges": [
        "shop.infra.s3.storage > shop.infra.s3.client",
        "shop.infra.s3.storage > shop.infra.storage_utils",
        "shop.infra.s3.storage > shop.infra.logging",
        "shop.infra.persistence.database > shop.infra.logging",
    ],
}


def test_interchangeable_backends_become_siblings() -> None:
    plan = propose(_survey(_BACKENDS, **_BACKEND_FACTS))
    moves = _moves(plan)
    assert moves == {
        "persistence/database.py": "postgres/setup/database.py",
        "persistence/file_storage.py": "storage/fs/file_storage.py",
        "s3/__init__.py": "storage/s3/__init__.py",
        "s3/client.py": "storage/s3/client.py",
        "s3/storage.py": "storage/s3/storage.py",
        "storage_utils.py": "storage/shared.py",
    }
    (twin,) = [m for m in plan.moves if m.source == f"{_P}s3/storage.py"]
    assert twin.reason.startswith("implements FileStoragePort on s3, as filesystem does")


def test_one_backend_is_no_shared_concern() -> None:
    facts = _BACKEND_FACTS | {"ports": {"s3.storage": ["shop.domain.files.port.FileStoragePort"]}}
    moves = _moves(propose(_survey(_BACKENDS, **facts)))
    assert not [target for target in moves.values() if target.startswith("storage/")]
    assert "s3/client.py" not in moves


def test_a_likeness_without_a_name_makes_no_family() -> None:
    files = _BACKENDS | {"persistence/file_storage.py": "class Purge: ...\n"}
    moves = _moves(propose(_survey(files, **_BACKEND_FACTS)))
    assert "s3/client.py" not in moves


def test_a_database_behind_one_port_of_many_is_no_backend_of_it() -> None:
    files = {
        "db/__init__.py": "",
        "db/a.py": "class A(UserRepository): ...\n",
        "db/b.py": "class B(OrderRepository): ...\n",
        "db/c.py": "class C(TermSource): ...\n",
        "http/__init__.py": "",
        "http/terms.py": "class T(TermSource): ...\n",
    }
    survey = _survey(
        files,
        technologies={
            "db.a": "postgres",
            "db.b": "postgres",
            "db.c": "postgres",
            "http.terms": "http",
        },
        ports={
            "db.a": ["d.UserRepository"],
            "db.b": ["d.OrderRepository"],
            "db.c": ["d.TermSource"],
            "http.terms": ["d.TermSource"],
        },
    )
    moves = _moves(propose(survey))
    assert "http/terms.py" not in moves
    assert all(target.startswith("postgres/") for target in moves.values())


def test_wiring_of_a_context_goes_to_what_it_wires_and_offers_the_others() -> None:
    files = _BACKENDS | {"files/__init__.py": "", "files/di.py": _WIRING}
    facts = dict(_BACKEND_FACTS)
    facts["edges"] = [
        "shop.infra.s3.storage > shop.infra.s3.client",
        "shop.infra.files.di > shop.infra.s3.storage",
        "shop.infra.files.di > shop.infra.persistence.file_storage",
        "shop.infra.files.di > shop.infra.persistence.database",
    ]
    facts["roles"] = {"persistence.database": "setup", "files.di": "di", "persistence.di": "di"}
    plan = propose(_survey(files, **facts))
    (move,) = [m for m in plan.moves if m.source == f"{_P}files/di.py"]
    assert move.target == f"{_P}storage/di.py"
    assert move.candidates == (f"{_P}postgres/setup/di.py",)
    assert "wires storage/ first of all (2 of 3 imports)" in move.reason

    files["persistence/di.py"] = _WIRING
    plan = propose(_survey(files, **facts))
    (move,) = [m for m in plan.moves if m.source == f"{_P}files/di.py"]
    assert move.candidates == (f"{_P}postgres/setup/files_di.py",)


def test_wiring_of_two_concerns_follows_its_folder_and_offers_the_other() -> None:
    files = _BACKENDS | {"s3/di.py": _WIRING}
    facts = dict(_BACKEND_FACTS)
    wired = ["s3.client", "s3.storage", "persistence.file_storage", "persistence.database"]
    facts["roles"] = {"persistence.database": "setup", "s3.di": "di"}
    facts["edges"] = [f"shop.infra.s3.di > shop.infra.{name}" for name in wired[:3]]
    (alone,) = [m for m in propose(_survey(files, **facts)).moves if m.source == f"{_P}s3/di.py"]
    assert (alone.target, alone.candidates) == (f"{_P}storage/s3/di.py", ())
    facts["edges"] = [f"shop.infra.s3.di > shop.infra.{name}" for name in wired]
    (both,) = [m for m in propose(_survey(files, **facts)).moves if m.source == f"{_P}s3/di.py"]
    assert both.target == f"{_P}storage/s3/di.py"
    assert both.candidates == (f"{_P}postgres/setup/di.py",)


def test_what_is_adapted_names_the_concern_never_the_context() -> None:
    files = {
        "auth/__init__.py": "from .orcid import Orcid\n",
        "auth/orcid.py": "class Orcid(IdentityProvider): ...\n",
        "auth/registry.py": "from shop.domain.auth import IdentityProvider\n",
        "event/__init__.py": '"""Worker."""\n',
        "event/worker.py": "class Worker: ...\n",
        "event/di.py": _WIRING,
        "http/__init__.py": "",
        "http/Client.py": "",
        "sheet.py": "",
        "docs/__init__.py": "",
        "docs/excel.py": "",
    }
    survey = _survey(
        files,
        technologies={
            "auth.orcid": "http",
            "event.worker": "apscheduler",
            "http.Client": "http",
            "docs.excel": "openpyxl",
        },
        roles={"event.di": "di"},
        ports={"auth.orcid": ["shop.domain.auth.IdentityProvider"]},
    )
    assert _moves(propose(survey)) == {
        "auth/__init__.py": "idp/__init__.py",
        "auth/orcid.py": "idp/orcid.py",
        "auth/registry.py": "idp/registry.py",
        "event/__init__.py": "worker/__init__.py",
        "event/worker.py": "worker/worker.py",
        "event/di.py": "worker/di.py",
        "http/Client.py": "http/client.py",
        "docs/excel.py": "spreadsheet/excel.py",
    }


def test_package_data_stays_beside_its_reader() -> None:
    files = {
        "persistence/__init__.py": "",
        "persistence/database.py": _ENGINE,
        "persistence/users.py": "class UserRepository: ...\n",
        "persistence/orders.py": "class OrderRepository: ...\n",
        "persistence/seed.py": 'ROWS = Path(__file__).with_name("rows.json")\n',
        "persistence/rows.json": "[]",
        "k8s_jobs/__init__.py": "",
        "k8s_jobs/runner.py": "",
        "k8s_jobs/templates/job.json": "{}",
    }
    roles = {"database": "setup", "users": "repository", "orders": "repository", "seed": "setup"}
    survey = _survey(
        files,
        technologies={f"persistence.{n}": "postgres" for n in roles} | {"k8s_jobs.runner": "k8s"},
        roles={f"persistence.{name}": role for name, role in roles.items()},
    )
    moves = _moves(propose(survey))
    assert moves["persistence/rows.json"] == "postgres/setup/rows.json"
    assert moves["k8s_jobs/templates/job.json"] == "k8s/templates/job.json"


def test_an_empty_package_is_proposed_for_deletion_unless_it_is_used() -> None:
    files = {"messaging/__init__.py": "", "queue/__init__.py": "", "busy/__init__.py": "X = 1\n"}
    plan = propose(_survey(files, edges=["shop > shop.infra.queue"]))
    assert [step.source for step in plan.deletions] == [f"{_P}messaging/__init__.py"]
    assert plan.deletions[0].reason == "empty package, nothing imports it"
    assert plan.moves == ()


def test_two_files_never_get_one_target() -> None:
    files = {
        "a/__init__.py": "",
        "a/client.py": "",
        "b/__init__.py": "",
        "b/client.py": "",
        "http/__init__.py": "",
        "http/client.py": "",
    }
    technologies = {"a.client": "http", "b.client": "http", "http.client": "http"}
    assert _moves(propose(_survey(files, technologies=technologies))) == {
        "a/client.py": "http/a_client.py",
        "b/client.py": "http/b_client.py",
    }


def test_a_proposal_is_valid_and_repeatable_and_its_result_is_left_alone() -> None:
    survey = _survey(_BACKENDS, **_BACKEND_FACTS)
    plan = propose(survey)
    assert propose(survey) == plan
    assert plan.scope.commit == survey.commit
    validate(approve(plan, "all")[0], survey)

    moved = {move.source: move.target for move in plan.moves}
    after = {moved.get(_P + path, _P + path).removeprefix(_P): t for path, t in _BACKENDS.items()}
    names = {_name(old): _name(new) for old, new in moved.items()}
    facts: dict[str, object] = {
        kind: {names.get(f"shop.infra.{m}", f"shop.infra.{m}")[11:]: v for m, v in given.items()}
        for kind, given in _BACKEND_FACTS.items()
        if isinstance(given, dict)
    }
    facts["edges"] = [
        " > ".join(names.get(end, end) for end in str(edge).split(" > "))
        for edge in cast(list[str], _BACKEND_FACTS["edges"])
    ]
    again = propose(_survey(after, **facts))
    assert again.moves == ()


def _name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


WORDS = [
    ("FileStoragePort", "storage"),
    ("a.b.HookRunner", "runner"),
    ("S3Client", "client"),
    ("IngestStorageProtocol", "storage"),
    ("Outbox", "outbox"),
    ("Port", "port"),
]


@pytest.mark.parametrize(("port", "word"), WORDS)
def test_a_family_is_named_after_the_last_telling_word(port: str, word: str) -> None:
    assert port_word(port) == word


def test_every_candidate_has_its_argument_and_what_is_unsure_has_candidates() -> None:
    files = _BACKENDS | {
        "files/__init__.py": "",
        "files/di.py": "from shop.markers import K8S\n" + _WIRING,
        "k8s/jobs.py": "class K8sRunner(HookRunner): ...\n",
        "oci/jobs.py": "class OciRunner(HookRunner): ...\n",
    }
    facts = dict(_BACKEND_FACTS)
    facts["technologies"] = {
        **cast(dict[str, str], _BACKEND_FACTS["technologies"]),
        "k8s.jobs": "k8s",
        "oci.jobs": "oci",
    }
    facts["ports"] = {
        **cast(dict[str, list[str]], _BACKEND_FACTS["ports"]),
        "k8s.jobs": ["shop.domain.hooks.port.HookRunner"],
        "oci.jobs": ["shop.domain.hooks.port.HookRunner"],
    }
    facts["roles"] = {"persistence.database": "setup", "files.di": "di"}
    facts["edges"] = [
        "shop.infra.files.di > shop.infra.s3.storage",
        "shop.infra.files.di > shop.infra.persistence.file_storage",
        "shop.infra.files.di > shop.infra.persistence.database",
    ]
    survey = _survey(files, **facts)
    provides = (
        ("shop.domain.files.port.FileStoragePort", "shop.infra.s3.storage.S3"),
        ("shop.domain.Session", "shop.infra.persistence.database.Session"),
        ("shop.domain.Engine", "shop.infra.persistence.database.Engine"),
    )
    survey = replace(
        survey,
        classifications=tuple(
            replace(entry, provides=provides) if entry.module.endswith("files.di") else entry
            for entry in survey.classifications
        ),
    )
    plan = propose(survey)
    assert all(len(move.arguments) == len(move.candidates) for move in plan.moves)
    assert all(move.candidates for move in plan.moves if move.confidence < UNSURE)
    (wiring,) = [move for move in plan.moves if move.source == f"{_P}files/di.py"]
    assert (wiring.target, wiring.confidence) == (f"{_P}storage/di.py", 0.33)
    assert wiring.reason == (
        "provides FileStoragePort (S3) from storage/; wires storage/ first of all (2 of 3 imports)"
    )
    assert dict(zip(wiring.candidates, wiring.arguments, strict=True)) == {
        f"{_P}postgres/setup/di.py": "provides Engine (Engine); Session (Session) from postgres/,"
        " wires 1 of 3 imports there",
        f"{_P}runner/di.py": "chooses what it provides by K8S (line 1), which is a backend of"
        " runner/",
    }
    (sure,) = [move for move in plan.moves if move.source == f"{_P}s3/storage.py"]
    assert sure.confidence == 0.95


def test_what_adapts_two_things_offers_the_other() -> None:
    files = {"misc/__init__.py": "", "misc/both.py": "import redis\nimport httpx\n"}
    survey = _survey(files, technologies={"misc.both": "redis"})
    shown = Evidence(f"{_P}misc/both.py", 1, "import redis", "imports a library for redis")
    survey = replace(
        survey,
        classifications=tuple(
            replace(entry, technologies=(("redis", 2.0), ("http", 1.5)), evidence=(shown,))
            if entry.technology
            else entry
            for entry in survey.classifications
        ),
    )
    (move,) = [m for m in propose(survey).moves if m.source.endswith("both.py")]
    assert (move.target, move.candidates) == (f"{_P}redis/both.py", (f"{_P}http/both.py",))
    assert move.arguments == ("adapts http as well (weight 1.5 of 3.5)",)
    assert move.confidence == 0.57


def test_what_adapts_two_things_stays_with_the_one_that_it_lies_with() -> None:
    files = {"http/__init__.py": "", "http/cached.py": "import redis\nimport httpx\n"}
    survey = _survey(files, technologies={"http.cached": "redis"})

    def weighed(http: float) -> Survey:
        weights = (("redis", 2.0), ("http", http))
        return replace(
            survey,
            classifications=tuple(
                replace(entry, technologies=weights) if entry.technology else entry
                for entry in survey.classifications
            ),
        )

    assert _moves(propose(weighed(1.0))) == {}
    assert _moves(propose(weighed(0.5))) == {"http/cached.py": "redis/cached.py"}
    (move,) = propose(weighed(0.5)).moves
    assert move.candidates == ()  # its own place is no candidate: to stay is to reject
