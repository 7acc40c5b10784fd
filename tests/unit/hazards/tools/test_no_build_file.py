"""Where `no-build-file` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, PG, hazards_of

DB = f"{PG}/setup/db.py"


def test_a_new_folder_without_a_build_file() -> None:
    (found,) = hazards_of("no-build-file", {f"{OLD}/BUILD": "python_sources()\n"})
    assert found.path == f"{OLD}/BUILD" and DB in found.why
    everywhere = {
        f"{folder}/BUILD": "" for folder in (OLD, f"{PG}/setup", PG, "shop/infra/storage")
    }
    assert hazards_of("no-build-file", everywhere) == ()
