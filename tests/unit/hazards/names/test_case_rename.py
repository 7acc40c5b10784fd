"""Where `case-rename` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, hazards_of


def test_a_change_of_case() -> None:
    move = f"{OLD}/Db.py > {OLD}/db2.py"
    assert hazards_of("case-rename", {f"{OLD}/Db.py": ""}, (move,)) == ()
    (found,) = hazards_of("case-rename", {f"{OLD}/Fs2.py": ""}, (f"{OLD}/Fs2.py > {OLD}/fs2.py",))
    assert found.severity.value == "note" and "fs2.py" in found.why
