"""Where `module-pattern` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import MOVES, OLD, PG, hazards_of


def test_a_pattern_of_modules() -> None:
    linter = '[[tool.mypy.overrides]]\nmodule = ["shop.infra.{}.*"]\n'
    moves = (*MOVES[:2], f"{OLD}/__init__.py > {PG}/__init__.py", *MOVES[2:])
    (found,) = hazards_of("module-pattern", {"pyproject.toml": linter.format("old")}, moves)
    assert (found.line, found.severity.value) == (2, "note")
    assert "no longer shop.infra.old.fs" in found.why
    assert hazards_of("module-pattern", {"pyproject.toml": linter.format("http")}, moves) == ()
    assert hazards_of("module-pattern", {"pyproject.toml": linter.format("oci")}, moves) == ()
