"""Packages whose ``__init__`` imports: what they re-export, and no cycle at import time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import archive.infrastructure.auth as auth
import archive.infrastructure.oci as oci
import archive.infrastructure.persistence as persistence
import archive.infrastructure.s3 as s3
from archive.infrastructure.auth.di import IdentityProviders
from archive.infrastructure.auth.provider_registry import ProviderRegistry
from archive.infrastructure.oci.runner import OciHookRunner
from archive.infrastructure.persistence import Database, keyset
from archive.infrastructure.persistence.database import Database as RealDatabase
from archive.infrastructure.persistence.keyset import encode
from archive.infrastructure.s3.storage import S3FileStorage

ROOT = Path(__file__).resolve().parents[2]

IMPORT_EACH_ALONE = """
import importlib, pathlib, sys
import alembic.config, dishka, sqlalchemy.orm, sqlalchemy.dialects.postgresql

names = []
for path in sorted(pathlib.Path("archive").rglob("*.py")):
    parts = path.with_suffix("").parts
    names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
failed = []
for name in names:
    for loaded in [m for m in sys.modules if m.split(".")[0] == "archive"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        failed.append(f"{name}: {error!r}")
print(len(names), "modules")
sys.exit("\\n".join(failed) or 0)
"""


def test_every_module_can_be_the_first_one_imported():
    command = [sys.executable, "-B", "-c", IMPORT_EACH_ALONE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_re_exported_names():
    assert auth.IdentityProviders is IdentityProviders and auth.ProviderRegistry is ProviderRegistry
    assert oci.OciHookRunner is OciHookRunner
    assert s3.S3FileStorage is S3FileStorage
    assert Database is RealDatabase is persistence.Database


def test_re_exported_submodule():
    assert persistence.keyset.encode is encode
    assert persistence.keyset is keyset


def test_all_says_what_is_there():
    for package in (auth, oci, persistence):
        assert all(hasattr(package, name) for name in package.__all__)
