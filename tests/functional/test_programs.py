"""Small programs after public bug reports come out right, or are stopped by a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.programs import carry_out, case_of, names


@pytest.mark.parametrize("name", names())
def test_a_program_prints_the_same_or_is_stopped(name: str, tmp_path: Path) -> None:
    outcome = carry_out(name, tmp_path)
    assert outcome.verdict == case_of(name).get("verdict", "right"), outcome.said
