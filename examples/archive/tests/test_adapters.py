"""Storage, execution, identity, HTTP and spreadsheets, with fakes for what is outside."""

from __future__ import annotations

import json
import sys
import types

import pytest

from archive.domain.ingest.model import IngestRun, RunStatus
from archive.domain.schema.model import Field, FieldType, Schema, Term
from archive.domain.shared.errors import BackendFailed, NotFound
from archive.domain.validation.model import Hook
from archive.infrastructure.auth.orcid import OrcidProvider
from archive.infrastructure.auth.provider_registry import ProviderRegistry
from archive.infrastructure.http.ontology_fetcher import HttpOntologyFetcher
from archive.infrastructure.k8s.errors import JobRefused
from archive.infrastructure.k8s.ingester_runner import K8sIngesterRunner
from archive.infrastructure.k8s.naming import job_name
from archive.infrastructure.k8s.runner import K8sHookRunner
from archive.infrastructure.oci import OciHookRunner, OciIngesterRunner
from archive.infrastructure.persistence.adapter.ingest_storage import FilesystemIngestStorage
from archive.infrastructure.persistence.adapter.spreadsheet import ExcelTemplate
from archive.infrastructure.persistence.adapter.storage import FilesystemFileStorage
from archive.infrastructure.runner_utils import parse_memory, parse_result
from archive.infrastructure.s3.ingest_storage import S3IngestStorage
from archive.infrastructure.s3.storage import S3FileStorage
from archive.infrastructure.storage.layout import StorageLayout


@pytest.fixture(params=["fs", "s3"])
def storages(request, tmp_path):
    """Both backends: they must be interchangeable."""
    layout = StorageLayout(tmp_path)
    if request.param == "fs":
        return FilesystemFileStorage(layout), FilesystemIngestStorage(layout)
    request.getfixturevalue("fake_s3")
    return S3FileStorage(layout), S3IngestStorage(layout)


def test_files_round_trip(storages):
    stored = storages[0].save("dep-1", "a b.csv", b"abc")
    assert (stored.name, stored.size) == ("a b.csv", 3)
    assert storages[0].read("dep-1", "a b.csv") == b"abc"


def test_a_deleted_file_is_not_found(storages):
    storages[0].save("dep-1", "a.csv", b"abc")
    storages[0].delete("dep-1", "a.csv")
    storages[0].delete("dep-1", "a.csv")
    with pytest.raises(NotFound, match=r"dep-1/a\.csv"):
        storages[0].read("dep-1", "a.csv")


def test_batches_round_trip_and_are_purged(storages):
    storages[1].write_batch("run-1", 0, [{"x": 1}, {"x": "ü"}])
    storages[1].write_batch("run-1", 1, [])
    assert storages[1].read_batch("run-1", 0) == [{"x": 1}, {"x": "ü"}]
    assert storages[1].purge("run-1") == 2
    with pytest.raises(NotFound):
        storages[1].read_batch("run-1", 0)


@pytest.mark.parametrize(("text", "size"), [("1Ki", 1024), ("2Gi", 2**31), ("77", 77)])
def test_memory(text, size):
    assert parse_memory(text) == size


def test_output_is_split_into_rows_and_log():
    result = parse_result(0, 'hello\n{"x": 1}\nbye\n')
    assert result.rows == ({"x": 1},) and result.log == "hello\nbye"


class FakeContainer:
    removed = 0

    def wait(self, timeout):
        return {"StatusCode": 0}

    def logs(self):
        return b'{"length": 2}\n'

    def remove(self, force):
        FakeContainer.removed += 1


@pytest.fixture
def engine(monkeypatch):
    """A docker module whose client records what it was asked."""
    calls = []

    class Containers:
        def run(self, image, **options):
            calls.append((image, options))
            if image == "missing":
                raise RuntimeError("no such image")
            return FakeContainer()

    client = types.SimpleNamespace(containers=Containers(), images=None)
    monkeypatch.setitem(sys.modules, "docker", types.SimpleNamespace(from_env=lambda: client))
    return calls


def test_a_hook_runs_without_network(engine):
    result = OciHookRunner().run(Hook("h", "img"), "dep-1")
    assert result.passed and result.rows == ({"length": 2},)
    assert engine[0][1]["network_mode"] == "none"
    assert engine[0][1]["environment"] == {"ARCHIVE_DEPOSITION": "dep-1", "ARCHIVE_HOOK": "h"}


def test_a_hook_that_cannot_start_is_a_failure_of_the_backend(engine):
    with pytest.raises(BackendFailed, match="missing"):
        OciHookRunner().run(Hook("h", "missing"), "dep-1")


def test_an_ingester_runs_with_network(engine):
    assert OciIngesterRunner().run(IngestRun("run-1", "img")).status is RunStatus.DONE
    assert "network_mode" not in engine[0][1]


@pytest.fixture
def cluster(monkeypatch):
    """A kubernetes package with one cluster that runs everything at once."""
    jobs = {}

    class Batch:
        refuse = False

        def create_namespaced_job(self, namespace, job):
            if Batch.refuse:
                error = RuntimeError("quota")
                error.status = 403
                raise error
            jobs[job["metadata"]["name"]] = job

        def read_namespaced_job_status(self, name, namespace):
            return types.SimpleNamespace(status=types.SimpleNamespace(succeeded=1))

    core = types.SimpleNamespace(read_namespaced_pod_log=lambda name, namespace: '{"v": 1}\n')
    client = types.SimpleNamespace(BatchV1Api=Batch, CoreV1Api=lambda: core)
    config = types.SimpleNamespace(load_incluster_config=lambda: None)
    monkeypatch.setitem(sys.modules, "kubernetes", types.SimpleNamespace(client=client, config=config))
    return types.SimpleNamespace(jobs=jobs, batch=Batch)


def test_a_hook_runs_as_a_job(cluster):
    result = K8sHookRunner().run(Hook("h", "img", memory="1Gi"), "dep-1")
    container = cluster.jobs["hook-h-dep-1"]["spec"]["template"]["spec"]["containers"][0]
    assert result.rows == ({"v": 1},)
    assert container["resources"]["limits"]["memory"] == 2**30


def test_an_ingester_runs_as_a_job(cluster):
    assert K8sIngesterRunner().run(IngestRun("run-1", "img")).status is RunStatus.DONE
    assert list(cluster.jobs) == ["ingest-run-1"]


def test_a_refused_job_is_named_so(cluster):
    cluster.batch.refuse = True
    with pytest.raises(JobRefused, match="403"):
        K8sHookRunner().run(Hook("h", "img"), "dep-1")


def test_long_job_names_are_cut_and_stay_apart():
    names = {job_name("hook", "x" * 80, key) for key in ("a", "b")}
    assert len(names) == 2 and all(len(name) <= 63 for name in names)


def httpx_with(monkeypatch, status, body):
    answer = types.SimpleNamespace(status_code=status, json=lambda: body)
    calls = []

    def request(url, **options):
        calls.append((url, options))
        return answer

    monkeypatch.setitem(sys.modules, "httpx", types.SimpleNamespace(get=request, post=request))
    return calls


def test_orcid_gives_an_identity(monkeypatch):
    calls = httpx_with(monkeypatch, 200, {"orcid": "0000-0001", "name": None})
    assert OrcidProvider("id", "secret").exchange("code").name == "0000-0001"
    assert calls[0][1]["data"]["code"] == "code"


def test_orcid_may_refuse(monkeypatch):
    httpx_with(monkeypatch, 401, {})
    with pytest.raises(BackendFailed, match="401"):
        OrcidProvider("id", "secret").exchange("code")


def test_providers_by_name():
    registry = ProviderRegistry()
    registry.add(OrcidProvider("id", "secret"))
    assert registry.names() == ("orcid",)
    assert "client_id=id" in registry.get("orcid").authorize_url("s")
    with pytest.raises(NotFound):
        registry.get("github")


def test_ontologies_are_fetched_with_our_name(monkeypatch):
    calls = httpx_with(monkeypatch, 200, [{"id": "b", "label": "B"}, {"id": "a", "label": "A"}])
    assert HttpOntologyFetcher().fetch("https://terms.example.org") == (Term("a", "A"), Term("b", "B"))
    assert calls[0][1]["headers"]["User-Agent"].startswith("archive/")


def test_transient_answers_are_tried_three_times():
    calls = []
    fetcher = HttpOntologyFetcher(lambda url: (calls.append(url), (503, None))[1])
    with pytest.raises(BackendFailed, match="after 3 tries"):
        fetcher.fetch("https://terms.example.org")
    assert len(calls) == 3


def test_a_template_has_a_header_and_a_line_of_help(monkeypatch):
    rows = []

    class Workbook:
        active = types.SimpleNamespace(title="", append=rows.append)

        def save(self, buffer):
            buffer.write(json.dumps(rows).encode())

    monkeypatch.setitem(sys.modules, "openpyxl", types.SimpleNamespace(Workbook=Workbook))
    schema = Schema("s", "S", (Field("mass", FieldType.NUMBER, "ug"), Field("ok", FieldType.BOOLEAN)))
    assert json.loads(ExcelTemplate().render(schema)) == [
        ["mass [ug]", "ok"],
        ["number, decimal point", "yes or no"],
    ]


def test_a_filled_workbook_is_read(monkeypatch):
    sheet = types.SimpleNamespace(iter_rows=lambda min_row, values_only: iter([(1.5, True), (None, None)]))
    load = lambda buffer, read_only: types.SimpleNamespace(active=sheet)  # noqa: E731
    monkeypatch.setitem(sys.modules, "openpyxl", types.SimpleNamespace(load_workbook=load))
    schema = Schema("s", "S", (Field("mass", FieldType.NUMBER), Field("ok", FieldType.BOOLEAN)))
    assert ExcelTemplate().parse(schema, b"") == [{"mass": 1.5, "ok": True}]
