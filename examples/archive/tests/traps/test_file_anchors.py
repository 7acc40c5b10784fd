"""Places found from ``__file__``: they depend on how deep the module lies."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from archive.infrastructure.k8s import runner as k8s_runner
from archive.infrastructure.oci.runner import BUILD_CONTEXT
from archive.infrastructure.persistence import migrate, seed
from archive.infrastructure.persistence.adapter import spreadsheet

ROOT = Path(__file__).resolve().parents[2]


def test_parent_chain_finds_alembic_ini(tmp_path):
    assert migrate.PROJECT_ROOT.samefile(ROOT)
    assert migrate.alembic_config("sqlite://").get_main_option("script_location").endswith("migrations")


def test_parents_index_finds_the_dockerfile():
    assert (BUILD_CONTEXT / "Dockerfile").is_file()


def test_nested_dirname_finds_the_templates():
    assert spreadsheet.load_style()["help"]["boolean"] == "yes or no"


def test_data_beside_the_module_moves_along():
    assert [row["id"] for row in seed.load_fixtures()] == ["sample", "image"]


def test_package_resource_is_found():
    assert k8s_runner.manifest("n", "img", "1Ki", {"A": "b"})["kind"] == "Job"


def test_package_data_is_declared_where_it_lies():
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    found = {p.name for name, globs in data.items() for g in globs for p in (ROOT / name.replace(".", "/")).glob(g)}
    assert found == {"fixtures.json", "job_template.json"}
    assert json.loads(seed.FIXTURES.read_text(encoding="utf-8"))
