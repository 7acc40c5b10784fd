"""Where `named-beside` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, PG, hazards_of, told


def test_a_settings_file_beside_the_module() -> None:
    build = {f"{OLD}/BUILD": 'py_library(srcs = ["db.py"])\n', f"{PG}/setup/BUILD": ""}
    assert told(hazards_of("named-beside", build)) == [(f"{OLD}/BUILD:1", "block", None)]
    assert hazards_of("named-beside", {"shop/BUILD": 'srcs = ["db.py"]\n'}) == ()
    assert hazards_of("named-beside", {f"{OLD}/README.md": "db.py"}) == ()
