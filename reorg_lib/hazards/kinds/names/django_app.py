"""A Django app whose label changes with its package.

The label is the last part of the package's name, and tables, migrations and content types are named
by it. After the move Django looks for other tables. Give the app its old label.

Breaks:
    shop/old/apps.py:
        from django.apps import AppConfig
        class Old(AppConfig):
            name = "shop.old"
    move shop/old to shop/sales

Safe:
    shop/old/apps.py:
        from django.apps import AppConfig
        class Old(AppConfig):
            name = "shop.old"
            label = "old"
    move shop/old to shop/sales
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.model import Hazard

KIND = "django-app"


def find(context: HazardContext) -> Iterator[Hazard]:
    """An app's label is the last segment of its package: tables and migrations are named by it."""
    if not context.renames_modules:
        return
    for name, module in context.modules.items():
        new = context.new_names[name]
        if not module.is_package or new is None:
            continue
        if new.rpartition(".")[2] == name.rpartition(".")[2]:
            continue
        parts = [context.modules.get(f"{name}.{part}") for part in ("apps", "models")]
        texts = [context.contents.get(part.path, b"") for part in parts if part is not None]
        if any(b"django" in text for text in texts) and not any(
            re.search(rb"\bapp_label\b|^\s+label\s*=", text, re.M) for text in texts
        ):
            path = next(part.path for part in parts if part is not None)
            yield hazard(
                KIND,
                path,
                1,
                f'the app {name} has the label "{name.rpartition(".")[2]}" from its package, which '
                f"becomes {new}: tables, migrations and content types are named by it; give the "
                "app its old label",
            )
