"""Where `django-app` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import hazards_of, told


def test_a_django_app_under_another_label() -> None:
    apps = "shop/infra/oci/apps.py"
    files = {apps: "from django.apps import AppConfig\nclass C(AppConfig):\n    name = 'x'\n"}
    moves = ("shop/infra/oci/__init__.py > shop/infra/docker/__init__.py",)
    assert told(hazards_of("django-app", files, moves)) == [(f"{apps}:1", "block", None)]
    labelled = {apps: files[apps] + "    label = 'oci'\n"}
    assert hazards_of("django-app", labelled, moves) == ()
    assert hazards_of("django-app", files) == ()  # runner/oci keeps the label
    assert hazards_of("django-app", {apps: "x = 1\n"}, moves) == ()
