"""Where `namespace-folder` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, PG, hazards_of


def test_a_folder_that_is_no_package() -> None:
    files = {"shop/infra/loose/x.py": ""}
    (found,) = hazards_of("namespace-folder", files, (f"{OLD}/db.py > shop/infra/loose/db.py",))
    assert found.severity.value == "note" and "shop/infra/loose/" in found.why
    assert hazards_of("namespace-folder", files, (f"{OLD}/db.py > {PG}/db.py",)) == ()
