"""Modules loaded by name at run time."""

from __future__ import annotations

from importlib import import_module

import pytest

from archive.application import backends, shell


@pytest.mark.parametrize("name", sorted(backends.STORAGES))
def test_absolute_import_module(name):
    assert callable(backends.load_storage(name))


@pytest.mark.parametrize("name", sorted(backends.RUNNER_PACKAGES))
def test_relative_import_module(name):
    package = import_module(backends.RUNNER_PACKAGES[name])
    assert backends.load_runner_provider(name).__module__.startswith(package.__name__)


def test_relative_import_module_with_a_literal_package():
    from archive.infrastructure.k8s import health

    assert backends.load_health_check("k8s") is health.check


@pytest.mark.parametrize("label", sorted(shell.SHORTCUTS))
def test_names_behind_astral_characters(label):
    assert shell.shortcut(label).__name__.startswith("Sql")
