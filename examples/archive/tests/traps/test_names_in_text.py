"""Entry points, settings, build files and documents name modules and paths."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from pkgutil import resolve_name

import pytest

from archive.config import load
from archive.domain.event.service.registry import find
from archive.infrastructure.persistence import feature_store, metadata_store

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (
    ".github/workflows/ci.yml", "CLAUDE.md", "Dockerfile", "Makefile", "README.md", "alembic.ini",
    "config.toml", "deploy/jobs.yaml", "logging.ini", "pyproject.toml",
)  # fmt: skip
PATH = re.compile(r"(?:(?<=/srv/)|(?<![\w./-]))archive/[\w./-]*\w")
DOTTED = re.compile(r"(?<![\w./-])archive\.(?:application|domain|infrastructure)(?:\.\w+)*(?::\w+)?")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_every_path_exists(name):
    assert [path for path in PATH.findall(read(name)) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_dotted_name_resolves(name):
    for dotted in DOTTED.findall(read(name)):
        assert resolve_name(dotted) is not None


def test_entry_points_load():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    groups = [project["scripts"], *project["entry-points"].values()]
    targets = [target for group in groups for target in group.values()]
    assert len(targets) == 6
    assert all(callable(resolve_name(target)) for target in targets)


def test_linter_exceptions_name_files():
    for path in tomllib.loads(read("pyproject.toml"))["tool"]["ruff"]["lint"]["per-file-ignores"]:
        assert (ROOT / path).is_file(), path


def test_the_handlers_of_the_settings_are_registered():
    handlers = find(load(ROOT / "config.toml").handlers)
    assert handlers == (feature_store.CreateFeatureTable, metadata_store.ProjectRecord)
