"""Where `shadowed-name` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, PG, hazards_of


def test_a_name_of_the_standard_library() -> None:
    (found,) = hazards_of("shadowed-name", {}, (f"{OLD}/db.py > queue.py",))
    assert found.severity.value == "block" and "import queue" in found.why
    assert hazards_of("shadowed-name", {}, (f"{OLD}/db.py > {PG}/queue.py",)) == ()
    assert hazards_of("shadowed-name", {}, (f"{OLD}/db.py > database.py",)) == ()
