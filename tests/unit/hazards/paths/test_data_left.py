"""Where `data-left` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import MOVES, OLD, hazards_of

_ROWS = f"{OLD}/rows.json"


def test_data_that_all_modules_leave_is_one_note() -> None:
    files = {_ROWS: "", f"{OLD}/more.json": ""}
    (found,) = hazards_of("data-left", files)
    assert found.severity.value == "note" and "more.json" in found.why and _ROWS in found.why
    assert hazards_of("data-left", {"shop/infra/http/x.json": ""}) == ()
    assert hazards_of("data-left", files, MOVES[:1]) == ()
