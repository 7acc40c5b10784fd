"""The wired server: commands in, answers out."""

from __future__ import annotations

import pytest

from archive.application import cli, health
from archive.application.api import Api
from archive.application.backends import load_health_check, load_runner_provider, load_storage
from archive.config import Settings, load
from archive.domain.auth.model import Identity, Role
from archive.domain.auth.port.users import RoleRepository, UserRepository
from archive.domain.ingest.port.storage import IngestStorage
from archive.domain.validation.port.runner import HookRunner
from archive.infrastructure.event.worker import DrainOutbox, Worker, schedule
from archive.infrastructure.persistence.database import Database
from archive.infrastructure.persistence.seed import seed


@pytest.fixture
def api(container):
    seed(container.get(Database))
    return Api(container)


@pytest.fixture
def curator(container):
    user = container.get(UserRepository).ensure(Identity("orcid", "0000-0002", "Grace"))
    container.get(RoleRepository).grant(user.id, Role.CURATOR)
    return user.id


def publish(api, curator, title="T"):
    key = api.call("create", {"owner": curator, "title": title, "schema": "image",
                              "metadata": {"pixel_size": 0.5}}).body
    api.call("upload", {"deposition": key, "name": "a.csv", "content": b"abc"})
    api.call("submit", {"deposition": key})
    return api.call("publish", {"deposition": key, "curator": curator})


def test_from_draft_to_table(api, curator, container):
    answer = publish(api, curator)
    assert answer.status == 200
    assert DrainOutbox().run(container.get(Worker)) == 1
    rows = api.call("rows", {"schema": "image"}).body
    assert rows == [{"recordId": answer.body, "pixelSize": 0.5, "channelCount": None}]


def test_rows_behind_a_record(api, curator, container):
    keys = sorted(publish(api, curator).body for _ in range(3))
    container.get(Worker).drain()
    rows = api.call("rows", {"schema": "image", "after": keys[0]}).body
    assert [row["recordId"] for row in rows] == keys[1:]


def test_the_catalogue(api, curator):
    publish(api, curator, "One")
    assert [row["title"] for row in api.call("list", {}).body["rows"]] == ["One"]


def test_a_cursor_from_outside_is_checked(api):
    assert api.call("list", {"cursor": "\N{SNOWMAN}"}).status == 409


def test_only_a_curator_publishes(api, curator):
    key = api.call("create", {"owner": "usr-1", "title": "T", "schema": "image"}).body
    assert api.call("publish", {"deposition": key, "curator": "usr-1"}).status == 409


@pytest.mark.parametrize(("command", "arguments"), [("submit", {"deposition": "dep-9"}), ("fly", {})])
def test_what_is_not_there_is_404(api, command, arguments):
    assert api.call(command, arguments).status == 404


def test_files_land_in_the_storage_root(api, curator, tmp_path):
    publish(api, curator)
    assert [path.name for path in (tmp_path / "store").rglob("*.csv")] == ["a.csv"]


@pytest.mark.parametrize(("name", "start"), [("fs", "Filesystem"), ("s3", "S3")])
def test_storage_by_name(name, start):
    assert load_storage(name).__name__ == f"{start}FileStorage"


@pytest.mark.parametrize(("name", "runner"), [("oci", "OciHookRunner"), ("k8s", "K8sHookRunner")])
def test_the_settings_choose_the_runner(name, runner, tmp_path):
    from archive.application.container import build_container

    container = build_container(Settings(runner=name, storage_root=tmp_path))
    assert type(container.get(HookRunner)).__name__ == runner
    assert load_runner_provider(name).__name__ == "RunnerProvider"


def test_the_settings_choose_the_ingest_storage(tmp_path, fake_s3):
    from archive.application.container import build_container

    for name, expected in (("fs", "FilesystemIngestStorage"), ("s3", "S3IngestStorage")):
        container = build_container(Settings(storage=name, storage_root=tmp_path))
        assert type(container.get(IngestStorage)).__name__ == expected


def test_only_the_cluster_has_a_health_check():
    assert load_health_check("oci") is None
    assert "kubernetes" in load_health_check("k8s")()


def test_health(database):
    assert health.report("k8s")["database"] == "ok"
    assert health.report("k8s")["kubernetes"].startswith("kubernetes:")


def test_the_command_line(tmp_path, capsys):
    url = f"sqlite:///{tmp_path / 'cli.db'}"
    assert cli.main(["migrate", "--url", url]) == 0
    assert cli.main(["seed", "--url", url]) == 0
    assert cli.main(["health", "--url", url]) == 0
    assert "2 schemas added" in capsys.readouterr().out


def test_settings_come_from_a_file(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[storage]\nbackend = "s3"\n[events]\nhandlers = ["a.B"]\n', encoding="utf-8")
    settings = load(path)
    assert (settings.storage, settings.handlers, settings.runner) == ("s3", ("a.B",), "oci")


def test_the_worker_is_scheduled(monkeypatch, container):
    import sys
    import types

    jobs = []

    class BackgroundScheduler:
        def add_job(self, call, trigger, **options):
            jobs.append((call, trigger, options["seconds"]))

    module = types.SimpleNamespace(BackgroundScheduler=BackgroundScheduler)
    for name in ("apscheduler", "apscheduler.schedulers"):
        monkeypatch.setitem(sys.modules, name, types.SimpleNamespace())
    monkeypatch.setitem(sys.modules, "apscheduler.schedulers.background", module)
    worker = container.get(Worker)
    schedule(worker, seconds=7)
    assert jobs == [(worker.drain, "interval", 7)]
